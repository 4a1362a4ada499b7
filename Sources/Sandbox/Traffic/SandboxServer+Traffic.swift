import ParseCore

/// Other people at work.
extension SandboxServer {
  /// Does the script's next event, through the routes everybody uses, so that rights, hooks and
  /// live events apply.
  /// - Parameter sessions: tokens by name, kept from event to event.
  /// - Returns: The answer; nil when there was nothing to do.
  @discardableResult
  package func act(
    _ script: inout TrafficScript, sessions: inout [String: String]
  ) -> SandboxResponse? {
    guard let step = script.next(now: options.now(), rows: rows(_:)) else { return nil }
    guard let token = sessions[step.username] ?? sessionToken(username: step.username) else {
      return nil
    }
    let response = respond(
      to: SandboxRequest(
        step.method, options.mountPath + step.path,
        headers: [
          "x-parse-application-id": options.applicationId, "x-parse-rest-api-key": options.restKey,
          "x-parse-session-token": token, "content-type": "application/json",
        ], body: step.body.isEmpty ? [] : JSON.object(step.body).bytes))
    // A session that ended is asked for anew.
    sessions[step.username] = response.status < 400 ? token : nil
    return response
  }

  /// Keeps acting until the task is cancelled.
  /// - Parameters:
  ///   - speed: 1 is one event every four to nine seconds, 10 ten times as many.
  ///   - sleep: waits for some seconds; throws when the task is cancelled.
  package func runTraffic(
    seed: UInt64, speed: Double, sleep: (Double) async throws -> Void
  ) async {
    var script = TrafficScript(seed: seed)
    var sessions: [String: String] = [:]
    while !Task.isCancelled {
      do {
        try await sleep(script.pause() / speed)
      } catch {
        return
      }
      act(&script, sessions: &sessions)
    }
  }
}
