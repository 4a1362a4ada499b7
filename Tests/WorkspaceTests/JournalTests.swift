import CRM
import JSONCache
import ParseCore
import Sandbox
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(4)))
struct JournalTests {
  private func old(_ desk: Desk, days: Int) -> ParseDate {
    Desk.now().advanced(bySeconds: -days * 86_400)
  }

  @Test func `lines older than the limit go when the account is opened, newer ones stay`()
    async throws
  {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    let environment = desk.options().environment
    var seat = try Seat(desk, profile)
    _ = try await seat.openTickets(desk.server.count("SupportTicket"))
    await seat.workspace.close()

    let cache = try #require(try AccountCache(profile, environment: environment))
    for (index, days) in [401, 399].enumerated() {
      _ = try cache.store.perform(
        [JSONCache.Edit("Company", id: nil, .create(["name": .set(.string("c\(index)"))]))],
        group: "g\(index)", now: old(desk, days: days))
    }
    let viewpoint = Viewpoint(
      user: profile.userId, role: .admin, now: Desk.now(), zoneOffset: 0)
    let all = try cache.history(since: old(desk, days: 500), isMineOnly: true, viewpoint)
    #expect(all.map(\.record) == ["c1", "c0"] && all.map(\.words) == ["made", "made"])
    try cache.close()

    let again = try Seat(desk, profile, offline: true)
    await again.workspace.start()
    await again.workspace.close()
    let kept = try #require(try AccountCache(profile, environment: environment))
    let left = try kept.history(since: old(desk, days: 500), isMineOnly: true, viewpoint)
    #expect(left.map(\.record) == ["c1"])
    #expect(try kept.outbox(viewpoint).count == 2)
    try kept.close()
    await desk.server.stop()
  }

  @Test func `what the journal forgot is not said to be taken back`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var seat = try Seat(desk, profile)
    let rows = try await seat.openTickets(desk.server.count("SupportTicket"))
    let id = try #require(rows.first { $0.status.word == .open }?.id)
    await seat.workspace.perform(.setTicketStatus(.pending, tickets: [id]))
    try await seat.workspace.store.pruneJournal(before: Desk.now().advanced(bySeconds: 60))
    await seat.workspace.undo()
    let words = try await seat.refused()
    #expect(words.hasPrefix("Not taken back: ") && words.hasSuffix("it is too long ago"))
    await seat.workspace.close()
    await desk.server.stop()
  }

  /// An enrollment has no name of its own.
  @Test func `commands call a row by what it points at`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var seat = try Seat(desk, profile)
    _ = try await seat.openTickets(desk.server.count("SupportTicket"))
    try await seat.sync { $0.connection == .live }
    let viewpoint = seat.workspace.viewpoint
    await seat.workspace.close()

    let cache = try #require(try AccountCache(profile, environment: desk.options().environment))
    let enrollment = try #require(
      try cache.store.documents(className: "Enrollment").lazy.compactMap { try? $0.object() }
        .first { $0["student"] != nil && $0["course"] != nil })
    let student = try #require(Pointer(enrollment["student"]))
    let name = try #require(
      try cache.store.document(className: "Student", id: student.objectId)?.object()["fullName"]?
        .string)
    _ = try cache.store.perform(
      [
        JSONCache.Edit(
          "Enrollment", id: enrollment.objectId, .update(["progressPercent": .set(41)]))
      ], group: "g", now: Desk.now())
    let waiting = try cache.outbox(viewpoint).map(\.record)
    let history = try cache.history(since: old(desk, days: 1), isMineOnly: true, viewpoint)
    #expect(waiting.count == 1 && waiting.allSatisfy { $0.contains(name) })
    #expect(history.map(\.record) == waiting)
    try cache.close()
  }
}
