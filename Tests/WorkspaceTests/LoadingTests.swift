import CRM
import ParseCore
import Sandbox
import Synchronization
import Testing

@testable import Workspace

/// A cache is read class by class; a screen does not wait for classes it shows nothing of.
@Suite(.timeLimit(.minutes(4)))
struct LoadingTests {
  /// What is told until all rows are read, which the first state of the sync says.
  private func opening(_ seat: inout Seat) async throws -> [WorkspaceNotice] {
    await seat.workspace.watch(WatchID(1), .tickets(ListRequest(view: "all")))
    await seat.workspace.watch(WatchID(2), .activities(ListRequest()))
    await seat.workspace.start()
    var told: [WorkspaceNotice] = []
    _ = try await seat.until { notice -> Bool? in
      told.append(notice)
      if case .sync = notice { return true }
      return nil
    }
    return told
  }

  @Test func `tickets are answered before the other classes are read`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var first = try Seat(desk, profile)
    let tickets = try await first.openTickets(desk.server.count("SupportTicket"))
    try await first.sync { $0.connection == .live }
    await first.workspace.close()

    var seat = try Seat(desk, profile, offline: true)
    let early = try await opening(&seat).compactMap { notice -> TicketsAnswer? in
      guard case .answer(_, _, .tickets(let answer)) = notice else { return nil }
      return answer
    }
    let rows = try #require(early.last?.list)
    #expect(Set(rows.ids) == Set(tickets.map(\.id)))
    #expect(rows.isComplete)
    let last = try await seat.tickets { _ in true }
    #expect(Set(last.map(\.id)) == Set(rows.ids))
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `what needs every class waits for the last`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var first = try Seat(desk, profile)
    _ = try await first.openTickets(desk.server.count("SupportTicket"))
    try await first.sync { $0.connection == .live }
    await first.workspace.close()

    var seat = try Seat(desk, profile, offline: true)
    let early = try await opening(&seat)
    #expect(
      !early.contains { if case .answer(_, _, .activities) = $0 { true } else { false } })
    let all = try await seat.until { notice -> ActivitiesAnswer? in
      guard case .answer(_, _, .activities(let answer)) = notice else { return nil }
      return answer
    }
    #expect(all.list.all == desk.server.count("Activity") && all.list.isComplete)
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `an edit made while rows are read is shown when they are`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var first = try Seat(desk, profile)
    let rows = try await first.openTickets(desk.server.count("SupportTicket"))
    try await first.sync { $0.connection == .live }
    await first.workspace.close()
    let ticket = try #require(rows.first { $0.priority.word != .urgent })

    var seat = try Seat(desk, profile, offline: true)
    let workspace = seat.workspace
    await workspace.watch(WatchID(1), .tickets(ListRequest(view: "all")))
    let starting = Task { await workspace.start() }
    _ = try await seat.tickets { !$0.isEmpty }
    await workspace.perform(.setPriority(.urgent, tickets: [ticket.id]))
    _ = try await seat.tickets { rows in
      rows.first { $0.id == ticket.id }?.priority.word == .urgent
    }
    await starting.value
    #expect(await workspace.commits.count == SchoolClass.allCases.count)
    await workspace.close()
    await desk.server.stop()
  }
}

/// The clock of one workspace, in a test's hand.
private final class HandClock: Sendable {
  private let seconds = Mutex(0)
  /// 14:12 UTC: the day does not end.
  private let start = ParseDate(milliseconds: 1_795_183_920_000)

  var now: ParseDate { start.advanced(bySeconds: seconds.withLock { $0 }) }
  func advance(seconds more: Int) { seconds.withLock { $0 += more } }
}

extension LoadingTests {
  /// An empty school that no server knows of, and the watches it answers.
  private func opened(
    _ desk: Desk, _ clock: HandClock
  ) async throws -> (Workspace, AsyncStream<WatchID>) {
    let (stream, continuation) = AsyncStream.makeStream(of: WatchID.self)
    let profile = Profile(
      serverURL: "http://127.0.0.1:1/parse", applicationId: "campus", username: "mara",
      userId: "mara", installationId: "i", lastUsed: clock.now)
    var options = desk.options(offline: true)
    options.now = { clock.now }
    let workspace = try Workspace(profile: profile, options: options) { notice in
      if case .answer(let id, _, _) = notice { continuation.yield(id) }
    }
    await workspace.start()
    return (workspace, stream)
  }

  @Test func `the panes come at once and then as of the new minute`() async throws {
    let (desk, clock) = (try await Desk(), HandClock())
    let (workspace, stream) = try await opened(desk, clock)
    var answers = stream.makeAsyncIterator()
    await workspace.watch(WatchID(1), .quad())
    #expect(await answers.next() == WatchID(1))
    await workspace.unwatch(WatchID(1))
    clock.advance(seconds: 61)
    await workspace.watch(WatchID(2), .quad())
    #expect(await answers.next() == WatchID(2))
    #expect(await answers.next() == WatchID(2))
    // Nothing has passed since: one answer.
    await workspace.unwatch(WatchID(2))
    await workspace.watch(WatchID(3), .quad())
    await workspace.unwatch(WatchID(3))
    await workspace.watch(WatchID(4), .quad())
    #expect(await answers.next() == WatchID(3))
    #expect(await answers.next() == WatchID(4))
    await workspace.close()
    await desk.server.stop()
  }

  @Test func `at a new minute one record is not kept waiting by many`() async throws {
    let (desk, clock) = (try await Desk(), HandClock())
    let (workspace, stream) = try await opened(desk, clock)
    var answers = stream.makeAsyncIterator()
    let requests: [ViewRequest] = [
      .quad(), .tickets(ListRequest()), .pipeline(ListRequest()), .ticketCard("T"),
    ]
    for (number, request) in requests.enumerated() {
      await workspace.watch(WatchID(number), request)
      #expect(await answers.next() == WatchID(number))
    }
    clock.advance(seconds: 61)
    await workspace.passMinute()
    #expect(await answers.next() == WatchID(3))
    var others: Set<WatchID> = []
    for _ in 0..<3 { others.insert(try #require(await answers.next())) }
    #expect(others == [WatchID(0), WatchID(1), WatchID(2)])
    await workspace.close()
    await desk.server.stop()
  }
}
