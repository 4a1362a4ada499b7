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
    let total = open.reduce(0) { $0 + $1.sum }
    let count = open.reduce(0) { $0 + $1.count }
    let sums =
      open.map { $0.whyLine(full: full, context.glyphs) } + [
        CRM.Lane.whyColumns("all open", count, total, "", weighted).map { Span($0.line, .strong) }
      ]
    let facts = facts(open, context)
    if context.size.columns >= StudentBlocks.twoFrom {
      lines += Self.beside(sums, facts + [chances(open)])
    } else {
      lines += sums + [[]] + facts
    }
    return .reading(
      ReadingDrawer(
        title: SafeLine("\(Wording.compact(weighted)) weighted"),
        note: [Span("why this number", .dim)], lines: lines))
  }

  /// The columns of `sums` at the left, what they are over at the right.
  private static func beside(_ sums: [[Span]], _ facts: [[Span]]) -> [[Span]] {
    let start = 68
    return (0..<max(sums.count, facts.count)).map { row in
      let sum = row < sums.count ? sums[row] : []
      guard row < facts.count else { return sum }
      return sum + [Span(.blanks(start - sum.width))] + facts[row]
    }
  }

  /// What is left out, whether all rows are here, and as of when.
  private func facts(_ open: [CRM.Lane], _ context: Context) -> [[Span]] {
    let isComplete = list.isComplete
    return leftOut(open) + [
      [
        Span(left("Complete", 11), .dim),
        Span(
          SafeLine(
            isComplete
              ? "yes, all \(Wording.count(summary.all)) deals are here"
              : "no, deals are still arriving"),
          isComplete ? .text : .warn),
      ],
      [Span(left("As of", 11), .dim), Span(SafeLine(context.asOf))],
    ]
  }

  /// Where the chances come from; a narrow window has them in the table only.
  private func chances(_ open: [CRM.Lane]) -> [Span] {
    let shares = open.compactMap { $0.stage.word.map { Wording.integer($0.chance * 100) } }
    return [
      Span(left("Chances", 11), .dim),
      Span(SafeLine("Quad's own: \(shares.joined(separator: ", ")) %")),
    ]
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
        "\(Wording.count(lane.count)) \(deals) in an unknown stage, \(Wording.money(lane.sum))")
    }
    if facts.isEmpty { facts = ["nothing"] }
    return facts.enumerated().map { index, fact in
      [Span(left(index == 0 ? "Left out" : "", 11), .dim), Span(SafeLine(fact))]
    }
  }
}

extension CRM.Lane {
  fileprivate func whyLine(full: Double, _ glyphs: Glyphs) -> [Span] {
    let chance = stage.word.map { "x \(Wording.share($0.chance))" } ?? ""
    return Self.whyColumns(title, count, sum, chance, weighted) + [Span("  ")]
      + AmountBar(heavy: weighted, full: full).spans(width: 16, glyphs: glyphs)
  }

  fileprivate static func whyColumns(
    _ name: String, _ count: Int, _ sum: Double, _ chance: String, _ weighted: Double
  ) -> [Span] {
    [
      Span(left(SafeLine(name), 12)), Span(right(SafeLine(Wording.count(count, within: 4)), 4)),
      Span(right(SafeLine(Wording.money(sum)), 12)), Span(right(SafeLine(chance), 8), .dim),
      Span(right(SafeLine(Wording.money(weighted)), 12)),
    ]
  }
}
