package import CRM
package import TerminalUI

extension TicketsAnswer {
  /// Tickets put aside on this machine.
  var snoozed: Int { views.first { $0.id == TicketView.snoozed.rawValue }?.count ?? 0 }
}

extension TicketsScreen {
  package static let sorts: [SortOrder] = [
    SortOrder("pressure", "Pressure, highest first", column: "ratio", descending: true),
    SortOrder("waiting", "Waiting, longest first", column: "waiting", descending: true),
    SortOrder("priority", "Priority, then longest waiting", column: "priority", descending: true),
    SortOrder("age", "Oldest ticket first", column: "age", descending: true),
    SortOrder("recent", "Latest message first", column: "waiting"),
    SortOrder("changed", "Latest change first", column: "status", descending: true),
    SortOrder("number", "Number", column: "ticket"),
    SortOrder("subject", "Subject", column: "subject"),
    SortOrder("student", "Student", column: "student"),
    SortOrder("with", "With whom", column: "with"),
    SortOrder("status", "Status", column: "status"),
    SortOrder("back", "Back from snooze first", column: "waiting"),
  ]

  /// The view's own order, until another one is chosen.
  package var order: SortOrder? {
    let own = activeView.flatMap { TicketView(rawValue: $0.id) }?.sort.rawValue
    let id = model.request.sort ?? own ?? TicketSort.pressure.rawValue
    return Self.sorts.first { $0.id == id }
  }

  package func columns(_ width: Int) -> [Column<TicketRow>] {
    let columns = width < 100 ? Self.narrowColumns : Self.columns
    let showsBack = activeView?.id == TicketView.snoozed.rawValue
    return columns.map { column in
      var column = column
      // Beside its detail the list gives the room to the subject.
      if column.id == "student", (100..<118).contains(width) { column.width = .fixed(16) }
      return column.id == "waiting" && showsBack ? Self.back : column
    }
  }

  /// Of what is put aside: when it comes back instead of how long it has waited.
  private static let back = Column<TicketRow>(
    "waiting", title: "Back", width: .fixed(8), align: .right
  ) { row, _ in [Span(SafeLine(row.snoozed?.words ?? ""))] }

  package static let columns: [Column<TicketRow>] = [
    Column("ticket", title: "Ticket", width: .fixed(7), content: number),
    Column("waiting", title: "Waiting", width: .fixed(7), align: .right, content: waiting),
    Column("ratio", title: "Pressure", width: .fixed(16)) { row, cell in
      PressureBar(pressure: row.pressure, style: row.severity.barStyle)
        .spans(width: 10, glyphs: cell.glyphs)
        + [Span(right(SafeLine(Wording.pressure(row.pressure)), 6), ratioStyle(row))]
    },
    Column("priority", title: "Priority", width: .fixed(8)) { row, _ in [row.priority.span] },
    Column("status", title: "Status", width: .fixed(8)) { row, _ in [row.status.span] },
    Column("subject", title: "Subject", width: .flex, isMain: true, content: subject),
    Column("student", title: "Student", width: .between(16, 23), content: student),
    Column("with", title: "With", width: .fixed(6)) { row, _ in [row.assignee.span] },
    Column("age", title: "Age", width: .fixed(5), align: .right, from: 160) { row, _ in
      [Span(SafeLine(Wording.age(row.age)), .faint)]
    },
  ]

  /// Below 100 columns: what decides, in as few columns as it takes.
  private static let narrowColumns: [Column<TicketRow>] = [
    Column("ticket", title: "Ticket", width: .fixed(7), content: number),
    Column("waiting", title: "Wait", width: .fixed(5), align: .right, content: waiting),
    Column("ratio", title: "Press", width: .fixed(7), align: .right) { row, _ in
      [Span(SafeLine(Wording.pressure(row.pressure)), ratioStyle(row))]
    },
    Column("priority", title: "Prio", width: .fixed(6), from: 80) { row, _ in
      [row.priority.span]
    },
    Column("subject", title: "Subject", width: .flex, isMain: true, content: subject),
    Column("student", title: "Student", width: .fixed(16), from: 60, content: student),
  ]

  @Sendable private static func number(_ row: TicketRow, _ cell: CellContext) -> [Span] {
    [Span(SafeLine(row.number.isEmpty ? "new" : row.number), .dim)]
  }

  @Sendable private static func waiting(_ row: TicketRow, _ cell: CellContext) -> [Span] {
    [Span(SafeLine(Wording.waiting(row.waiting)), row.severity.style)]
  }

  @Sendable private static func subject(_ row: TicketRow, _ cell: CellContext) -> [Span] {
    [Span(SafeLine(row.subject))]
  }

  @Sendable private static func student(_ row: TicketRow, _ cell: CellContext) -> [Span] {
    [Span(SafeLine(row.studentName))]
  }

  private static func ratioStyle(_ row: TicketRow) -> Style {
    row.severity == .plain ? .dim : row.severity.style
  }
}
