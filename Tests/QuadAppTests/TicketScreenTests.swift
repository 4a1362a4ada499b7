import CRM
import QuadApp
import TerminalUI
import Testing

struct TicketScreenTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the ticket taken from the queue is as pictured`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, start: .tickets)
    try fixture.type("N")
    try expectPicture(fixture.screen, "triage-\(columns)x\(rows)")
  }

  @Test func `resolving in triage claims and opens the next one`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("N")
    let first = fixture.line(1)
    _ = fixture.taken()
    try fixture.type("w")
    let wanted = fixture.taken()
    guard wanted.count == 2, case .act(.setTicketStatus(.resolved, _)) = wanted[0],
      case .act(.claimTickets) = wanted[1]
    else {
      Issue.record("not resolved and claimed: \(wanted)")
      return
    }
    #expect(fixture.line(1).hasPrefix(" Tickets › T-"))
    #expect(fixture.line(1) != first)
  }

  @Test func `a ticket passed over does not come back at once`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("N")
    var seen = [fixture.line(1)]
    for _ in 0..<3 {
      try fixture.type("N")
      #expect(!seen.contains(fixture.line(1)))
      seen.append(fixture.line(1))
    }
  }

  @Test func `opened from the list, resolving goes back to the list`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("<Enter>w")
    #expect(fixture.line(1).hasPrefix(" Next up"))
  }

  @Test func `the learner's card opens on top and Backspace leads back`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("<Enter>o")
    #expect(fixture.line(1).contains("Backspace back to T-"))
    try fixture.type("<Backspace><Backspace>")
    #expect(fixture.line(1).hasPrefix(" Next up"))
  }
}
