package import CRM
package import ParseCore
package import TerminalUI

/// Everything that can change the app, one after another on the main thread.
package enum Message: Sendable {
  case key(Key)
  case resized(Size)
  /// The answer to a watch, first and after each change of its rows.
  case answer(Slot, ViewRequest, ViewAnswer)
  case form(OpenForm)
  case sync(SyncState)
  case outbox([OutboxRow])
  case cache(CacheFacts)
  /// A record as it is stored, as JSON in Parse's form, to be copied.
  case stored(name: String, json: String)
  /// An edit is durable. `canUndo` is false for an undo itself.
  case done(words: String, canUndo: Bool)
  /// Something was refused or went wrong, in words.
  case refused(String)
  /// The server refused edits that were made here.
  case failed(BatchResult)
  /// The clock, at least once a minute.
  case tick(ParseDate)
  case session(Session)
  /// The answer to the sign-in of this number; without trouble one is in.
  case signIn(Int, SignInTrouble?)
}

/// Who is signed in, for the header and for rights.
package struct Session: Sendable, Hashable {
  package let user: RecordID?
  package let username: String
  package let role: CRM.Role?
  /// The server's address.
  package let server: String

  package init(user: RecordID?, username: String, role: CRM.Role?, server: String = "") {
    self.user = user
    self.username = username
    self.role = role
    self.server = server
  }
}
