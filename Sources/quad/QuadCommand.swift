internal import ArgumentParser
internal import Foundation
internal import QuadApp
internal import TerminalUI
internal import Workspace

@main
struct Quad: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quad",
    abstract: "Students, quizzes, tickets and deals of your school, in a terminal.",
    discussion: """
      Without a subcommand quad opens the account used last; without a terminal it prints the four \
      panes as text. Try it with: quad demo
      """,
    version: "quad \(version)",
    subcommands: [
      Demo.self, SandboxCommand.self, LogIn.self, SignUp.self, LogOut.self, WhoAmI.self,
      Password.self, Sessions.self, Pins.self, Cache.self, Outbox.self, History.self,
    ])

  @Flag(help: "Use no network: read the cache and queue edits.")
  var offline = false

  @OptionGroup var look: LookOptions

  static let version = "0.1.0"

  @MainActor
  mutating func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let profiles = ProfileStore(environment: environment)
    let known = try Self.account(profiles)
    let canPaint = TerminalStage.canPaint(environment)
    // The demo's own account is no reason to pass over the question where to go.
    if let known, offline || (!known.isSignedOut && !(canPaint && known.isDemo)) {
      try await open(offline ? known : Self.withToken(known), profiles)
    } else if canPaint {
      try await welcome(known.flatMap { $0.isDemo ? nil : $0 }, profiles)
    } else if let known {
      throw CommandFailure("You are signed out of \(known.serverURL). Run: quad login", .signIn)
    } else {
      throw CommandFailure(
        """
        No account yet. Try the demo: quad demo. Or sign in: quad login --server URL --app-id ID \
        --rest-key KEY --username NAME
        """, .signIn)
    }
  }

  @MainActor
  private func open(_ profile: Profile, _ profiles: ProfileStore) async throws {
    var profile = profile
    if !profile.isDemo {
      profile.lastUsed = ParseClock.now()
      try profiles.save(profile)
    }
    try await AccountSession.run(profile, isOffline: offline, look: look)
  }

  @MainActor
  private mutating func welcome(_ known: Profile?, _ profiles: ProfileStore) async throws {
    switch try FirstRun.run(known, look: &look) {
    case .quit: break
    case .demo: try await Demo.open(look: look)
    case .signedIn(let profile): try await open(profile, profiles)
    case .offline:
      guard let known else { break }
      try await AccountSession.run(known, isOffline: true, look: look)
    }
  }

  /// The account used last; the demo only when there is no other.
  static func account(_ profiles: ProfileStore) throws -> Profile? {
    let all = try profiles.load()
    return all.first { !$0.isDemo } ?? all.first
  }

  /// That account with its session token; nil when nobody is signed in.
  static func signedIn(_ profiles: ProfileStore) throws -> Profile? {
    guard let profile = try account(profiles).map(withToken), profile.sessionToken != nil else {
      return nil
    }
    return profile
  }

  /// Runs the token command of a profile that has one.
  private static func withToken(_ profile: Profile) throws -> Profile {
    guard let command = profile.tokenCommand else { return profile }
    var profile = profile
    profile.sessionToken = try TokenCommand.run(command)
    return profile
  }

  /// Tokens and people's data stay out of core files, also of what quad starts.
  private static func refuseCoreFiles() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    // Reads the struct within the call; lowering a limit is always allowed.
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }

  static func main() async {
    refuseCoreFiles()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as CommandFailure {
      complain(error.description)
      Foundation.exit(error.reason.exitCode)
    } catch let error as ProfileError {
      complain(error.words)
      Foundation.exit(CommandFailure.Reason.configuration.exitCode)
    } catch {
      let isUsage = exitCode(for: error) == .validationFailure
      let text = fullMessage(for: error)
      if exitCode(for: error) == .success { print(text) } else { complain(text, prefix: "") }
      Foundation.exit(isUsage ? 2 : exitCode(for: error).rawValue)
    }
  }

  private static func complain(_ words: String, prefix: String = "quad: ") {
    FileHandle.standardError.write(Data((prefix + words + "\n").utf8))
  }
}

/// How the screen looks, on every command that opens it.
struct LookOptions: ParsableArguments {
  @Option(help: "auto, dark, light, mono, contrast or deuteranopia.")
  var theme: Theme.Name?

  @Flag(help: "Signs in plain ASCII.")
  var ascii = false

  @Option(help: "The screen to start on, 0 to 9.")
  private var start: Int?

  var screen: ScreenID? { start.flatMap(ScreenID.init(rawValue:)) }

  /// A theme by name also says what the background is.
  var background: Theme.Background? {
    switch theme {
    case .dark: .dark
    case .light: .light
    default: nil
    }
  }

  func validate() throws {
    if let start, ScreenID(rawValue: start) == nil {
      throw ValidationError("--start takes a screen from 0 to 9.")
    }
  }
}

extension Theme.Name: ExpressibleByArgument {}
