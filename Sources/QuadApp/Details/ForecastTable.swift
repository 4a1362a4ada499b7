import CRM
import TerminalUI

/// Open deals by the month they are to close, with what was won, the win rate and the owners.
struct ForecastTable {
  let answer: PipelineAnswer
  let observed: ObservedHistory
  let viewpoint: Viewpoint

  private static let barColumn = 41
  private static let mostRows = 9
  /// Owners with their sums that fit in one line of 120 columns.
  private static let ownersInLine = 4
  /// Columns of what was won at the right end, and of a note behind a bar.
  private static let wonWidth = 14
  private static let noteWidth = 20
  private static let signWidth = 6
  /// Columns for bars and notes from which the notes are words.
  private static let roomForWords = 40

  /// Rows it would like: rule, blank, head, months, sum, blank and two or three lines below.
  static func wantedRows(_ answer: PipelineAnswer, _ observed: ObservedHistory) -> Int {
    3 + min(answer.forecast.count, mostRows) + 1 + 3 + (observed.stages.isEmpty ? 0 : 1)
      + (answer.owners.count > ownersInLine ? 1 : 0)
  }

  func draw(_ canvas: inout Canvas) {
    TitledRule(
      [Span("Forecast by close month", .strong)],
      right: [
        Span(canvas.glyphs.bar, Style(.chart2)), Span(" weighted  ", .dim),
        Span(canvas.glyphs.rule, .rule), Span(" rest of the sum", .dim),
      ]
    ).draw(on: &canvas, row: 0)
    let rows = rows(max(1, canvas.size.rows - 4))
    canvas.put(head, row: 2, column: 4)
    let full = rows.map(\.sum).max() ?? 1
    let width = barWidth(canvas, rows, full: full)
    if rows.contains(where: { $0.won > 0 }) {
      canvas.put(
        "Won so far", row: 2, column: 0, width: canvas.size.columns - 1, align: .right, style: .dim)
    }
    var year = CivilYear()
    for (line, row) in rows.enumerated() {
      draw(row, name: year.words(row.bucket), &canvas, row: 3 + line, full: full, width: width)
    }
    var last = 3 + rows.count
    if rows.count < answer.forecast.count {
      drawRest(answer.forecast.dropFirst(rows.count), &canvas, row: last)
      last += 1
    }
    drawSums(&canvas, row: last)
  }

  /// What fits; the last line of a short table is for the rest together.
  private func rows(_ room: Int) -> ArraySlice<ForecastRow> {
    answer.forecast.count <= room ? answer.forecast[...] : answer.forecast.prefix(room - 1)
  }

  private func drawRest(_ rest: ArraySlice<ForecastRow>, _ canvas: inout Canvas, row: Int) {
    let deals = rest.reduce(0) { $0 + $1.deals }
    let weighted = rest.reduce(0) { $0 + $1.weighted }
    let sum = rest.reduce(0) { $0 + $1.sum }
    canvas.put(line("Others", deals, weighted, sum), row: row, column: 4)
  }

  private var head: [Span] {
    [
      Span(left("Closing", 10), .dim), Span(right("Deals", 6), .dim),
      Span(right("Weighted", 10), .dim), Span(right("Sum", 8), .dim),
    ]
  }

  private func line(_ name: SafeLine, _ deals: Int, _ weighted: Double, _ sum: Double) -> [Span] {
    [
      Span(left(name, 10)), Span(right(SafeLine("\(deals)"), 6)),
      Span(right(SafeLine(Wording.compact(weighted)), 10)),
      Span(right(SafeLine(Wording.compact(sum)), 8), .strong),
    ]
  }

  /// What is left of the line beside what was won, and behind each bar its note.
  private func barWidth(_ canvas: Canvas, _ rows: ArraySlice<ForecastRow>, full: Double) -> Int {
    let room = barRoom(canvas)
    let note = room < Self.roomForWords ? Self.signWidth : Self.noteWidth
    let beside = Double(max(0, room - note))
    let noted = rows.filter { $0.withoutAmount > 0 && $0.sum > 0 }
      .map { Int(beside * full / $0.sum) }
    return noted.reduce(min(54, room), min)
  }

  private func barRoom(_ canvas: Canvas) -> Int {
    max(0, canvas.size.columns - 1 - Self.barColumn - Self.wonWidth)
  }

  /// How many of the month have no amount; where the bars are short, by the sign of an empty field.
  private func note(_ row: ForecastRow, _ canvas: Canvas) -> SafeLine {
    let words =
      barRoom(canvas) < Self.roomForWords ? canvas.glyphs.empty : SafeLine("without amount")
    return SafeLine("\(row.withoutAmount) ") + words
  }

  private func draw(
    _ row: ForecastRow, name: SafeLine, _ canvas: inout Canvas, row place: Int, full: Double,
    width: Int
  ) {
    let severity: Severity =
      row.deals == 0
      ? .plain : row.bucket == .overdue ? .late : row.bucket == .noDate ? .soon : .plain
    if let stripe = severity.stripe {
      canvas.put(stripe.sign(canvas.glyphs), row: place, column: 2, style: stripe.style)
    }
    canvas.put(line(name, row.deals, row.weighted, row.sum), row: place, column: 4)
    let end = canvas.put(
      AmountBar(heavy: row.weighted, total: row.sum, full: full, style: severity.barStyle)
        .spans(width: width, glyphs: canvas.glyphs), row: place, column: Self.barColumn)
    let last = canvas.size.columns - 1
    if row.withoutAmount > 0 {
      canvas.put(
        note(row, canvas), row: place,
        column: max(end, Self.barColumn) + (end > Self.barColumn ? 2 : 0), width: 18, style: .faint)
    }
    guard row.won > 0 else { return }
    canvas.put(SafeLine("\(row.won)"), row: place, column: 0, width: last - 7, align: .right)
    canvas.put(
      SafeLine(Wording.compact(row.wonSum)), row: place, column: 0, width: last, align: .right,
      style: .good)
  }

  private func drawSums(_ canvas: inout Canvas, row: Int) {
    let summary = answer.summary
    let all = line("All open", summary.open, summary.weighted, summary.sum)
    let rule = Span("   weighted = sum of amount x stage chance: 10, 25, 50, 80 %", .faint)
    let room = canvas.size.columns - 5
    let sign = Span("   " + canvas.glyphs.empty + " without amount", .faint)
    let end = barRoom(canvas) < Self.roomForWords ? sign : rule
    canvas.put(all + [end], row: row, column: 4, width: room)
    let rate = [
      Span(left("Win rate", 11), .dim), Span(SafeLine(Wording.share(summary.winRate)), .strong),
      Span(
        SafeLine(
          "  \(summary.wonThisQuarter) of \(summary.closedThisQuarter) closed this quarter "
            + "by last change"), .faint),
    ]
    let byAmount = [
      Span("by amount ", .dim), Span(SafeLine(Wording.share(summary.winRateByAmount)), .strong),
    ]
    canvas.put(.fitting([rate, byAmount], width: room), row: row + 2, column: 4)
    let owners = ownerFacts
    guard !owners.isEmpty else { return }
    canvas.put("By owner", row: row + 3, column: 4, style: .dim)
    let free = canvas.size.rows - (row + 3) - (seen.isEmpty ? 0 : 1)
    let lines = Self.lines(owners, width: room - 11).prefix(max(1, free))
    for (line, owners) in lines.enumerated() {
      canvas.put(.facts(owners), row: row + 3 + line, column: 15, width: room - 11)
    }
    canvas.put(.fitting(seen, width: room), row: row + 3 + lines.count, column: 4)
  }

  /// `kai 9 290k of 545k`; owners that cannot be read are one, whatever hides them.
  private var ownerFacts: [[Span]] {
    let named = answer.owners.filter { !$0.name.isEmpty }.map {
      ($0.name, $0.deals, $0.weighted, $0.sum)
    }
    let others = answer.owners.filter(\.name.isEmpty)
    let rest = others.reduce(("no owner", 0, 0.0, 0.0)) {
      ($0.0, $0.1 + $1.deals, $0.2 + $1.weighted, $0.3 + $1.sum)
    }
    return (named + (others.isEmpty ? [] : [rest])).map { name, deals, weighted, sum in
      let words = " \(deals) \(Wording.compact(weighted)) of \(Wording.compact(sum))"
      return [Span(SafeLine(name)), Span(SafeLine(words), .dim)]
    }
  }

  /// Facts side by side in as few lines as they fit in.
  private static func lines(_ facts: [[Span]], width: Int) -> [[[Span]]] {
    facts.reduce(into: []) { lines, fact in
      if let last = lines.last, [Span].facts(last + [fact]).width <= width {
        lines[lines.count - 1].append(fact)
      } else {
        lines.append([fact])
      }
    }
  }

  /// Nobody keeps the past: what this machine saw is all that can be said of how deals move. Fewer
  /// than ten moves are faint.
  private var seen: [[Span]] {
    guard let since = observed.since, !observed.stages.isEmpty else { return [] }
    let facts = Stage.open.compactMap { stage -> [Span]? in
      let exits = observed.stages.exits(from: stage)
      guard exits > 0, let next = stage.stepped(forward: true) else { return nil }
      let share = observed.stages.conversion(from: stage, to: next)
      let days = observed.stages.medianDays(in: stage).map { stay in
        ", \(Wording.tenths(stay.days))d of \(stay.stays)"
      }
      return [
        Span(SafeLine("\(stage.rawValue) to \(next.rawValue) "), .dim),
        Span(SafeLine(Wording.share(share)), exits < 10 ? .faint : .strong),
        Span(SafeLine(" of \(exits)" + (days ?? "")), .dim),
      ]
    }
    let first = facts.first.map { [[Span(left("Seen here", 11), .dim)] + $0] } ?? []
    return first + facts.dropFirst() + [
      [Span(SafeLine("since " + Wording.longDay(viewpoint.day(at: since))), .faint)]
    ]
  }
}

/// Says the year of a month only where it changes.
private struct CivilYear {
  private var shown: Int?

  /// `Nov`, then `Jan 2027`, then `Feb`.
  mutating func words(_ bucket: ForecastRow.Bucket) -> SafeLine {
    switch bucket {
    case .overdue: return "Overdue"
    case .later: return "Later"
    case .noDate: return "No date"
    case .month(let year, let month):
      let long = Wording.month(year: year, month: month)
      defer { shown = year }
      let isSaid = shown == nil || shown == year
      return SafeLine(isSaid ? String(long.prefix { $0 != " " }) : long)
    }
  }
}
