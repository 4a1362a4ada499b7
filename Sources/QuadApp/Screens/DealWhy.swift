import CRM
import TerminalUI

/// What a deal weighs in the sums, and when it counts as neglected.
struct DealWhy {
  let row: DealRow
  let context: Context

  var drawer: Drawer {
    .reading(
      ReadingDrawer(
        title: SafeLine("\(row.title)  \(Wording.money(row.weighted)) weighted"),
        note: [Span("why this number", .dim)], lines: lines))
  }

  private var lines: [[Span]] {
    let stage = row.stage.word
    let limit = stage?.quietLimit
    return [
      [Span("Amount x chance of its stage. What is not known is in no sum.")], [],
      line("Amount", Wording.money(row.amount), row.amount == nil ? "none yet" : "as stored"),
      line(
        "Chance", stage.map { Wording.share($0.chance) } ?? Wording.nothing,
        stage.map { "Quad's own for \($0.rawValue)" } ?? "only of the stages Quad knows"),
      line("Weighted", Wording.money(row.weighted), "in the totals of its lane and of the board"),
      line(
        "Quiet", "\(row.quietDays)d",
        "since the last touch: a change of the deal, an activity planned or done"),
      line(
        "Limit", limit.map { "\($0)d" } ?? Wording.nothing,
        limit == nil ? "none in this stage" : "without a touch, then it wants care"),
      line("Stripe", "", "late: step or close past; soon: no step, date or amount; step today"),
      line("As of", "", context.asOf),
    ]
  }

  private func line(_ label: SafeLine, _ value: String, _ words: String) -> [Span] {
    .why(label, value, words, width: 9)
  }
}
