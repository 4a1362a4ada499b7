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

  @Test(arguments: ["aaiko<Enter>", "mpending<Enter>", "W"])
  func `in triage whatever takes a ticket off my hands brings the next one`(keys: String) throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("N")
    let first = fixture.line(1)
    _ = fixture.taken()
    try fixture.type(keys)
    let wanted = fixture.taken()
    guard wanted.count == 2, case .act(.claimTickets(let claimed)) = wanted[1] else {
      Issue.record("no ticket was claimed: \(wanted)")
      return
    }
    #expect(claimed.count == 1)
    #expect(fixture.line(1) != first && fixture.line(1).hasPrefix(" Tickets › T-"))
  }

  @Test(arguments: ["amara<Enter>", "mopen<Enter>", "+"])
  func `in triage what keeps the ticket mine leaves it open`(keys: String) throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("N")
    let first = fixture.line(1)
    try fixture.type(keys)
    #expect(fixture.line(1) == first)
  }

  @Test func `in triage a ticket that was mine already knows what comes after it, too`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("N")
    var unclaimed = 0
    for _ in 0..<8 {
      _ = fixture.taken()
      try fixture.type("N")
      if fixture.taken().isEmpty { unclaimed += 1 }
      #expect(fixture.screen.contains("After this"))
    }
    #expect(unclaimed > 0)
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
