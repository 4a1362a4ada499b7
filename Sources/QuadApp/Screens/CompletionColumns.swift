import CRM
import TerminalUI

/// What the list of students shows: reasons where risk is the question, numbers elsewhere.
enum CompletionColumns {
  /// Views whose rows are there for their risk; all other views show numbers instead of reasons.
  static func ofView(_ view: String?) -> [Column<CompletionRow>] {
    switch view.flatMap(CompletionView.init(rawValue:)) {
    case .mine, .atRisk, nil: reasons
    case .snoozed: putAside
    default: numbers
    }
  }

  static let reasons =
    [student(.fixed(23)), cohort, bar, risk]
    + [
      Column("why", title: "Why", width: .flex) { row, cell in row.risk.chips(cell.width) }
    ] + [owner]

  /// When each comes back, with its reasons.
  private static let putAside =
    [student(.fixed(23)), bar, risk]
    + [
      Column("back", title: "Back", width: .fixed(8), align: .right) { row, _ in
        [Span(SafeLine(row.snoozed?.words ?? ""))]
      },
      Column("why", title: "Why", width: .flex) { row, cell in row.risk.chips(cell.width) },
    ] + [owner]

  private static let numbers =
    [student(.flex), cohort, bar, risk]
    + [
      Column("gap", title: "Gap", width: .fixed(4), align: .right) { row, _ in
        [Span(SafeLine(Wording.signed(row.gap)), Severity(gap: row.gap).style)]
      },
      Column("active", title: "Active", width: .fixed(6), align: .right, from: 100) { row, _ in
        [
          Span(SafeLine("\(row.activeEnrollments)"), .text),
          Span(SafeLine("/\(row.allEnrollments)"), .faint),
        ]
      },
      Column("stalled", title: "Stalled", width: .fixed(7), align: .right) { row, _ in
        guard let days = row.stalledDays else { return [Span("-", .faint)] }
        return [Span(SafeLine("\(days)d"), days >= EnrollmentState.stalledFrom ? .warn : .dim)]
      },
      Column("quiz", title: "Quiz", width: .fixed(4), align: .right) { row, cell in
        guard row.lastScore != nil else { return [Span(cell.glyphs.nothing, .faint)] }
        return [Span(SafeLine(Wording.integer(row.lastScore)))]
      },
      Column("tickets", title: "Tickets", width: .fixed(7), align: .right, from: 100) { row, _ in
        [
          row.openTickets > 0
            ? Span(SafeLine("\(row.openTickets)")) : Span("-", .faint)
        ]
      },
    ] + [owner]

  private static func student(_ width: Column<CompletionRow>.Width) -> Column<CompletionRow> {
    Column("student", title: "Student", width: width, isMain: true) { row, _ in
      [Span(SafeLine(row.name))]
    }
  }

  private static let cohort = Column<CompletionRow>(
    "cohort", title: "Cohort", width: .fixed(12), from: 100
  ) { row, cell in
    [row.cohort.isEmpty ? Span(cell.glyphs.empty, .faint) : Span(SafeLine(row.cohort), .dim)]
  }

  private static let bar = Column<CompletionRow>(
    "bar", title: "Completion", width: .fixed(18)
  ) { row, cell in
    Bar(value: row.completion, target: row.target, style: Severity(gap: row.gap).barStyle)
      .spans(width: cell.width - 4, glyphs: cell.glyphs)
      + [Span(right(SafeLine(Wording.integer(row.completion)), 4))]
  }

  private static let risk = Column<CompletionRow>(
    "risk", title: "Risk", width: .fixed(7), from: 80
  ) { row, _ in [row.risk.span] }

  private static let owner = Column<CompletionRow>(
    "owner", title: "Owner", width: .fixed(5), from: 100
  ) { row, _ in [Span(SafeLine(row.owner), .dim)] }

  static let sorts: [SortOrder] = [
    SortOrder("risk", "Risk, highest first", column: "risk", descending: true),
    SortOrder("completion", "Completion, highest first", column: "bar", descending: true),
    SortOrder("gap", "Furthest behind target first", column: "gap"),
    SortOrder("stalled", "Stalled longest first", column: "stalled", descending: true),
    SortOrder("score", "Latest score, lowest first", column: "quiz"),
    SortOrder("tickets", "Most open tickets first", column: "tickets", descending: true),
    SortOrder("name", "Name", column: "student"),
    SortOrder("cohort", "Cohort", column: "cohort"),
    SortOrder("owner", "Owner", column: "owner"),
    SortOrder("changed", "Last change first", column: "", descending: true),
  ]
}

extension Risk {
  /// The reasons as a list shows them: what weighs two points and more is read first. A reason
  /// that does not fit whole gives way to its kind, `stalled…`, or to `…`; the first one stands in
  /// any case. Where only one would be named, short words make room for more: `−75, not started, …`.
  func chips(_ width: Int) -> [Span] {
    let whole = chips(width, \.words)
    guard whole.named < min(2, reasons.count) else { return whole.line }
    let short = chips(width, \.shortWords)
    return short.named > whole.named ? short.line : whole.line
  }

  /// - Returns: The line, and how many reasons it names.
  private func chips(
    _ width: Int, _ words: (RiskReason) -> String
  ) -> (line: [Span], named: Int) {
    var line: [Span] = []
    for (index, reason) in reasons.enumerated() {
      let style: Style = reason.points >= 2 ? .text : .dim
      let comma = Span(", ", line.last?.style ?? .dim)
      let chip = Span(SafeLine(words(reason)), style)
      let longer = line.isEmpty ? [chip] : line + [comma, chip]
      let rest = index < reasons.count - 1 ? Self.more.width : 0
      if !line.isEmpty, longer.width + rest > width {
        let kind = line + [comma, Span(SafeLine(reason.keyword + "…"), style)]
        return kind.width <= width ? (kind, index + 1) : (line + [Self.more], index)
      }
      line = longer
    }
    return (line, reasons.count)
  }

  private static let more = Span(", …", .dim)
}

extension RiskReason {
  /// The gap without its course, any other reason without its number.
  fileprivate var shortWords: String {
    if case .gap(let gap, _) = kind { return Wording.signed(gap) }
    return keyword
  }
}
