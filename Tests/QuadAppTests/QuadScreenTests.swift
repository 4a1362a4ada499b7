import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct QuadScreenTests {
  @Test(arguments: [(80, 24), (120, 40), (160, 48), (200, 50)])
  func `four panes at once`(columns: Int, rows: Int) throws {
    let fixture = AppFixture(columns, rows, as: "admin")
    try expectPicture(fixture.screen, "quad-\(columns)x\(rows)")
  }

  @Test(arguments: [("mara", "3 Tickets"), ("kai", "4 Pipeline"), ("lind", "2 Quizzes")])
  func `the pane of one's work has the focus`(username: String, title: String) throws {
    let fixture = AppFixture(as: username)
    #expect(try fixture.focusTitle() == title)
    let again = AppFixture(80, 24, as: username)
    #expect(try again.focusTitle() == title)
  }

  @Test func `Tab goes round by the digits, S-Tab back`() throws {
    var fixture = AppFixture(as: "admin")
    var titles: [String] = []
    for key in ["", "<Tab>", "<Tab>", "<Tab>", "<Tab>", "<S-Tab>"] {
      try fixture.type(key)
      titles.append(try fixture.focusTitle())
    }
    #expect(
      titles == [
        "3 Tickets", "4 Pipeline", "1 Completion", "2 Quizzes", "3 Tickets", "2 Quizzes",
      ])
  }

  @Test func `only the pane in focus has a cursor`() throws {
    var fixture = AppFixture(160, 48, as: "admin")
    for _ in 0..<4 {
      #expect(fixture.screen.count { $0 == "►" } == 1)
      try fixture.type("<Tab>j")
    }
  }

  @Test func `a pane that is not open to the role leaves its place`() throws {
    var fixture = AppFixture(as: "kai")
    #expect(!fixture.line(2).contains("Completion"))
    #expect(fixture.line(2).contains("4 Pipeline"))
    #expect(fixture.screen.contains("Not open to sales: Completion, Quizzes, Tickets"))
    try fixture.type("<Tab>")
    #expect(try fixture.focusTitle() == "4 Pipeline")
  }

  @Test func `Enter opens the row, a digit the whole pane`() throws {
    var fixture = AppFixture(as: "mara")
    try fixture.type("<Enter>")
    #expect(fixture.line(1).contains("Quad › T-"))
    try fixture.type("<Esc>1")
    #expect(fixture.line(0).contains("1 Completion"))
    #expect(fixture.app.current == .completion)
  }

  @Test func `N claims the most pressing ticket of the queue and opens it`() throws {
    var fixture = AppFixture(as: "mara")
    try fixture.type("N")
    guard case .act(.claimTickets(let ids)) = fixture.taken().first else {
      Issue.record("nothing was claimed")
      return
    }
    #expect(ids.count == 1)
    #expect(fixture.line(1).contains("Quad › T-"))
  }

  @Test func `the footer names the digits, and keys a role lacks are not in it`() {
    let coordinator = AppFixture(as: "mara")
    #expect(coordinator.line(39).contains("1-4 zoom   Tab next pane   Enter open"))
    #expect(coordinator.line(39).contains("N take next ticket"))
    #expect(!AppFixture(as: "kai").line(39).contains("N take"))
  }

  @Test func `a number that does not fit is left out whole`() throws {
    for columns in [120, 130, 160, 200] {
      let fixture = AppFixture(columns, 48, as: "admin")
      let row = try #require(fixture.row(of: "at target"))
      #expect(!fixture.line(row).contains("…"))
    }
  }

  @Test func `a deal without an amount in Needs care is empty, not zero`() throws {
    let fixture = AppFixture(200, 50, as: "kai")
    let row = try #require(fixture.row(of: "∅"))
    #expect(fixture.style(of: "∅") == .warn)
    #expect(!fixture.line(row).contains(" 0 "))
  }
}

extension AppFixture {
  /// The title in reverse: that of the pane in focus.
  fileprivate func focusTitle() throws -> String {
    let canvas = app.draw()
    for row in 1..<canvas.fullSize.rows {
      let cells = (0..<canvas.fullSize.columns).map { canvas[row: row, column: $0] }
      let text = cells.filter { $0.style.role == .header }.map(\.glyph).joined()
      if !text.isEmpty { return text.split(separator: " ").joined(separator: " ") }
    }
    return ""
  }

  @Test func `the key that asks why elsewhere changes nothing here`() throws {
    var fixture = AppFixture(as: "admin")
    try fixture.type("=")
    #expect(fixture.taken().isEmpty)
    try fixture.type("+")
    #expect(fixture.taken().count == 1)
  }

  @Test func `rows stay where they are until R puts all panes in order`() throws {
    var fixture = AppFixture(as: "admin")
    func top(_ fixture: AppFixture) -> String {
      fixture.line((fixture.row(of: "Next up ") ?? 0) + 1)
    }
    let first = top(fixture)
    let row = (fixture.row(of: "Next up ") ?? 0) + 6
    let last = try #require(
      fixture.school.tickets.all.first { fixture.line(row).contains(" \($0.ticketNumber) ") })
    fixture.change { school in
      school.upsert(
        School.Row(
          id: last.id,
          object: ParseObject(
            className: "SupportTicket", objectId: last.id,
            createdAt: fixtureNow.advanced(bySeconds: -90 * 86_400),
            fields: [
              "ticketNumber": "T-0001", "status": "open", "priority": "urgent",
              "subject": "First by far",
              "assignedTo": Pointer(className: "_User", objectId: last.assignedTo ?? "").json,
            ]), isUnsent: false))
    }
    #expect(top(fixture) == first)
    try fixture.type("R")
    #expect(top(fixture).contains("First by far"))
    #expect(fixture.taken() == [.refresh])
  }
}
