import CRM
import TerminalUI

/// The question before many deals are changed: what each is now, and what becomes of it.
struct DealBatch {
  private let ids: [RecordID]
  /// Those of the ids that are in sight; the others are hidden by a view or a filter.
  private let rows: [DealRow]
  private let context: Context

  /// Rows above which the number is typed before all are changed (design/screens.md §9).
  private static let typedFrom = 20
  private static let titleWidth = 34

  init(_ ids: [RecordID], shown: [DealRow], _ context: Context) {
    let wanted = Set(ids)
    self.ids = ids
    self.context = context
    rows = shown.filter { wanted.contains($0.id) }
  }

  func step(forward: Bool) -> [Command] {
    commands(
      .stepDeals(forward: forward, deals: ids), forward ? "Move on" : "Move back", "Stage",
      now: stage,
      then: { row in row.stage.word?.stepped(forward: forward).map { SafeLine($0.rawValue) } })
  }

  func win() -> [Command] {
    commands(.moveDeals(ids, to: .won), "Win", "Stage", now: stage, then: { _ in "won" })
  }

  func claim() -> [Command] {
    commands(
      .claimDeals(ids), "Take", "Owner",
      now: { Span(SafeLine($0.owner.isEmpty ? "nobody" : $0.owner), .dim) }, then: { _ in "you" })
  }

  func push(days: Int) -> [Command] {
    commands(
      .pushClose(byDays: days, deals: ids), "Put off", "Close", now: { $0.closeSpan() },
      then: { _ in SafeLine("\(days) days later") })
  }

  private func stage(_ row: DealRow) -> Span { Span(SafeLine(row.stage.label), .dim) }

  /// One deal is changed at once and can be undone; several are shown first.
  ///
  /// - Parameters:
  ///   - head: What the change is of.
  ///   - now: What a deal has before.
  ///   - then: What it has after; nil where it stays.
  private func commands(
    _ intent: Intent, _ question: SafeLine, _ head: SafeLine, now: (DealRow) -> Span,
    then: (DealRow) -> SafeLine?
  ) -> [Command] {
    guard ids.count > 1 else { return [.act(intent), .unmark] }
    let hidden = ids.count - rows.count
    let shown = rows.prefix(room)
    let width = shown.map { now($0).line.width }.max() ?? 0
    var lines = [[Span(left("Deal", Self.titleWidth) + "  " + head, .dim)]]
    lines += shown.map { row in
      let change = then(row).map {
        [Span(" " + context.glyphs.becomes + " ", .faint), Span($0)]
      }
      let before = now(row)
      return [
        Span(left(SafeLine(row.title), Self.titleWidth)), Span("  "),
        Span(left(before.line, width), before.style),
      ] + (change ?? [Span("  no change", .faint)])
    }
    if rows.count > room { lines.append([Span(SafeLine("\(rows.count - room) more"), .faint)]) }
    if hidden > 0 {
      lines.append([Span(SafeLine("\(hidden) of the \(ids.count) are not in sight"), .warn)])
    }
    lines += [[], [Span("One batch, one undo. Deals that are so already are left alone.", .dim)]]
    return [
      .drawer(
        .confirm(
          Confirm(
            question: SafeLine("\(question) \(ids.count) deals?"), yes: "yes, change them",
            value: .commands([.act(intent), .unmark]), lines: lines,
            typed: ids.count > Self.typedFrom ? SafeLine("\(ids.count)") : nil)))
    ]
  }

  /// What a drawer leaves of its six tenths of the window after everything but rows.
  private var room: Int { max(2, min(12, context.size.rows * 6 / 10 - 10)) }
}
