import ParseCore

extension ParseClient {
  /// Opens one live connection for these subscriptions and keeps it: it connects anew after any
  /// loss and with the new token after a change of session. To cancel the task that reads the
  /// stream, or to let go of the stream, closes the socket; until then the stream keeps the client.
  /// The stream ends by itself only when every subscription was refused.
  ///
  /// After each `subscribed` read by REST what changed meanwhile: nobody repeats missed events. A
  /// reader that stays far behind loses events, and is told so by `missed`.
  package func liveQuery(_ subscriptions: [LiveSubscription]) -> AsyncStream<LiveEvent> {
    liveQuery(subscriptions, timing: LiveQueryTiming())
  }

  func liveQuery(
    _ subscriptions: [LiveSubscription], timing: LiveQueryTiming
  ) -> AsyncStream<LiveEvent> {
    let mailbox = LiveMailbox()
    let credentials = LiveQueryCredentials(
      applicationId: configuration.applicationId, restAPIKey: configuration.restKey,
      javascriptKey: configuration.javascriptKey, installationId: configuration.installationId)
    let connection = LiveQueryConnection(
      subscriptions, credentials: credentials, timing: timing)
    let task = Task { [self] in
      var runner = LiveQueryRunner(
        connection, network: network, url: configuration.liveQueryAddress,
        limits: configuration.liveQueryLimits, sessionToken: { [self] in sessionToken },
        report: mailbox)
      let observer = observeToken(runner.tokenChanged)
      await runner.run()
      stopObserving(observer)
    }
    return mailbox.events { task.cancel() }
  }
}
