import CRM
import TerminalUI

/// Groups of students in columns: distribution, share at target, and what needs care in each.
enum GroupsTable {
  /// - Parameter title: What the groups are.
  static func columns(title: SafeLine) -> [Column<CohortRow>] {
    [
      Column("group", title: title, width: .fixed(12), isMain: true) { row, _ in
        [Span(SafeLine(row.name))]
      },
      Column("students", title: "Students", width: .fixed(8), align: .right) { row, _ in
        [Span(SafeLine(Wording.count(row.summary.students, within: 8)))]
      },
      Column("box", title: "0   p10 ─━┿━─ p90    100", width: .fixed(24)) { row, cell in
        BoxPlot(row.box).spans(width: cell.width, glyphs: cell.glyphs)
      },
      Column("mean", title: "Mean", width: .fixed(4), align: .right, from: 100) { row, _ in
        [Span(SafeLine(Wording.integer(row.summary.mean)), .strong)]
      },
      Column("spread", title: "Spread", width: .fixed(10), from: 100) { row, cell in
        Columns(row.summary.histogram.map(Double.init))
          .spans(width: cell.width, glyphs: cell.glyphs)
      },
    ] + care
  }

  private static let care: [Column<CohortRow>] = [
    Column("target", title: "At target", width: .fixed(16)) { row, _ in
      .part(row.summary.atTarget, of: row.summary.withTarget)
        + [Span(right(SafeLine(Wording.share(row.shareAtTarget)), 6), row.severity.style)]
    },
    Column("risk", title: "Risk", width: .fixed(4), align: .right) { row, _ in
      [number(row.summary.atRisk, within: 4)]
    },
    Column("stalled", title: "Stalled", width: .fixed(7), align: .right, from: 100) { row, _ in
      [number(row.summary.stalled, within: 7)]
    },
    Column("start", title: "No start", width: .fixed(8), align: .right, from: 100) { row, _ in
      [number(row.summary.notStarted, within: 8)]
    },
    Column("quiz", title: "Quiz", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.integer(row.meanScore)))]
    },
  ]

  private static func number(_ count: Int, within width: Int) -> Span {
    Span(SafeLine(Wording.count(count, within: width)), count > 0 ? .text : .faint)
  }

  /// One row for all groups together, without a cursor.
  static func drawTotal(
    _ total: CohortRow, _ columns: [Column<CohortRow>], _ canvas: inout Canvas, _ rect: Rect
  ) {
    var row = total
    row.severity = .plain
    Table(columns: columns, cursorLook: .none, showsHead: false).draw(
      on: &canvas, in: rect, state: ListState(), count: 1, row: { _ in row })
    canvas.restyle(rect) { style in
      if style.role == .text { style = .strong }
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
