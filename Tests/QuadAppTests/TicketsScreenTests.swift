import CRM
import QuadApp
import TerminalUI
import Testing

struct TicketsScreenTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the list and its detail are as pictured`(columns: Int, rows: Int) throws {
    let fixture = AppFixture(columns, rows, start: .tickets)
    try expectPicture(fixture.screen, "tickets-\(columns)x\(rows)")
  }

  @Test func `plain ASCII says the same`() throws {
    let fixture = AppFixture(80, 24, start: .tickets, ascii: true)
    try expectPicture(fixture.screen, "tickets-80x24-ascii")
    // People's own letters stay; every sign of ours is ASCII.
    #expect(!fixture.screen.contains { "►▌▎━─┼…▾−".contains($0) })
  }

  @Test func `claiming the ticket under the cursor asks for it and says so`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("jc")
    let wanted = fixture.taken()
    #expect(wanted.count == 1)
    guard case .act(.claimTickets(let ids)) = wanted.first else {
      Issue.record("no claim in \(wanted)")
      return
    }
    #expect(ids.count == 1)
    #expect(fixture.screen.contains("claimed, was with the queue   u undo"))
    #expect(fixture.row(of: "~▌") != nil || fixture.row(of: "~▎") != nil)
  }

  @Test func `late is red, soon is amber, new is violet, priority is weight`() {
    let fixture = AppFixture(start: .tickets)
    #expect(fixture.style(of: "5.2x")?.role == .bad)
    #expect(fixture.style(of: "0.9x")?.role == .warn)
    #expect(fixture.style(of: "0.4x")?.role == .dim)
    #expect(fixture.style(of: "new")?.role == .info)
    #expect(fixture.style(of: "urgent")?.role == .strong)
    #expect(fixture.style(of: "Next up") == Style(.strong, underline: true))
  }

  @Test func `many are shown before they are changed, and unmarked after`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("<Space><Space><Space>")
    #expect(fixture.screen.contains("3 marked"))
    try fixture.type("phigh<Enter>")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.screen.contains("Priority high for 3 tickets?"))
    try fixture.type("<Enter>")
    #expect(fixture.taken().isEmpty)
    try fixture.type("y")
    guard case .act(.setPriority(.high, let ids))? = fixture.taken().first else {
      Issue.record("nothing was set")
      return
    }
    #expect(ids.count == 3)
    #expect(!fixture.screen.contains("marked"))
  }

  @Test func `a cursor stays on its ticket when others arrive above`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("jjj")
    let number = fixture.line(7).split(separator: " ")[1]
    #expect(fixture.line(7).hasPrefix("►"))
    fixture.change { school in
      guard let first = school.tickets.all.first(where: { $0.ticketNumber != number }) else {
        return
      }
      school.remove(.ticket, id: first.id)
    }
    let row = fixture.row(of: String(number)) ?? -1
    #expect(fixture.line(row).hasPrefix("►"))
  }

  @Test func `the filter counts as it is typed and Escape takes it off`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("/urgent")
    #expect(fixture.line(1).hasPrefix(" / urgent"))
    #expect(fixture.line(39).contains("Enter keep the filter"))
    let shown = fixture.line(1).split(separator: " ").dropLast(2).last
    #expect(shown != "420")
    try fixture.type("<Esc>")
    #expect(fixture.line(1).hasPrefix(" Next up"))
  }

  @Test func `nothing that matches says how to go on`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("/zzzz")
    #expect(fixture.screen.contains("Nothing matches."))
    #expect(fixture.screen.contains("420 tickets are here; the filter hides them."))
    #expect(fixture.line(1).hasPrefix(" / zzzz   in Next up"))
    // While letters are typed, F is one of them.
    #expect(fixture.screen.contains("Esc clear the filter"))
    try fixture.type("<Enter>")
    #expect(fixture.screen.contains("F clear the filter"))
  }

  @Test func `why explains the place with its numbers`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("=")
    #expect(fixture.screen.contains("why this place"))
    #expect(fixture.screen.contains("pressure"))
    try fixture.type("<Esc>")
    #expect(!fixture.screen.contains("why this place"))
  }

  @Test func `sales reads why there are no tickets`() {
    let fixture = AppFixture(as: "kai", start: .tickets)
    #expect(fixture.screen.contains("Tickets are not open to sales."))
    #expect(fixture.line(1).isEmpty, "counts of what is not open are no counts")
    #expect(fixture.line(39) == " ? help")
  }

  @Test func `deleting is refused in words to a coordinator and asks an admin for the number`()
    throws
  {
    var mara = AppFixture(start: .tickets)
    try mara.type("D")
    #expect(mara.screen.contains("Only an admin can delete a ticket."))
    var admin = AppFixture(as: "admin", start: .tickets)
    try admin.type("D")
    #expect(admin.screen.contains("Delete T-"))
    try admin.type("<Enter>y<Enter>")
    #expect(admin.taken().isEmpty)
  }

  @Test func `assigning lists me first and the queue last, with who teaches`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("a")
    try expectPicture(fixture.screen, "assign-120x40")
    try fixture.type("jon<Enter>")
    guard case .act(.assignTickets(let ids, _))? = fixture.taken().first else {
      Issue.record("nobody was assigned")
      return
    }
    #expect(ids.count == 1)
    #expect(fixture.screen.contains("handed to jonas"))
  }

  @Test func `every order of the menu is one the answers know`() {
    for order in TicketsScreen.sorts { #expect(TicketSort(rawValue: order.id) != nil) }
    for order in ActivitiesScreen.sorts { #expect(ActivitySort(rawValue: order.id) != nil) }
    for order in CoursesScreen.sorts { #expect(CourseSort(rawValue: order.id) != nil) }
    for order in HealthScreen.sorts { #expect(HealthSort(rawValue: order.id) != nil) }
  }

  @Test func `P pins the ticket under the cursor`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("P")
    guard case .pin(.ticket, let id)? = fixture.taken().last else {
      Issue.record("nothing was pinned")
      return
    }
    #expect(fixture.school.tickets[id] != nil)
  }
}
