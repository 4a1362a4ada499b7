import CRM
import ParseCore
import Sandbox
import Testing

@testable import Workspace

/// An edit made offline, and what somebody else did to the row meanwhile.
@Suite(.timeLimit(.minutes(4)))
struct RivalTests {
  /// A school on loopback, a ticket that is open, and my edit of it, not sent.
  private struct Scene {
    let desk: Desk
    let profile: Profile
    let id: RecordID

    init(
      as username: String = "admin", runsHooks: Bool = true,
      _ edit: (RecordID) -> Intent = { .setTicketStatus(.pending, tickets: [$0]) }
    ) async throws {
      desk = try await Desk(runsHooks: runsHooks)
      profile = try await desk.logIn(username)
      var online = try Seat(desk, profile)
      let rows = try await online.openTickets(desk.server.count("SupportTicket"))
      try await online.sync { $0.connection == .live }
      await online.workspace.close()
      let id = try #require(rows.first { $0.status.word == .open && $0.assignee == .queue }?.id)
      self.id = id
      var offline = try Seat(desk, profile, offline: true)
      _ = try await offline.openTickets(rows.count)
      await offline.workspace.perform(edit(id))
      _ = try await offline.tickets { $0.contains { $0.id == id && $0.isUnsent } }
      await offline.workspace.close()
    }

    var row: ParseObject? { desk.server.row("SupportTicket", id) }

    /// The workspace back online.
    func back() async throws -> Seat {
      let seat = try Seat(desk, profile)
      await seat.workspace.watch(WatchID(1), .tickets(ListRequest(view: "all")))
      await seat.workspace.start()
      return seat
    }
  }

  private func outbox(
    _ seat: inout Seat, _ fits: (OutboxRow) -> Bool
  ) async throws -> OutboxRow {
    try await seat.until { notice in
      guard case .outbox(let rows) = notice else { return nil }
      return rows.first(where: fits)
    }
  }

  private func empty(_ seat: inout Seat) async throws {
    _ = try await seat.until { notice -> Bool? in
      guard case .outbox(let rows) = notice else { return nil }
      return rows.isEmpty ? true : nil
    }
  }

  @Test func `a rival in another field is settled without a word`() async throws {
    let scene = try await Scene()
    try scene.desk.server.save("SupportTicket", scene.id, ["priority": "urgent"])
    var seat = try await scene.back()
    try await empty(&seat)
    #expect(scene.row?["status"] == "pending" && scene.row?["priority"] == "urgent")
    await seat.workspace.close()
    await scene.desk.server.stop()
  }

  @Test(arguments: [Conflict.Choice.mine, .theirs, .typed("closed")])
  func `a rival in the same field asks, and the choice is written`(
    choice: Conflict.Choice
  ) async throws {
    let scene = try await Scene()
    try scene.desk.server.save(
      "SupportTicket", scene.id, ["status": "resolved", "priority": "urgent"])
    var seat = try await scene.back()
    let row = try await outbox(&seat) { $0.conflict != nil }
    let conflict = try #require(row.conflict)
    let field = try #require(conflict.fields.first { $0.name == "status" })
    #expect(field.verdict == .both && field.settled == nil)
    #expect(field.base == "open" && field.mine == "pending" && field.theirs == "resolved")
    #expect(conflict.title == "You and someone else changed this ticket")
    let other = try #require(conflict.fields.first { $0.name == "priority" })
    #expect(other.verdict == .onlyTheirs && other.theirs == "urgent")
    #expect(scene.row?["status"] == "resolved")

    await seat.workspace.resolve(
      outboxID: row.id,
      Resolution(
        choices: ["status": choice], seen: ["status": field.seen], seenAt: conflict.theirsAt))
    try await empty(&seat)
    let wanted: JSON =
      switch choice {
      case .mine: "pending"
      case .typed(let value): value
      case .theirs, .merged: "resolved"
      }
    #expect(scene.row?["status"] == wanted && scene.row?["priority"] == "urgent")
    await seat.workspace.close()
    await scene.desk.server.stop()
  }

  @Test func `a choice made upon values that changed again asks again`() async throws {
    let scene = try await Scene()
    try scene.desk.server.save("SupportTicket", scene.id, ["status": "resolved"])
    var seat = try await scene.back()
    let row = try await outbox(&seat) { $0.conflict != nil }
    try scene.desk.server.save("SupportTicket", scene.id, ["status": "closed"])
    await seat.workspace.resolve(
      outboxID: row.id,
      Resolution(choices: ["status": .mine], seen: ["status": "resolved"], seenAt: nil))
    let again = try await outbox(&seat) {
      $0.conflict?.fields.first { $0.name == "status" }?.theirs == "closed"
    }
    #expect(again.id == row.id && scene.row?["status"] == "closed")
    await seat.workspace.close()
    await scene.desk.server.stop()
  }

  @Test(arguments: [true, false])
  func `a row that a rival deleted is made anew or let go`(isAnew: Bool) async throws {
    let scene = try await Scene()
    let subject = try #require(scene.row?["subject"])
    try scene.desk.server.delete("SupportTicket", scene.id)
    let count = scene.desk.server.count("SupportTicket")
    var seat = try await scene.back()
    let row = try await outbox(&seat) { $0.reason == .gone }
    guard case .refused = row.state else {
      Issue.record("\(row.state)")
      return
    }
    if isAnew {
      await seat.workspace.remake(outboxID: row.id)
    } else {
      await seat.workspace.discard(outboxID: row.id)
    }
    try await empty(&seat)
    #expect(scene.desk.server.count("SupportTicket") == count + (isAnew ? 1 : 0))
    let made = scene.desk.server.rows("SupportTicket").first { $0["subject"] == subject }
    #expect(isAnew ? made?["status"] == "pending" : made == nil)
    await seat.workspace.close()
    await scene.desk.server.stop()
  }

  @Test func `without the right any more the edit is kept, and goes once it is back`() async throws
  {
    let scene = try await Scene(as: "mara", runsHooks: false)
    try scene.desk.server.save("SupportTicket", scene.id, ["ACL": ["*": ["read": true]]])
    var seat = try await scene.back()
    let row = try await outbox(&seat) { $0.reason == .noRight }
    #expect(scene.row?["status"] == "open")
    let all: JSON = ["*": ["read": true, "write": true]]
    try scene.desk.server.save("SupportTicket", scene.id, ["ACL": all])
    await seat.workspace.retry(outboxID: row.id)
    try await empty(&seat)
    #expect(scene.row?["status"] == "pending")
    await seat.workspace.close()
    await scene.desk.server.stop()
  }

  @Test func `a claim that came second says who was faster and keeps mine`() async throws {
    let scene = try await Scene(as: "mara") { .claimTickets([$0]) }
    let rival = try #require(
      scene.desk.server.rows("_User").first { $0["username"] == "admin" })
    let pointer = Pointer(className: "_User", objectId: try #require(rival.objectId))
    try scene.desk.server.save("SupportTicket", scene.id, ["assignedTo": pointer.json])
    let number = try #require(scene.row?["ticketNumber"]?.string)
    var seat = try await scene.back()
    let words = try await seat.refused()
    #expect(words == "\(number) was taken by admin a moment ago; yours is kept")
    #expect(Pointer(scene.row?["assignedTo"]) == pointer)
    await seat.workspace.close()
    await scene.desk.server.stop()
  }

  @Test func `a batch of which some are refused tells how many and why, once`() async throws {
    let desk = try await Desk(runsHooks: false)
    var seat = try Seat(desk, await desk.logIn("mara"))
    let rows = try await seat.openTickets(desk.server.count("SupportTicket"))
    try await seat.sync { $0.connection == .live }
    let chosen = Array(rows.filter { $0.status.word == .open }.prefix(4))
    try #require(chosen.count == 4)
    for row in chosen.prefix(2) {
      try desk.server.save("SupportTicket", row.id, ["ACL": ["*": ["read": true]]])
    }
    await seat.workspace.perform(.setTicketStatus(.pending, tickets: chosen.map(\.id)))
    let result = try await seat.until { notice -> BatchResult? in
      guard case .failed(let result) = notice else { return nil }
      return result
    }
    let names = chosen.prefix(2).map(\.number).joined(separator: ", ")
    #expect(result.words == "2 done, 2 failed: no right to change \(names)")
    #expect(Set(chosen.prefix(2).map(\.id)).isSubset(of: result.rows))
    #expect(!result.rows.contains(chosen[2].id))

    // One is given up, which is not the same as done; the other is refused again.
    let first = try #require(result.failed.first)
    await seat.workspace.discard(outboxID: first.id)
    await seat.workspace.retryAll()
    let again = try await seat.until { notice -> BatchResult? in
      guard case .failed(let result) = notice else { return nil }
      return result
    }
    #expect(again.done == 2 && again.failed.count == 1)
    await seat.workspace.close()
    await desk.server.stop()
  }
}
