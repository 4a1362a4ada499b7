internal import CRM
internal import Foundation
internal import ParseCore
internal import QuadApp
internal import Synchronization
internal import TerminalUI
internal import Workspace

/// The screens while nobody is signed in.
@MainActor
enum FirstRun {
  /// What the person decided there.
  enum Decision {
    case quit, demo, offline
    case signedIn(Profile)
  }

  /// - Parameters:
  ///   - known: The account used last, signed out.
  ///   - look: Takes over what the person saw better with.
  static func run(_ known: Profile?, look: inout LookOptions) throws -> Decision {
    let environment = ProcessInfo.processInfo.environment
    let mailbox = try Mailbox()
    let stage = try TerminalStage(environment, look)
    let signIns = SignIns(known, mailbox)
    let welcome = Welcome(
      size: stage.screen.size, version: Quad.version, known: known.map(account),
      isASCII: stage.screen.glyphs.isASCII)
    let loop = MainLoop(
      warden: stage.warden, screen: stage.screen, mailbox: mailbox, app: welcome,
      now: { ParseClock.now() }
    ) { effect in
      if case .signIn(let request) = effect { signIns.begin(request) }
      return EffectRunner.Local(effect)
    }
    let ended = loop.run()
    look.theme = ended.theme ?? look.theme
    look.ascii = ended.isASCII
    switch ended.ending {
    case nil: return .quit
    case .demo: return .demo
    case .offline: return .offline
    case .signedIn(let number):
      guard let profile = signIns.profile(number) else { return .quit }
      return .signedIn(profile)
    }
  }

  private static func account(_ profile: Profile) -> KnownAccount {
    let now = ParseClock.now()
    let seconds = TimeZone.current.secondsFromGMT(
      for: Date(timeIntervalSince1970: profile.lastUsed.seconds))
    let viewpoint = Viewpoint(user: nil, role: nil, now: now, zoneOffset: seconds)
    return KnownAccount(
      server: profile.serverURL, applicationId: profile.applicationId, restKey: profile.restKey,
      liveQueryURL: profile.liveQueryURL, username: profile.username,
      lastUsed: Wording.moment(profile.lastUsed, viewpoint))
  }
}

/// Sign-ins under way and their outcomes; a password is never kept.
private final class SignIns: Sendable {
  private let known: Profile?
  private let mailbox: Mailbox
  private let profiles = Mutex<[Int: Profile]>([:])

  init(_ known: Profile?, _ mailbox: Mailbox) {
    self.known = known
    self.mailbox = mailbox
  }

  /// The account the request of this number was let into.
  func profile(_ number: Int) -> Profile? { profiles.withLock { $0[number] } }

  func begin(_ request: SignInRequest) {
    Task.detached { [self] in
      do throws(WorkspaceError) {
        let profile = try await logIn(request)
        profiles.withLock { $0[request.number] = profile }
        mailbox.post(.signIn(request.number, nil))
      } catch {
        mailbox.post(.signIn(request.number, SignInTrouble(error)))
      }
    }
  }

  private func logIn(_ request: SignInRequest) async throws(WorkspaceError) -> Profile {
    let same = known.flatMap { $0.serverURL == request.server ? $0 : nil }
    let server = SignIn.Server(
      url: request.server, liveQueryURL: request.liveQueryURL,
      applicationId: request.applicationId, restKey: request.restKey,
      javascriptKey: same?.javascriptKey, allowsInsecureHTTP: same?.allowsInsecureHTTP ?? false,
      caFile: same?.caFile)
    return try await SignIn.logIn(
      server, username: request.username, password: request.password,
      installationId: same?.username == request.username ? same?.installationId : nil,
      environment: ProcessInfo.processInfo.environment, now: ParseClock.now())
  }
}
