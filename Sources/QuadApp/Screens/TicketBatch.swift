import CRM
import TerminalUI

/// The question before many tickets are changed: what becomes of each, the hidden ones too.
struct TicketBatch {
  /// What becomes of a row.
  enum Outcome {
    case priority(TicketPriority)
    case status(TicketStatus)
    case with(String)
  }

  let ids: [RecordID]
  /// The rows in sight.
  let visible: [TicketRow]
  /// The rows that a view or a filter hides, as they were last in sight.
  let hidden: [TicketRow]
  /// Nil where each row becomes something else.
  let outcome: Outcome?
  /// What the list is filtered by.
  let filter: String
  let context: Context

  /// Rows above which the number is typed before all are changed (design/screens.md §9).
  private static let typedFrom = 20
  private static let numberWidth = 8
  private static let changeWidth = 21
  private static let studentWidth = 24
  /// Of `no change`, with the blanks before it.
  private static let noteWidth = 11

  func confirm(_ intent: Intent, _ question: SafeLine) -> Confirm<DrawerOutcome> {
    var choices = [
      Confirm<DrawerOutcome>.Choice(
        "y", SafeLine("yes, change \(changing)"), .commands([.act(intent), .unmark]))
    ]
    if hiddenCount > 0, !visible.isEmpty, let part = intent.retargeted(to: visible.map(\.id)) {
      choices.append(
        .init(
          "o", SafeLine("only the \(visible.count) in sight"), .commands([.act(part), .unmark])))
    }
    let end: [[Span]] = [
      [], [Span("One batch, one undo. Rows that are so already are left alone.", .dim)],
    ]
    let before = [counts, [], head]
    return Confirm(
      question: question, lines: before + rows(roomForRows) + end,
      stripes: stripes(roomForRows, from: before.count), choices: choices,
      typed: ids.count > Self.typedFrom ? SafeLine("\(ids.count)") : nil)
  }

  /// A stripe before each of the first rows that is hidden.
  ///
  /// - Parameter first: The line of the first row.
  func stripes(_ room: Int, from first: Int) -> [Int: RowLook.Stripe] {
    let shown = shown(room)
    let places = (visible.count..<visible.count + hidden.count).filter { $0 < shown }
    return Dictionary(uniqueKeysWithValues: places.map { (first + $0, .soon) })
  }

  /// The first rows, and how many more there are.
  func rows(_ room: Int) -> [[Span]] {
    let all = visible.map { line($0, isHidden: false) } + hidden.map { line($0, isHidden: true) }
    let shown = shown(room)
    guard shown < all.count else { return all }
    return all.prefix(shown) + [[Span(SafeLine("\(all.count - shown) more"), .faint)]]
  }

  /// How many rows stand where there is room for so many lines.
  private func shown(_ room: Int) -> Int {
    let all = visible.count + hidden.count
    return all > room ? max(0, room - 1) : all
  }

  /// What a drawer leaves of its six tenths of the window after everything but rows.
  private var roomForRows: Int { max(2, min(12, context.size.rows * 6 / 10 - 10)) }

  /// The heads of the rows' columns.
  var head: [Span] {
    let change: SafeLine =
      switch outcome {
      case .status: "Status"
      case .with: "With"
      case .priority, nil: "Priority"
      }
    var heads = left("Ticket", Self.numberWidth) + left(change, Self.changeWidth)
    heads += left("Subject", subjectWidth)
    if hasStudent { heads += "  Student" }
    return [Span(heads, .dim)]
  }

  private var hasStudent: Bool { context.size.columns >= StudentBlocks.twoFrom }

  /// What the other columns leave.
  private var subjectWidth: Int {
    let taken =
      5 + Self.numberWidth + Self.changeWidth + Self.noteWidth
      + (hasStudent ? Self.studentWidth + 2 : 0)
    return max(0, min(40, context.size.columns - taken))
  }

  private var hiddenCount: Int { ids.count - visible.count }

  private var settled: Int { (visible + hidden).count { isSo($0) } }

  private var changing: Int { ids.count - settled }

  private var counts: [Span] {
    var spans = [Span(SafeLine("\(changing) will change"), .strong)]
    if settled > 0, let word = outcome?.span.line {
      spans.append(Span(SafeLine("   \(settled) \(settled == 1 ? "is" : "are") \(word) already")))
    }
    guard hiddenCount > 0 else { return spans }
    let what = filter.isEmpty ? "not in sight" : "hidden by the filter \(filter)"
    let share =
      hiddenCount == ids.count ? "all \(hiddenCount) are" : "\(hiddenCount) of the \(ids.count) are"
    let long = SafeLine("   \(share) \(what)")
    let taken = spans.reduce(long.width) { $0 + $1.line.width }
    // The drawer keeps four columns to the left and one to the right.
    let isRoomy = taken <= context.size.columns - 5
    return spans + [Span(isRoomy ? long : SafeLine("   \(hiddenCount) \(what)"), .warn)]
  }

  private func present(_ row: TicketRow) -> Span {
    switch outcome {
    case .status: row.status.span
    case .with: row.assignee.span
    case .priority, nil: row.priority.span
    }
  }

  private func isSo(_ row: TicketRow) -> Bool { outcome?.span.line == present(row).line }

  /// `T-4811  normal ▸ high   Wants to switch…  İlkay`, and why a row needs a second look.
  private func line(_ row: TicketRow, isHidden: Bool) -> [Span] {
    var spans = [Span(left(SafeLine(row.number), Self.numberWidth), .dim)]
    let old = present(row)
    if let new = outcome?.span, !isSo(row) {
      let arrow = Span(" " + context.glyphs.becomes + " ", .faint)
      spans += [Span(left(old.line, 8), old.style), arrow, Span(left(new.line, 10), new.style)]
    } else {
      spans.append(Span(left(old.line, Self.changeWidth), old.style))
    }
    spans.append(Span(left(SafeLine(row.subject), subjectWidth)))
    if hasStudent {
      spans += [Span("  "), Span(left(SafeLine(row.studentName), Self.studentWidth), .dim)]
    }
    if isHidden { return spans + [Span("  hidden", .warn)] }
    return isSo(row) ? spans + [Span("  no change", .faint)] : spans
  }
}

extension TicketBatch.Outcome {
  /// The word a row comes to have.
  var span: Span {
    switch self {
    case .priority(let word): Term.known(word).span
    case .status(let word): Term.known(word).span
    case .with(let name): Span(SafeLine(name))
    }
  }
}
