internal import ArgumentParser
internal import CRM
internal import Foundation
internal import ParseCore
internal import Sandbox
internal import Workspace

extension DemoScale: ExpressibleByArgument {}

/// A role one can play in the demo, and the user who has it.
enum DemoRole: String, ExpressibleByArgument, CaseIterable {
  case admin, coordinator, instructor, sales

  var username: String {
    switch self {
    case .admin: "admin"
    case .coordinator: "mara"
    case .instructor: "lind"
    case .sales: "kai"
    }
  }
}

/// The sandbox the demo and `quad sandbox` start.
enum DemoSandbox {
  static let port: UInt16 = 13_370
  /// Same seed, same school.
  static let seed: UInt64 = 7

  static func options(port: UInt16) -> SandboxOptions {
    var options = SandboxOptions(now: { ParseClock.now() })
    options.port = port
    return options
  }

  static func data(scale: DemoScale) -> SandboxData {
    DemoData.make(scale: scale, seed: seed, now: ParseClock.now())
  }

  static func address(port: UInt16) -> SignIn.Server {
    SignIn.Server(
      url: "http://127.0.0.1:\(port)/parse", applicationId: "campus", restKey: "rest")
  }
}

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Open an invented school, served on this machine only.",
    discussion: "A second quad demo joins the first one's school.")

  @Option(name: .customLong("as"), help: "Who you are: admin, coordinator, instructor or sales.")
  var role: DemoRole = .admin

  @Option(help: "How large the school is: tiny, demo, large or stress.")
  var scale: DemoScale = .demo

  @Option(help: "The port on 127.0.0.1.")
  var port: UInt16 = DemoSandbox.port

  @OptionGroup var others: TrafficOptions

  @OptionGroup var look: LookOptions

  @MainActor
  mutating func run() async throws {
    try await Self.open(role, scale, port: port, others: others, look: look)
  }

  @MainActor
  static func open(
    _ role: DemoRole = .admin, _ scale: DemoScale = .demo, port: UInt16 = DemoSandbox.port,
    others: TrafficOptions? = nil, look: LookOptions
  ) async throws {
    let environment = ProcessInfo.processInfo.environment
    let server = SandboxServer(
      DemoSandbox.options(port: port), data: DemoSandbox.data(scale: scale))
    let isMine: Bool
    do {
      _ = try await server.start()
      isMine = true
    } catch {
      isMine = false
    }
    let profile: Profile
    do throws(WorkspaceError) {
      var joined = try await SignIn.logIn(
        DemoSandbox.address(port: port), username: role.username, password: DemoData.password,
        environment: environment, now: ParseClock.now())
      joined.isDemo = true
      profile = joined
    } catch {
      throw CommandFailure(
        "Port \(port) is taken by something else than a demo. Choose another: --port N",
        .network)
    }
    // A new school has the old one's ids: what an earlier demo left would hide its rows.
    if isMine { try Workspace.forget(profile, environment: environment) }
    try ProfileStore(environment: environment).save(profile)
    // Who joins a school finds its traffic as it is.
    let traffic = isMine ? others?.start(server) : nil
    try await AccountSession.run(profile, isOffline: false, look: look)
    traffic?.cancel()
    if isMine { await server.stop() }
  }
}
