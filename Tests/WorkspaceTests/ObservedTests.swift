import CRM
import ParseCore
import Sandbox
import Testing

@testable import Workspace

/// What the journal keeps becomes numbers, over sessions and within one.
@Suite(.timeLimit(.minutes(4)))
struct ObservedTests {
  private func deals(_ seat: Seat) async -> [DealRow] {
    guard case .pipeline(let answer) = await seat.workspace.answer(.pipeline(ListRequest())) else {
      return []
    }
    return answer.list.rows
  }

  private func observed(_ seat: Seat) async -> ObservedAnswer? {
    guard case .observed(let answer) = await seat.workspace.answer(.observed) else { return nil }
    return answer
  }

  @Test func `a stage moved here counts once, at once and in the next session`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var seat = try Seat(desk, profile)
    _ = try await seat.openTickets(desk.server.count("SupportTicket"))
    try await seat.sync { $0.connection == .live }
    let deal = try #require(await deals(seat).first { $0.stage.word == .lead })
    #expect(await observed(seat)?.news == nil)

    await seat.workspace.perform(.stepDeals(forward: true, deals: [deal.id]))
    _ = try await seat.done()
    let until = ContinuousClock.now + .seconds(60)
    while desk.server.row("Deal", deal.id)?["stage"] != "qualified", .now < until {
      await Task.yield()
    }
    let now = try #require(await observed(seat)).history
    #expect(now.stages.exits(from: .lead) == 1)
    #expect(now.entry(of: deal.id, into: .known(.qualified)) != nil)
    await seat.workspace.close()

    let next = try Seat(desk, profile, offline: true)
    await next.workspace.start()
    let then = try #require(await observed(next))
    #expect(then.history.stages.exits(from: .lead) == 1)
    #expect(then.history.stages.conversion(from: .lead, to: .qualified) == 1)
    let news = try #require(then.news)
    #expect(news.won == 0 && news.newTickets == 0)
    await next.workspace.close()
    await desk.server.stop()
  }
}
