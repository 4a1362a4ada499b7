internal import ArgumentParser
internal import Sandbox

/// Other people in the invented school, on every command that serves it.
struct TrafficOptions: ParsableArguments {
  @Flag(help: "Let others work in the school too: an event every 4 to 9 seconds.")
  var traffic = false

  @Option(help: "How many times as fast the others work, with --traffic.")
  var speed = 1.0

  func validate() throws {
    guard (0.01...1000).contains(speed) else {
      throw ValidationError("--speed takes a number from 0.01 to 1000.")
    }
    if speed != 1, !traffic { throw ValidationError("--speed needs --traffic.") }
  }

  /// Nil without the flag; ends with its cancellation.
  func start(_ server: SandboxServer) -> Task<Void, Never>? {
    guard traffic else { return nil }
    let speed = speed
    return Task {
      await server.runTraffic(seed: DemoSandbox.seed, speed: speed) { seconds in
        try await Task.sleep(for: .seconds(seconds))
      }
    }
  }
}
