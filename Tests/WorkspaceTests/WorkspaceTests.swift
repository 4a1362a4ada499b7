import CRM
import ParseCore
import Sandbox
import Testing

@testable import Workspace

/// One account against a server of this process.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct WorkspaceTests {
  private func first(_ rows: [TicketRow], _ status: TicketStatus) throws -> RecordID {
    try #require(rows.first { $0.status.word == status }).id
  }

  private func status(_ id: RecordID, _ rows: [TicketRow]) -> TicketStatus? {
    rows.first { $0.id == id }?.status.word
  }

  @Test func `the first start brings all rows and says that they are complete`() async throws {
    let desk = try await Desk()
    var seat = try Seat(desk, await desk.logIn())
    await seat.workspace.watch(WatchID(7), .quad())
    await seat.workspace.start()
    let answer = try await seat.until { notice -> QuadAnswer? in
      guard case .answer(WatchID(7), _, .quad(let answer)) = notice,
        answer.tickets.list.isComplete, answer.pipeline.list.isComplete,
        answer.completion.list.isComplete, answer.quizzes.list.isComplete
      else { return nil }
      return answer
    }
    #expect(answer.tickets.list.all == desk.server.count("SupportTicket"))
    #expect(answer.pipeline.list.all == desk.server.count("Deal"))
    #expect(answer.completion.list.all == desk.server.count("Student"))
    try await seat.sync { $0.connection == .live }
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `an edit shows at once, reaches the server, and can be taken back`() async throws {
    let desk = try await Desk()
    var seat = try Seat(desk, await desk.logIn())
    let rows = try await seat.openTickets(desk.server.count("SupportTicket"))
    let id = try first(rows, .open)

    await seat.workspace.perform(.setTicketStatus(.pending, tickets: [id]))
    #expect(try await seat.done().contains("pending"))
    let shown = try await seat.tickets { status(id, $0) == .pending }
    #expect(shown.count == rows.count)
    _ = try await seat.tickets { $0.contains { $0.id == id && !$0.isUnsent } }
    #expect(desk.server.row("SupportTicket", id)?["status"] == "pending")

    await seat.workspace.undo()
    #expect(try await seat.done().hasPrefix("Taken back"))
    _ = try await seat.tickets { status(id, $0) == .open }
    _ = try await seat.tickets { $0.contains { $0.id == id && !$0.isUnsent } }
    #expect(desk.server.row("SupportTicket", id)?["status"] == "open")

    await seat.workspace.redo()
    _ = try await seat.tickets { status(id, $0) == .pending }
    _ = try await seat.tickets { $0.contains { $0.id == id && !$0.isUnsent } }
    #expect(desk.server.row("SupportTicket", id)?["status"] == "pending")

    await seat.workspace.redo()
    #expect(try await seat.refused() == "There is nothing to redo.")
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `a change is answered only where it can show`() async throws {
    let desk = try await Desk()
    var seat = try Seat(desk, await desk.logIn())
    let rows = try await seat.openTickets(desk.server.count("SupportTicket"))
    // From here on all rows are here and nothing else changes.
    try await seat.sync { $0.connection == .live }
    await seat.workspace.watch(WatchID(8), .companies(ListRequest()))
    let id = try first(rows, .open)
    await seat.workspace.perform(.setTicketStatus(.pending, tickets: [id]))
    var companies = 0
    _ = try await seat.until { notice -> [TicketRow]? in
      switch notice {
      case .answer(WatchID(8), _, _): companies += 1
      case .answer(_, _, .tickets(let answer)) where status(id, answer.list.rows) == .pending:
        return answer.list.rows
      default: break
      }
      return nil
    }
    // The one that `watch` asked for.
    #expect(companies == 1)
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `what somebody else changes is seen and keeps its undo from running`() async throws {
    let desk = try await Desk()
    var seat = try Seat(desk, await desk.logIn())
    let rows = try await seat.openTickets(desk.server.count("SupportTicket"))
    try await seat.sync { $0.connection == .live }
    let id = try first(rows, .open)
    await seat.workspace.perform(.setTicketStatus(.pending, tickets: [id]))
    // An answer from before the edit has the row sent, too.
    _ = try await seat.tickets { rows in
      rows.contains { $0.id == id && $0.status.word == .pending && !$0.isUnsent }
    }
    try desk.server.save("SupportTicket", id, ["status": "resolved"])
    _ = try await seat.tickets { status(id, $0) == .resolved }
    await seat.workspace.undo()
    #expect(try await seat.refused().hasPrefix("Not taken back"))
    #expect(desk.server.row("SupportTicket", id)?["status"] == "resolved")
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `a new row changes its local id for the server's and stays one row`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var seat = try Seat(desk, profile)
    await seat.workspace.watch(WatchID(2), .companies(ListRequest()))
    await seat.workspace.start()
    try await seat.sync { $0.connection == .live }
    // The server answers again once the row was seen under its local id.
    desk.server.setOffline(true)
    let author: JSON = [
      "__type": "Pointer", "className": "_User", "objectId": .string(profile.userId),
    ]
    await seat.workspace.perform(
      Edit(
        words: "New",
        writes: [.create(.company, fields: ["name": "Nordlicht", "createdBy": author])]))
    var ids: [RecordID] = []
    let final = try await seat.until { notice -> CompanyRow? in
      guard case .answer(_, _, .companies(let answer)) = notice else { return nil }
      let ours = answer.list.rows.filter { $0.name == "Nordlicht" }
      #expect(ours.count <= 1)
      if let id = ours.first?.id, ids.last != id {
        ids.append(id)
        desk.server.setOffline(false)
      }
      return ours.first { !$0.isUnsent }
    }
    #expect(ids.count == 2)
    #expect(ids.first?.hasPrefix("local-") == true)
    #expect(desk.server.row("Company", final.id)?["name"] == "Nordlicht")
    #expect(desk.server.rows("Company").count { $0["name"] == "Nordlicht" } == 1)
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `offline the pinned rows answer, and edits wait for the next start`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var online = try Seat(desk, profile)
    let rows = try await online.openTickets(desk.server.count("SupportTicket"))
    try await online.sync { $0.connection == .live }
    await online.workspace.close()
    let id = try first(rows, .open)

    var offline = try Seat(desk, profile, offline: true)
    _ = try await offline.openTickets(rows.count)
    await offline.workspace.perform(.setTicketStatus(.pending, tickets: [id]))
    // The row and the state of the sync come in any order.
    var isMarked = false
    var isCounted = false
    _ = try await offline.until { notice -> Bool? in
      switch notice {
      case .answer(_, _, .tickets(let answer)):
        isMarked = answer.list.rows.contains { $0.id == id && $0.isUnsent }
      case .sync(let state):
        if case .offline = state.connection { isCounted = state.queued == 1 && state.asOf != nil }
      default: break
      }
      return isMarked && isCounted ? true : nil
    }
    #expect(desk.server.row("SupportTicket", id)?["status"] == "open")
    await offline.workspace.close()

    var again = try Seat(desk, profile)
    _ = try await again.openTickets(rows.count)
    _ = try await again.tickets { $0.contains { $0.id == id && !$0.isUnsent } }
    #expect(desk.server.row("SupportTicket", id)?["status"] == "pending")
    await again.workspace.close()
    await desk.server.stop()
  }

  @Test func `two terminals on one cache file see each other's edits`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var one = try Seat(desk, profile)
    let rows = try await one.openTickets(desk.server.count("SupportTicket"))
    var two = try Seat(desk, profile)
    _ = try await two.openTickets(rows.count)
    let id = try first(rows, .open)
    // The second does not sync, so its edit leaves through the first.
    await two.workspace.perform(.setTicketStatus(.pending, tickets: [id]))
    _ = try await one.tickets { status(id, $0) == .pending }
    _ = try await two.tickets { rows in
      rows.contains { $0.id == id && $0.status.word == .pending && !$0.isUnsent }
    }
    #expect(desk.server.row("SupportTicket", id)?["status"] == "pending")
    await two.workspace.close()
    await one.workspace.close()
    await desk.server.stop()
  }

  @Test func `closing at any moment of the first fill harms nothing`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    for number in 0..<8 {
      var seat = try Seat(desk, profile, folder: "close-\(number)")
      await seat.workspace.watch(WatchID(1), .quad())
      await seat.workspace.start()
      var answers = 0
      _ = try await seat.until { notice -> Bool? in
        if case .answer = notice { answers += 1 }
        return answers > number ? true : nil
      }
      await seat.workspace.close()
    }
    await desk.server.stop()
  }

  @Test func `without a home there is no cache`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var options = desk.options()
    options.environment = [:]
    #expect {
      _ = try Workspace(profile: profile, options: options) { _ in }
    } throws: { error in
      (error as? WorkspaceError)?.words.contains("XDG_CACHE_HOME") == true
    }
    await desk.server.stop()
  }
}
