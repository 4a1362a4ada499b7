import CRM
import TerminalUI

/// Students by cohort: distribution, share at target, and what needs care in each group.
struct GroupsTable {
  let answer: CohortsAnswer
  let state: ListState

  static let columns: [Column<CohortRow>] = [
    Column("group", title: "Cohort", width: .fixed(12), isMain: true) { row, _ in
      [Span(SafeLine(row.name.isEmpty ? "∅" : row.name))]
    },
    Column("students", title: "Students", width: .fixed(8), align: .right) { row, _ in
      [Span(SafeLine(Wording.count(row.summary.students)))]
    },
    Column("box", title: "0   p10 ─━┿━─ p90    100", width: .fixed(24)) { row, cell in
      BoxPlot(row.box, style: row.severity.barStyle).spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("mean", title: "Mean", width: .fixed(4), align: .right, from: 80) { row, _ in
      [Span(SafeLine(Wording.integer(row.summary.mean)))]
    },
    Column("spread", title: "Spread", width: .fixed(10), from: 80) { row, cell in
      Columns(row.summary.histogram.map(Double.init)).spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("target", title: "At target", width: .fixed(16), align: .right) { row, _ in
      [
        Span(SafeLine("\(row.summary.atTarget) of \(row.summary.withTarget)"), .dim),
        Span(
          right(
            SafeLine(
              Wording.share(
                Statistics.share(row.summary.atTarget, of: row.summary.withTarget))), 8),
          row.severity.style),
      ]
    },
    Column("risk", title: "Risk", width: .fixed(4), align: .right) { row, _ in
      [Span(SafeLine("\(row.summary.atRisk)"), row.summary.atRisk > 0 ? .text : .faint)]
    },
    Column("stalled", title: "Stalled", width: .fixed(7), align: .right, from: 100) { row, _ in
      [Span(SafeLine("\(row.summary.stalled)"))]
    },
    Column("start", title: "No start", width: .fixed(8), align: .right, from: 100) { row, _ in
      [Span(SafeLine("\(row.summary.notStarted)"))]
    },
    Column("quiz", title: "Quiz", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.integer(row.meanScore)))]
    },
  ]

  func draw(_ canvas: inout Canvas, _ context: Context) {
    let students = answer.list.rows.reduce(0) { $0 + $1.summary.students }
    let items = answer.views.map {
      ViewsLine.Item(SafeLine($0.title), count: SafeLine("\($0.count)"))
    }
    ViewsLine(
      items, active: nil,
      right: [
        Span(SafeLine("by cohort   \(answer.list.rows.count) groups, \(students) students"), .dim)
      ]
    ).draw(on: &canvas)
    let table = Table(
      columns: Self.columns, sort: [.init(column: "group", descending: false)],
      cursorLook: context.cursorLook(CohortRow.self),
      look: { RowLook(stripe: $0.severity.stripe) })
    let top = context.size.rows >= ListLayout.statusRows ? 3 : 2
    let rect = Rect(
      row: top, column: 0, columns: context.size.columns, rows: context.size.rows - top - 2)
    table.draw(
      on: &canvas, in: rect, state: state, count: answer.list.rows.count,
      row: { answer.list.rows[$0] })
    if answer.list.rows.indices.contains(state.cursor) {
      drawDetail(answer.list.rows[state.cursor], &canvas, context)
    }
  }

  private func drawDetail(_ row: CohortRow, _ canvas: inout Canvas, _ context: Context) {
    let rows = 12
    let first = context.size.rows - 2 - rows
    guard first > 5 + answer.list.rows.count else { return }
    canvas.area(Rect(row: first, column: 0, columns: context.size.columns, rows: rows)) { canvas in
      TitledRule([
        Span(SafeLine(row.name), .strong),
        Span(SafeLine("  \(row.summary.students) students"), .dim),
      ]).draw(on: &canvas, row: 0)
      Histogram(
        counts: row.summary.histogram,
        labels: ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90+"]
      ).draw(on: &canvas, in: Rect(row: 2, column: 6, columns: canvas.size.columns - 7, rows: 9))
      canvas.put("completion %, students per band", row: 11, column: 6, style: .faint)
    }
  }
}

extension CohortRow {
  var box: BoxPlot.Quantiles? {
    guard let percentiles, percentiles.count == 5 else { return nil }
    return BoxPlot.Quantiles(
      p10: percentiles[0], p25: percentiles[1], median: percentiles[2], p75: percentiles[3],
      p90: percentiles[4])
  }
}
