import CRM
import ParseCore
import Sandbox
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(4)))
struct UndoHistoryTests {
  private func entry(_ number: Int) -> UndoEntry {
    UndoEntry(words: "w\(number)", group: "g\(number)")
  }

  @Test func `it comes back from its text, newest last, and a new edit ends redo`() {
    var history = UndoHistory()
    for number in 0..<(UndoHistory.most + 5) { history.add(entry(number)) }
    #expect(history.undo.count == UndoHistory.most && history.undo.first == entry(5))
    let last = history.takeUndo()
    history.addRedo(entry(-1))
    #expect(last == entry(UndoHistory.most + 4))
    #expect(UndoHistory(history.json) == history && UndoHistory(nil) == UndoHistory())
    #expect(history.takeRedo() == entry(-1))
    history.addRedo(entry(-2))
    history.add(entry(7))
    #expect(history.takeRedo() == nil && history.takeUndo() == entry(7))
  }

  @Test func `an edit can be taken back after a restart, from another terminal`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var one = try Seat(desk, profile)
    let rows = try await one.openTickets(desk.server.count("SupportTicket"))
    try await one.sync { $0.connection == .live }
    await one.workspace.close()
    let id = try #require(rows.first { $0.status.word == .open }?.id)

    var two = try Seat(desk, profile, offline: true)
    _ = try await two.openTickets(rows.count)
    await two.workspace.perform(.setTicketStatus(.pending, tickets: [id]))
    _ = try await two.tickets { $0.contains { $0.id == id && $0.isUnsent } }
    await two.workspace.close()

    var three = try Seat(desk, profile, offline: true)
    _ = try await three.openTickets(rows.count)
    await three.workspace.undo()
    let back = try await three.tickets { $0.contains { $0.id == id && !$0.isUnsent } }
    #expect(back.first { $0.id == id }?.status.word == .open)
    await three.workspace.redo()
    _ = try await three.tickets { $0.contains { $0.id == id && $0.isUnsent } }
    await three.workspace.close()
    await desk.server.stop()
  }

  @Test func `a conflict says what others wrote, when, and what was seen`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var one = try Seat(desk, profile)
    let rows = try await one.openTickets(desk.server.count("SupportTicket"))
    try await one.sync { $0.connection == .live }
    await one.workspace.close()
    let id = try #require(rows.first { $0.status.word == .open }?.id)

    var two = try Seat(desk, profile, offline: true)
    _ = try await two.openTickets(rows.count)
    await two.workspace.perform(.setTicketStatus(.pending, tickets: [id]))
    _ = try await two.tickets { $0.contains { $0.id == id && $0.isUnsent } }
    await two.workspace.close()
    try desk.server.save("SupportTicket", id, ["status": "resolved"])

    var three = try Seat(desk, profile)
    await three.workspace.start()
    let words = try await three.until { notice -> String? in
      guard case .outbox(let rows) = notice, case .conflict(let words)? = rows.first?.state else {
        return nil
      }
      return words
    }
    #expect(words.contains("status is resolved now, you saw open"))
    #expect(words.contains(/someone else, last \d\d:\d\d:/))
    await three.workspace.close()
    await desk.server.stop()
  }
}
