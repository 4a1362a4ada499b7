import CRM
import TerminalUI

/// The plan of a fix before it is done: what stands in each row and what will.
struct HealthBatch {
  let row: HealthRow
  let fix: HealthFix
  let context: Context

  /// Rows above which the number is typed (design/screens.md §9).
  private static let typedFrom = 20

  var confirm: Confirm<DrawerOutcome> {
    let rows = row.found == 1 ? row.schoolClass.singular : row.schoolClass.plural
    let verb = fix.word.prefix(1).uppercased() + fix.word.dropFirst()
    return Confirm(
      question: SafeLine("\(verb) \(row.found) \(rows)?"), yes: "yes, \(fix.word)",
      value: .commands([.act(.fix(fix))]), lines: lines,
      typed: row.found > Self.typedFrom ? SafeLine("\(row.found)") : nil)
  }

  private var lines: [[Span]] {
    let shown = row.changes.prefix(room)
    var lines = shown.map { change in
      let name: [Span] = change.name.isEmpty ? [] : [Span(left(SafeLine(change.name), 30))]
      let was = SafeLine(change.was)
      return name + [
        Span(change.name.isEmpty ? left(was, 30) : right(was, 6), .dim),
        Span(" " + context.glyphs.becomes + " ", .faint), Span(SafeLine(change.becomes)),
      ]
    }
    if row.found > shown.count {
      lines.append([Span(SafeLine("\(row.found - shown.count) more"), .faint)])
    }
    let words: SafeLine =
      switch fix {
      case .completion: "The mean of the active courses, as the server computes it."
      case .score: "The score of the newest scored attempt; 0 where there is none."
      case .spelling: "The spelling most attempts of the quiz have."
      }
    return [[Span(words)], [], head] + lines
      + [
        [], [Span("One batch, one undo. Rows that are not yours to change are left alone.", .dim)],
      ]
  }

  private var head: [Span] {
    let isNamed = row.changes.contains { !$0.name.isEmpty }
    let singular = row.schoolClass.singular
    let name = SafeLine(singular.prefix(1).uppercased() + singular.dropFirst())
    let now = isNamed ? left(name, 30) + right("Now", 6) : left("Now", 30)
    return [Span(now + "   Then", .dim)]
  }

  /// What a drawer leaves of its six tenths of the window after everything but rows.
  private var room: Int { max(2, min(8, context.size.rows * 6 / 10 - 11)) }
}
