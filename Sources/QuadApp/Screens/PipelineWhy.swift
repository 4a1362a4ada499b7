import CRM
import TerminalUI

extension PipelineAnswer {
  /// What the weighted sum of the board is made of, what it leaves out, and over which rows.
  func why(viewTitle: String?, _ context: Context) -> Drawer {
    let open = lanes.filter { $0.stage.word?.isOpen ?? false }
    let weighted = open.reduce(0) { $0 + $1.weighted }
    var lines: [[Span]] = [
      [
        Span("Amount x chance of its stage, over "),
        Span(SafeLine("\(open.reduce(0) { $0 + $1.count }) open deals"), .strong),
        Span(SafeLine(viewTitle.map { " of the view \($0)." } ?? ".")),
      ], [],
    ]
    let full = open.map(\.weighted).max() ?? 0
    lines += open.map { $0.whyLine(full: full, context.glyphs) }
    let total = open.reduce(0) { $0 + $1.sum }
    let count = open.reduce(0) { $0 + $1.count }
    lines.append(
      CRM.Lane.whyColumns("all open", count, total, "", weighted).map { Span($0.line, .strong) })
    lines.append([])
    lines += leftOut(open)
    let isComplete = list.isComplete
    lines.append([
      Span(left("Complete", 12), .dim),
      Span(
        SafeLine(
          isComplete ? "yes, all \(summary.all) deals are here" : "no, deals are still arriving"),
        isComplete ? .text : .warn),
    ])
    let now = Wording.time(context.viewpoint.now, zoneOffset: context.viewpoint.zoneOffset)
    lines.append([Span(left("As of", 12), .dim), Span(SafeLine(now))])
    return .reading(
      ReadingDrawer(
        title: SafeLine("\(Wording.compact(weighted)) weighted"),
        note: [Span("why this number", .dim)], lines: lines))
  }

  private func leftOut(_ open: [CRM.Lane]) -> [[Span]] {
    var facts: [String] = []
    let missing = open.reduce(0) { $0 + $1.withoutAmount }
    if missing > 0 {
      facts.append("\(missing) open \(missing == 1 ? "deal" : "deals") without amount")
    }
    for lane in lanes where lane.stage.word == nil && lane.count > 0 {
      let deals = lane.count == 1 ? "deal" : "deals"
      facts.append(
        "\(lane.count) \(deals) in a stage Quad does not know, \(Wording.money(lane.sum))")
    }
    if facts.isEmpty { facts = ["nothing"] }
    return facts.enumerated().map { index, fact in
      [Span(left(index == 0 ? "Left out" : "", 12), .dim), Span(SafeLine(fact))]
    }
  }
}

extension CRM.Lane {
  fileprivate func whyLine(full: Double, _ glyphs: Glyphs) -> [Span] {
    let chance = stage.word.map { "x \(Wording.share($0.chance))" } ?? ""
    return Self.whyColumns(title, count, sum, chance, weighted) + [Span("  ")]
      + AmountBar(heavy: weighted, full: full).spans(width: 20, glyphs: glyphs)
  }

  fileprivate static func whyColumns(
    _ name: String, _ count: Int, _ sum: Double, _ chance: String, _ weighted: Double
  ) -> [Span] {
    [
      Span(left(SafeLine(name), 12)), Span(right(SafeLine("\(count)"), 4)),
      Span(right(SafeLine(Wording.money(sum)), 12)), Span(right(SafeLine(chance), 8), .dim),
      Span(right(SafeLine(Wording.money(weighted)), 12)),
    ]
  }
}
