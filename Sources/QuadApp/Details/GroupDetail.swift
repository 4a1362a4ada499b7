import CRM
import TerminalUI

/// The distribution of a group, the students of a bar of it, and its courses.
struct GroupDetail {
  let row: CohortRow
  /// The bar picked, 0 to 9.
  let band: Int?
  /// The students of the bar; without one those at risk.
  let students: [CompletionRow]
  let parts: [CohortRow]
  let partsHead: SafeLine
  let drifting: Int
  let context: Context

  /// Where the chart starts and the lists beside it.
  private static let chart = 6
  private static let lists = 72
  private static let besideFrom = 110
  private static let mostChartRows = 17

  func draw(_ canvas: inout Canvas) {
    TitledRule(
      [
        Span(SafeLine(row.name), .strong),
        Span(SafeLine("  \(students(row.summary.students))"), .dim),
      ],
      right: canvas.size.columns < 70
        ? []
        : [
          Span("h l", .accent), Span(" pick a bar   ", .dim), Span("Enter", .accent),
          Span(" list its students", .dim),
        ]
    ).draw(on: &canvas, row: 0)
    guard canvas.size.rows >= 14 else { return drawSmall(&canvas) }
    let isBeside = canvas.size.columns >= Self.besideFrom
    let free = canvas.size.rows - (drifting > 0 ? 4 : 2)
    let chartRows = min(Self.mostChartRows, isBeside ? free - 1 : free / 2)
    drawChart(&canvas, rows: chartRows)
    if isBeside {
      canvas.area(
        Rect(
          row: 2, column: Self.lists - 2, columns: canvas.size.columns - Self.lists + 2, rows: free)
      ) { drawLists(&$0) }
    } else {
      let first = chartRows + 4
      canvas.area(
        Rect(row: first, column: 4, columns: canvas.size.columns - 4, rows: free + 2 - first)
      ) { drawLists(&$0) }
    }
    drawNote(&canvas)
  }

  private func students(_ count: Int) -> String {
    count == 1 ? "1 student" : "\(Wording.count(count)) students"
  }

  private func drawChart(_ canvas: inout Canvas, rows: Int) {
    let room = canvas.size.columns - Self.chart - 1
    let barWidth = room >= 59 ? 5 : 3
    let chart = Histogram(
      counts: row.summary.histogram,
      labels: ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90+"],
      target: row.target.map { $0 / 100 }, picked: band, barWidth: barWidth,
      words: { SafeLine(Wording.count($0, within: barWidth)) })
    chart.draw(
      on: &canvas, in: Rect(row: 2, column: Self.chart, columns: room, rows: rows))
    canvas.put(
      "completion %, students per band", row: rows + 2, column: Self.chart, style: .faint)
    guard let target = row.target, chart.width >= 59 else { return }
    let words = SafeLine("mean target \(Wording.integer(target))")
    let tick = Self.chart + Int(target / 100 * Double(chart.width))
    let end = min(tick + words.width / 2, Self.chart + chart.width)
    canvas.put(words, row: rows + 2, column: max(40, end - words.width), style: .dim)
  }

  /// The students above, the courses below; each gets half of what the other leaves.
  private func drawLists(_ canvas: inout Canvas) {
    let partRows = min(parts.count, max(3, canvas.size.rows / 2 - 2))
    let room = max(1, canvas.size.rows - (parts.isEmpty ? 1 : partRows + 3))
    let head = band.map { "Students in \(GroupFilter.bandWords($0))" } ?? "At risk"
    canvas.put(
      [
        Span(SafeLine(head), .strong), Span("  "),
        Span(SafeLine(Wording.count(students.count)), .accent),
      ],
      row: 0, column: 2)
    let shown = students.count <= room ? students.count : room - 1
    for (line, student) in students.prefix(shown).enumerated() {
      put(student, &canvas, row: 1 + line)
    }
    if shown < students.count {
      canvas.put(
        SafeLine("\(Wording.count(students.count - shown)) more"), row: 1 + shown, column: 2,
        style: .faint)
    }
    guard !parts.isEmpty else { return }
    let first = 1 + min(students.count, room) + 1
    canvas.put([Span(partsHead, .strong)], row: first, column: 2)
    for (line, part) in parts.prefix(partRows).enumerated() {
      put(part, &canvas, row: first + 1 + line)
    }
  }

  private func put(_ student: CompletionRow, _ canvas: inout Canvas, row: Int) {
    if let stripe = student.risk.severity.stripe {
      canvas.put(stripe.sign(canvas.glyphs), row: row, column: 0, style: stripe.style)
    }
    let reason = student.risk.reasons.first.map { SafeLine($0.words) } ?? ""
    canvas.put(
      [
        Span(left(SafeLine(student.name), 23)), Span("  "),
        Span(right(SafeLine(Wording.integer(student.completion)), 3)), Span("  "),
        Span(reason, .dim),
      ], row: row, column: 2, width: canvas.size.columns - 3)
  }

  private func put(_ part: CohortRow, _ canvas: inout Canvas, row: Int) {
    let gap = part.summary.mean.flatMap { mean in part.target.map { mean - $0 } }
    let style = Severity(gap: gap).barStyle
    canvas.put(
      [Span(left(SafeLine(part.name), 8))]
        + Bar(value: part.summary.mean, target: part.target, style: style)
        .spans(width: 14, glyphs: canvas.glyphs)
        + [
          Span(right(SafeLine(Wording.integer(part.summary.mean)), 4)), Span("  "),
          Span(atTarget(part), .dim),
        ], row: row, column: 2, width: canvas.size.columns - 3)
  }

  private func atTarget(_ part: CohortRow) -> SafeLine {
    part.summary.withTarget == 0
      ? "no target"
      : SafeLine(
        "\(Wording.count(part.summary.atTarget)) of \(Wording.count(part.summary.withTarget))"
          + " at target")
  }

  /// No room for a chart: its columns in one line, then the first students.
  private func drawSmall(_ canvas: inout Canvas) {
    canvas.put(
      [Span("0 ", .faint)]
        + Columns(row.summary.histogram.map(Double.init)).spans(width: 10, glyphs: canvas.glyphs)
        + [Span(" 100 %   ", .faint)]
        + (band.map { [Span(SafeLine(GroupFilter.bandWords($0)), .strong), Span("  ")] }
          ?? [Span("at risk ", .dim)])
        + [Span(SafeLine(Wording.count(students.count)), .accent)], row: 1, column: 3)
    for (line, student) in students.prefix(max(0, canvas.size.rows - 2)).enumerated() {
      canvas.area(
        Rect(row: 2 + line, column: 1, columns: canvas.size.columns - 1, rows: 1)
      ) { put(student, &$0, row: 0) }
    }
  }

  private func drawNote(_ canvas: inout Canvas) {
    guard drifting > 0 else { return }
    let long = SafeLine(
      "Each student counts once, with the stored rate; for \(Wording.count(drifting)) it differs from their courses"
        + " by over 5 pp.  ")
    let short = SafeLine(
      "Stored rates; \(Wording.count(drifting)) are over 5 pp off their courses.  ")
    let key = [Span("9", .accent), Span(" data health", .faint)]
    let room = canvas.size.columns - 2
    let words = long.width + key.width <= room ? long : short
    canvas.put([Span(words, .faint)] + key, row: canvas.size.rows - 1, column: 1, width: room)
  }
}
