import Foundation
import ParseCore
import Sandbox

/// A sandbox in this process that can go away and come back with its data.
@MainActor
struct Sandboxed {
  let server: SandboxServer
  let url: String
  let school: School

  /// - Parameter runsHooks: A server without Cloud Code takes any word in any field.
  init(scale: DemoScale = .tiny, runsHooks: Bool = true) async throws {
    let now = ParseDate(seconds: Date().timeIntervalSince1970)
    var options = SandboxOptions(now: { ParseDate(seconds: Date().timeIntervalSince1970) })
    options.port = try freePort()
    options.runsHooks = runsHooks
    server = SandboxServer(options, data: DemoData.make(scale: scale, seed: 7, now: now))
    url = try await server.start()
    school = try School(url)
    try school.logIn("admin")
  }

  func start() async throws { _ = try await server.start() }
  func stop() async { await server.stop() }
}
