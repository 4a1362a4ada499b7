import CRM
import QuadApp
import TerminalUI
import Testing

struct TicketsScreenTests {
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
    #expect(fixture.screen.contains("u undo"))
  }
}
