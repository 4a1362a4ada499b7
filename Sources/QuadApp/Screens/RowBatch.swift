import CRM
import TerminalUI

/// The question before many rows are changed: what each has now, and what becomes of it.
struct RowBatch {
  /// What becomes of one row.
  struct Line {
    let name: String
    /// Where it happens, such as the course; empty for the row itself.
    var place = ""
    let now: SafeLine
    let outcome: Outcome
    /// A view or a filter hides the row.
    var isHidden = false
  }

  enum Outcome {
    case becomes(SafeLine)
    /// Why the row stays as it is.
    case stays(SafeLine)
  }

  /// What stands over the columns of the rows.
  struct Heads {
    let name: SafeLine
    var place: SafeLine = ""
    let change: SafeLine
    /// Numbers end at the same column, words start at one.
    var isNumber = false
  }

  let lines: [Line]
  let heads: Heads
  /// What the rows are called, in the plural.
  let things: String
  let context: Context

  /// Rows above which the number is typed before all are changed (design/screens.md §9).
  private static let typedFrom = 20
  private static let nameWidth = 28
  private static let placeWidth = 8

  /// One row is changed at once and can be undone; several are shown first.
  func commands(_ intent: Intent, _ question: String) -> [Command] {
    let commands: [Command] = [.act(intent), .unmark]
    guard lines.count > 1 else { return commands }
    return [
      .drawer(
        .confirm(
          Confirm(
            question: SafeLine("\(question) \(lines.count) \(things)?"),
            yes: SafeLine("yes, change \(changing)"), value: .commands(commands), lines: words,
            stripes: stripes,
            typed: lines.count > Self.typedFrom ? SafeLine("\(lines.count)") : nil)))
    ]
  }

  private var changing: Int {
    lines.count { if case .becomes = $0.outcome { true } else { false } }
  }

  private var words: [[Span]] {
    let hidden = lines.count(where: \.isHidden)
    var counts = [Span(SafeLine("\(changing) will change"), .strong)]
    if lines.count > changing {
      counts.append(Span(SafeLine("   \(lines.count - changing) will not, each says why")))
    }
    if hidden > 0 { counts.append(Span(SafeLine("   \(hidden) not in sight"), .warn)) }
    var shown = lines.prefix(room).map(line)
    if lines.count > room { shown.append([Span(SafeLine("\(lines.count - room) more"), .faint)]) }
    return [counts, [], head] + shown + [[], [Span("One batch, one undo.", .dim)]]
  }

  /// A stripe before each row that is hidden; two lines and the head stand above the rows.
  private var stripes: [Int: RowLook.Stripe] {
    let hidden = lines.prefix(room).indices.filter { lines[$0].isHidden }
    return Dictionary(uniqueKeysWithValues: hidden.map { ($0 + 3, .soon) })
  }

  private var hasPlaces: Bool { lines.contains { !$0.place.isEmpty } }

  private var head: [Span] {
    let place = hasPlaces ? left(heads.place, Self.placeWidth) : ""
    return [Span(left(heads.name, Self.nameWidth) + "  " + place + heads.change, .dim)]
  }

  /// The widest of what the rows have now; of numbers the head's too, which ends with them.
  private var nowWidth: Int {
    let widest = lines.map(\.now.width).max() ?? 0
    return heads.isNumber ? max(widest, heads.change.width) : widest
  }

  private func line(_ line: Line) -> [Span] {
    var spans = [Span(left(SafeLine(line.name), Self.nameWidth)), Span("  ")]
    if hasPlaces {
      spans.append(Span(left(SafeLine(line.place), Self.placeWidth), .dim))
    }
    spans.append(
      Span(heads.isNumber ? right(line.now, nowWidth) : left(line.now, nowWidth), .dim))
    switch line.outcome {
    case .becomes(let then):
      spans += [Span(" " + context.glyphs.becomes + " ", .faint), Span(then)]
    case .stays(let why): spans.append(Span("  " + why, .faint))
    }
    return line.isHidden ? spans + [Span("  hidden", .warn)] : spans
  }

  /// What a drawer leaves of its six tenths of the window after everything but rows.
  private var room: Int { max(2, min(12, context.size.rows * 6 / 10 - 11)) }
}
