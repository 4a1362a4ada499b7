import CRM
import TerminalUI

/// Attempts with the try, the score against the mark and the change against the try before.
enum AttemptsTable {
  static func table(
    _ viewpoint: Viewpoint, cursor: Table<AttemptRow>.CursorLook
  ) -> Table<AttemptRow> {
    Table(
      columns: columns(viewpoint), sort: [.init(column: "when", descending: true)],
      cursorLook: cursor,
      look: { row in
        RowLook(row.severity == .late ? .late : .plain, isUnsent: row.isUnsent)
      })
  }

  private static func columns(_ viewpoint: Viewpoint) -> [Column<AttemptRow>] {
    [
      Column("when", title: "When", width: .fixed(6), align: .right) { row, _ in
        [Span(SafeLine(row.at.map { Wording.age(viewpoint.seconds(since: $0)) } ?? "-"), .faint)]
      },
      Column("student", title: "Student", width: .fixed(23), isMain: true) { row, _ in
        [Span(SafeLine(row.studentName))]
      },
      Column("cohort", title: "Cohort", width: .fixed(12), from: 100) { row, _ in
        [Span(SafeLine(row.cohort), .dim)]
      },
      Column("quiz", title: "Quiz", width: .flex) { row, _ in [Span(SafeLine(row.quiz), .dim)] },
      Column("try", title: "Try", width: .fixed(6), from: 100) { row, _ in
        [
          Span(
            SafeLine(row.attemptNumber.map { "\($0) of \(row.attempts)" } ?? ""), .faint)
        ]
      },
      Column("score", title: "Score", width: .fixed(16)) { row, cell in
        guard let score = row.score, row.attemptNumber != nil else {
          return [Span("no score yet", .faint)]
        }
        return Bar(value: score, target: viewpoint.passMark, style: row.severity.barStyle)
          .spans(width: cell.width - 4, glyphs: cell.glyphs)
          + [Span(right(SafeLine(Wording.integer(score)), 4), row.severity.style)]
      },
      Column("change", title: "Change", width: .fixed(6), align: .right, from: 80) { row, _ in
        guard let change = row.change else { return [] }
        let style: Style = change <= -10 ? .bad : change >= 10 ? .good : .dim
        return [Span(SafeLine(Wording.signed(change)), style)]
      },
      Column("best", title: "Best", width: .fixed(4), align: .right, from: 100) { row, _ in
        [Span(SafeLine(row.best.map { Wording.integer($0) } ?? ""), .dim)]
      },
      Column("status", title: "Status", width: .fixed(11), from: 80) { row, _ in
        [row.status.span]
      },
    ]
  }
}
