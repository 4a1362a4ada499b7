internal import ArgumentParser
internal import CRM
internal import Foundation
internal import ParseCore
internal import TerminalUI
internal import Workspace

struct LogIn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login", abstract: "Sign in to a Parse Server or to Back4app.")

  @OptionGroup var place: ServerOptions

  @Option(help: "Your user name.")
  var username: String?

  @Option(
    name: .customLong("token-command"),
    help: "A command that prints a session token, in place of a password; it is not stored.")
  var tokenCommand: String?

  @Flag(help: "Read the password from standard input, one line.")
  var passwordStdin = false

  mutating func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let profiles = ProfileStore(environment: environment)
    let known = try profiles.load().first { !$0.isDemo }
    let target = try place.target(known)
    let isKnown = place.isServer(of: known)
    let profile: Profile
    if let tokenCommand {
      let token = try TokenCommand.run(tokenCommand)
      profile = try await ServerOptions.signingIn { () throws(WorkspaceError) in
        try await SignIn.resume(
          target, token: token, tokenCommand: tokenCommand,
          installationId: isKnown ? known?.installationId : nil, environment: environment,
          now: ParseClock.now())
      }
    } else {
      let name = try username ?? known.flatMap { isKnown ? $0.username : nil } ?? ask("Name: ")
      let earlier = try profiles.find(
        serverURL: target.url, applicationId: target.applicationId, username: name)
      let password = try readPassword(for: name)
      profile = try await ServerOptions.signingIn { () throws(WorkspaceError) in
        try await SignIn.logIn(
          target, username: name, password: password, installationId: earlier?.installationId,
          environment: environment, now: ParseClock.now())
      }
    }
    try profiles.save(profile)
    print(profile.greeting.text)
  }

  private func ask(_ question: String) throws -> String {
    guard isatty(0) == 1 else { throw CommandFailure("Say who: --username NAME", .usage) }
    FileHandle.standardError.write(Data(question.utf8))
    return readLine() ?? ""
  }

  private func readPassword(for name: String) throws -> String {
    if passwordStdin { return readLine(strippingNewline: true) ?? "" }
    return try PasswordPrompt.answer("Password of \(SafeLine(name).text): ")
  }
}

struct LogOut: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout", abstract: "End the session on the server and forget it here.")

  @Flag(help: "Remove the account's rows from this machine too; asked where there is a terminal.")
  var wipe = false

  mutating func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let profiles = ProfileStore(environment: environment)
    guard let profile = try Quad.signedIn(profiles) else {
      print("You are not signed in.")
      return
    }
    let wipes = try mayWipe(profile, environment)
    try profiles.signOut(profile)
    if wipes {
      do throws(WorkspaceError) {
        try Workspace.forget(profile, environment: environment)
      } catch {
        throw CommandFailure(error.words, .workspace(error))
      }
      print("The cache is cleared.")
    }
    do throws(WorkspaceError) {
      try await SignIn.logOut(profile, environment: environment)
      print(SafeLine("Signed out \(profile.username) of \(profile.serverURL).").text)
    } catch {
      throw CommandFailure(
        "Signed out here, but the server was not told: \(error.words)", .workspace(error))
    }
  }
}

extension LogOut {
  /// Whether the cache goes too. Asked before anything is changed, as unsent edits would be lost.
  private func mayWipe(_ profile: Profile, _ environment: [String: String]) throws -> Bool {
    guard wipe || isatty(0) == 1 else { return false }
    let (isInUse, unsent): (Bool, Int)
    do throws(WorkspaceError) {
      guard let cache = try AccountCache(profile, environment: environment) else { return false }
      (isInUse, unsent) = (try cache.isInUse(), try cache.unsentEdits())
      try cache.close()
    } catch {
      throw CommandFailure(error.words, .workspace(error))
    }
    if wipe, isInUse {
      throw CommandFailure("quad is open on this account. Close it first.", .cache)
    }
    if wipe, unsent > 0 {
      throw CommandFailure(
        "\(unsent) edits are not sent yet and would be lost. Send them first, or leave --wipe out.",
        .cache)
    }
    if wipe { return true }
    guard !isInUse, unsent == 0 else { return false }
    let question =
      "Remove the rows of \(SafeLine(profile.username).text) from this machine too? y/N "
    FileHandle.standardError.write(Data(question.utf8))
    return readLine()?.lowercased() == "y"
  }
}

struct WhoAmI: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "Say which account quad opens.")

  mutating func run() async throws {
    let profiles = ProfileStore(environment: ProcessInfo.processInfo.environment)
    guard let profile = try Quad.account(profiles) else {
      throw CommandFailure("Nobody is signed in. Run: quad login", .signIn)
    }
    let role = profile.role.map { ", \($0)" } ?? ""
    let state = profile.isSignedOut ? ", signed out" : ""
    print(SafeLine("\(profile.username)\(role) on \(profile.serverURL)\(state)").text)
  }
}
