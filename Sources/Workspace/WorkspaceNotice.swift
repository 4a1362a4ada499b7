package import CRM

/// Names a watch; chosen by whoever watches.
package struct WatchID: Sendable, Hashable {
  package let number: Int

  package init(_ number: Int) { self.number = number }
}

/// News from the workspace to the screen that shows it.
package enum WorkspaceNotice: Sendable {
  /// To what was asked for under that name, which may be something else by now.
  case answer(WatchID, ViewRequest, ViewAnswer)
  case sync(SyncState)
  case outbox([OutboxRow])
  case cache(CacheFacts)
  /// A record as it is stored, as JSON.
  case stored(name: String, json: String)
  case form(OpenForm)
  /// An edit is durable.
  case done(words: String, canUndo: Bool)
  case refused(String)
  /// The server refused edits of a batch.
  case failed(BatchResult)
  /// Every screen can be answered in milliseconds.
  case ready
  /// The answer to `signInAgain` of this number; nil when the session is new.
  case signedIn(Int, WorkspaceError?)
}
