package import CRM
package import TerminalUI

/// What the app wants done outside of itself. The runner performs it and answers with messages.
package enum Effect: Sendable, Hashable {
  /// Answer the request now and whenever its rows change, until the slot is watched anew.
  case watch(Slot, ViewRequest)
  case unwatch(Slot)
  /// Fetch a form with what its fields can point to.
  case form(FormRequest)
  /// Check the intent against the rows, make its edit durable, then send it.
  case act(Intent)
  /// Make the edit durable, then send it.
  case edit(Edit)
  case undo
  case redo
  /// Ask the server for changes now, and send what waits.
  case refresh
  /// Send one refused edit again.
  case retry(outboxID: String)
  /// Send every refused edit again.
  case retryAll
  /// Write every unsent edit with all its values to a file.
  case exportOutbox
  /// Another minute has begun: answer all that tells ages and clocks anew.
  case passMinute
  /// Tell how much is on this machine.
  case measureCache
  /// Give up one unsent edit; the row goes back to what the server has.
  case discard(outboxID: String)
  /// Keep one record on this machine for good, or let go of it.
  case pin(SchoolClass, RecordID)
  /// Write what was chosen for an edit in conflict.
  case resolve(outboxID: String, Resolution)
  /// The row on the server is the new one whose answer was lost.
  case takeAsArrived(outboxID: String)
  /// Make the row of a refused edit anew.
  case remake(outboxID: String)
  /// Sign in somewhere new.
  case signIn(SignInRequest)
  /// Sign in to the account that is open, after its session ended.
  case signInAgain(number: Int, password: String)
  /// Hand text to the terminal's clipboard.
  case copy(CopyEntry)
  /// Read a record as it is stored, to be copied.
  case readStored(SchoolClass, RecordID)
  /// Paint in another theme from now on.
  case theme(Theme.Name)
  /// Paint every cell again.
  case repaint
  case suspend
  case quit
}

/// A place on the screen that shows an answer.
package struct Slot: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case list, second, detail, third
  }

  package let screen: ScreenID
  /// 0 for a screen, 1 and more for the records opened from it.
  package let depth: Int
  package let part: Part

  package init(screen: ScreenID, depth: Int, part: Part) {
    self.screen = screen
    self.depth = depth
    self.part = part
  }

  /// Whether keys act on what it shows: a record, or a list. What follows the cursor over a list is
  /// only to be read.
  var takesKeys: Bool { depth > 0 || part == .list || part == .second }
}

/// The ten screens in the order of their digits.
package enum ScreenID: Int, Sendable, CaseIterable {
  case quad, completion, quizzes, tickets, pipeline, people, activities, courses, outbox, health

  package var title: String {
    switch self {
    case .quad: "Quad"
    case .completion: "Completion"
    case .quizzes: "Quizzes"
    case .tickets: "Tickets"
    case .pipeline: "Pipeline"
    case .people: "People"
    case .activities: "Activities"
    case .courses: "Courses"
    case .outbox: "Outbox"
    case .health: "Health"
    }
  }
}
