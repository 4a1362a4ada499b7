package import CRM
package import TerminalUI

/// What an action asks of the app around the screen.
package enum Command: Sendable {
  case effect(Effect)
  /// Do this to the rows; the workspace checks it against them and makes it durable.
  case act(Intent)
  case form(FormRequest)
  /// Opens a drawer on the lower lines; its outcome is handled by its purpose.
  case drawer(Drawer)
  case open(RecordReference)
  case go(ScreenID)
  case back
  /// Takes the marks off, after they were acted on.
  case unmark
  case toast(Toast)
  /// Type to filter the screen's list.
  case filter
  /// A line was typed for the screen, which asked for it.
  case typed(String)
}

/// A record that has a card of its own.
package enum RecordReference: Sendable, Hashable {
  case student(RecordID)
  /// All quiz attempts of a student.
  case attempts(RecordID)
  case ticket(RecordID)
  /// A ticket just claimed: what ends it opens the next one.
  /// `seen` are the tickets already passed over.
  case triage(RecordID, seen: [RecordID])
  case deal(RecordID)
  case party(Party)
  /// The record and its doubles, to make two of them one.
  case merge(Party, isOverCard: Bool)
  case quiz(QuizKey, basis: QuizBasis = .usual)
  /// An edit of the outbox that needs a decision.
  case conflict(String, record: String)

  /// The card of a row; nil for a class whose rows have none.
  init?(_ kind: SchoolClass, _ id: RecordID) {
    switch kind {
    case .student: self = .student(id)
    case .ticket: self = .ticket(id)
    case .deal: self = .deal(id)
    case .contact: self = .party(.contact(id))
    case .company: self = .party(.company(id))
    case .user, .course, .enrollment, .attempt, .activity: return nil
    }
  }
}

/// A list, a board or a card: a value that is asked for its keys, its rows and its picture.
package protocol Screen: Sendable {
  associatedtype Action: Sendable & Hashable
  /// The keys that work here.
  static var table: [ActionRow<Action>] { get }

  /// The word of the screen or the record in the trail.
  var trail: String { get }
  /// What must be answered for this screen to be complete. Asked after every message.
  func watches(_ context: Context) -> [Slot.Part: ViewRequest]
  mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context)
  /// The action's word in the footer as things are; nil keeps it out of there. It may not change
  /// with a move of the cursor, which would paint the footer anew at each.
  func footerWord(_ row: ActionRow<Action>, _ context: Context) -> String?
  /// Why the action cannot be done now; nil when it can.
  func refusal(_ action: Action, _ context: Context) -> Refusal?
  mutating func perform(_ action: Action, _ context: Context) -> [Command]
  mutating func move(_ motion: Motion, _ context: Context)
  /// Brings the cursor into sight after a change of size, without moving it.
  mutating func refit(_ context: Context)
  /// Performs the action of a key; nil when the key means nothing here.
  mutating func press(_ key: Key, _ context: Context) -> [Command]?
  /// The tables for footer and help.
  func bindings(_ context: Context) -> [Binding]
  /// Why nothing of the screen is open to this role; nil where something is.
  func closed(_ context: Context) -> Refusal?
  /// Draws all lines but the header, the status and the footer, which are the app's.
  func draw(_ canvas: inout Canvas, _ context: Context)
  /// What a drawer must not leave half in sight; nil where any row may be the last one.
  func loose(_ context: Context) -> Loose?
  /// Where the rows of its list stand, without their head; nil where there is no list.
  func rowsArea(_ context: Context) -> Rect?
  /// Where the detail of the row under the cursor stands; nil where there is none.
  func detailArea(_ context: Context) -> Rect?
  /// Marks and moved rows, for the status line.
  func status(_ context: Context) -> [Span]
  /// The cursor's place in words, `4 of 23`.
  func position(_ context: Context) -> SafeLine
  /// The filter text of the screen's list; nil where nothing can be filtered.
  var filter: String? { get set }
  /// The row the keys act on, for "repeat".
  var target: RecordID? { get }
  mutating func choose(view: String)
  mutating func choose(sort: String)
  mutating func unmark()
  /// Takes the line it asked for.
  mutating func take(typed text: String, _ context: Context)
  /// What can be copied of what the cursor is on.
  func copies(_ context: Context) -> [CopyEntry]
  /// The record of the server that the cursor is on; nil where it is on something made of many.
  var stored: (kind: SchoolClass, id: RecordID)? { get }
  /// Lets go of rows that are as of another day: a long list is as large again in its new state.
  /// What was chosen stays.
  ///
  /// - Returns: False where nothing was let go of, such as rows that are marked.
  mutating func letGo() -> Bool
  /// Puts the cursor on the record; elsewhere nothing changes.
  mutating func select(_ id: RecordID, _ context: Context)
}

/// What a drawer over the lower lines of a screen clears besides what it covers.
package enum Loose: Sendable, Hashable {
  /// A head that is left without its lines.
  case heads(from: Int)
  /// What is left of a card, blank line included in its rows.
  case cards(from: Int, rows: Int)
}

extension Screen {
  package var filter: String? {
    get { nil }
    set {}
  }

  package var target: RecordID? { nil }
  package mutating func letGo() -> Bool { false }
  package mutating func refit(_ context: Context) {}
  package mutating func unmark() {}
  package mutating func take(typed text: String, _ context: Context) {}
  package mutating func select(_ id: RecordID, _ context: Context) {}
  package mutating func choose(view: String) {}
  package mutating func choose(sort: String) {}
  package func copies(_ context: Context) -> [CopyEntry] { [] }
  package var stored: (kind: SchoolClass, id: RecordID)? { nil }
  package func closed(_ context: Context) -> Refusal? { nil }
  package func loose(_ context: Context) -> Loose? { nil }
  package func rowsArea(_ context: Context) -> Rect? { nil }
  package func detailArea(_ context: Context) -> Rect? { nil }
  package func status(_ context: Context) -> [Span] { [] }
  package func position(_ context: Context) -> SafeLine { "" }
  package func refusal(_ action: Action, _ context: Context) -> Refusal? { nil }
  package func footerWord(_ row: ActionRow<Action>, _ context: Context) -> String? { row.word }

  package mutating func press(_ key: Key, _ context: Context) -> [Command]? {
    pressOwn(key, context)
  }

  package func bindings(_ context: Context) -> [Binding] { ownBindings(context) }

  mutating func pressOwn(_ key: Key, _ context: Context) -> [Command]? {
    guard let row = Self.table.first(where: { $0.keys.contains(key) }) else { return nil }
    if let refusal = refusal(row.action, context) {
      return [.toast(Toast(.notice, refusal.words))]
    }
    return perform(row.action, context)
  }

  func ownBindings(_ context: Context) -> [Binding] {
    Self.table.map { row in
      let word = footerWord(row, context)
      let shown = ActionRow(
        row.action, row.keys, word ?? row.word, row.help, footer: word == nil ? nil : row.footer,
        shown: row.shown)
      return Binding(shown, scope: .screen, refusal: refusal(row.action, context))
    }
  }
}
