import CRM
import TerminalUI

/// A line of a card that is longer than a screen.
struct CardLine {
  /// What the keys act on while the cursor is on the line.
  enum Target: Hashable {
    case course(RecordID)
    case quiz(QuizKey, newest: RecordID)
    case ticket(RecordID)
    /// Any other row.
    case record(SchoolClass, RecordID)

    /// What Enter opens; nil for what has no card of its own.
    var reference: RecordReference? {
      switch self {
      case .quiz(let key, _): .quiz(key)
      case .ticket(let id): .ticket(id)
      case .record(let kind, let id): RecordReference(kind, id)
      case .course: nil
      }
    }
  }

  var spans: [Span] = []
  var right: [Span] = []
  /// A titled rule instead of plain text.
  var isRule = false
  var stripe: RowLook.Stripe?
  var target: Target?
  var isUnsent = false

  static let blank = CardLine()

  /// A sentence in as many lines as it takes.
  ///
  /// - Parameter columns: Of the canvas the lines are drawn on.
  static func paragraph(
    _ words: String, _ style: Style, columns: Int, stripe: RowLook.Stripe? = nil
  ) -> [CardLine] {
    SafeText(words).wrapped(to: columns - 4).map { line in
      CardLine(spans: [Span(line, style)], stripe: stripe)
    }
  }

  static func rule(_ title: SafeLine, _ facts: [Span], keys: [(SafeLine, SafeLine)]) -> CardLine {
    CardLine(
      spans: [Span(title, .strong)] + (facts.isEmpty ? [] : [Span("  ")] + facts),
      right: .keys(keys), isRule: true)
  }

  /// How many of a block's rows stand and how many are left out, which is never one: it would take
  /// as much room to say so.
  static func split(_ count: Int, most: Int) -> (shown: Int, rest: Int) {
    count > most + 1 ? (most, count - most) : (count, 0)
  }

  /// Text stands at column 3, behind cursor and stripe.
  func draw(_ canvas: inout Canvas, row: Int, hasCursor: Bool, _ context: Context) {
    if isRule {
      let room = canvas.size.columns - 6
      TitledRule(spans, right: spans.width + right.width < room ? right : [])
        .draw(on: &canvas, row: row)
      return
    }
    let end = canvas.size.columns - 1
    let room = right.isEmpty ? end - 3 : end - right.width - 5
    canvas.put(spans, row: row, column: 3, width: room)
    canvas.put(right, row: row, column: end - right.width, width: right.width)
    if let stripe {
      canvas.put(stripe.sign(context.glyphs), row: row, column: 1, style: stripe.style)
    }
    if isUnsent { canvas.put(context.glyphs.unsent, row: row, column: 2, style: .info) }
    guard hasCursor else { return }
    canvas.put(
      context.glyphs.cursor, row: row, column: 0, style: context.isDimmed ? .dim : .accent)
    if context.isDimmed { return }
    if context.hasCursorBar {
      canvas.tint(row: row, from: 2, to: end)
    }
    canvas.placeCursor(row: row, column: 0)
  }
}

/// A key on a titled rule, and the right that what it does takes.
struct RuleKey {
  let key: SafeLine
  let word: SafeLine
  let action: Rights.Action
  let kind: SchoolClass

  init(_ key: SafeLine, _ word: SafeLine, _ action: Rights.Action, _ kind: SchoolClass) {
    self.key = key
    self.word = word
    self.action = action
    self.kind = kind
  }
}

extension Rights {
  /// A rule names what can be done here, as the footer does, and leaves out what this role may not.
  ///
  /// - Parameter isOwn: Whether the rows name the user.
  func allowed(_ keys: RuleKey..., isOwn: Bool = true) -> [(SafeLine, SafeLine)] {
    keys.filter { refusal(to: $0.action, $0.kind, isOwn: isOwn) == nil }
      .map { ($0.key, $0.word) }
  }
}

extension [Span] {
  /// `A log   t plan`.
  static func keys(_ keys: [(SafeLine, SafeLine)]) -> [Span] {
    .facts(keys.map { [Span($0.0, .accent), Span(" " + $0.1, .dim)] })
  }
}
