import CRM
import ParseCore
import Sandbox
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(4)))
struct WorkspaceSnoozeTests {
  private func tomorrow() -> ParseDate { Desk.now().advanced(bySeconds: 86_400) }

  @Test func `what is put aside stays so after a restart, can be taken back, and is not sent`()
    async throws
  {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var one = try Seat(desk, profile)
    let rows = try await one.openTickets(desk.server.count("SupportTicket"))
    let id = try #require(rows.first { $0.status.word == .open }?.id)
    let until = tomorrow()
    await one.workspace.perform(.snooze(.ticket, [id], until: until))
    let aside = try await one.tickets { $0.contains { $0.snoozed != nil } }
    #expect(aside.first { $0.snoozed != nil }?.id == id)
    #expect(aside.allSatisfy { !$0.isUnsent })
    await one.workspace.close()

    var two = try Seat(desk, profile, offline: true)
    let back = try await two.openTickets(rows.count)
    #expect(back.filter { $0.snoozed != nil }.map(\.id) == [id])
    #expect(back.first { $0.id == id }?.snoozed?.until == ParseDate(iso: until.iso))
    await two.workspace.undo()
    _ = try await two.tickets { rows in rows.allSatisfy { $0.snoozed == nil } }
    await two.workspace.redo()
    _ = try await two.tickets { $0.contains { $0.snoozed != nil } }
    await two.workspace.close()
    await desk.server.stop()
  }

  @Test func `a change on the server brings it back, and another terminal sees it put aside`()
    async throws
  {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var one = try Seat(desk, profile)
    let rows = try await one.openTickets(desk.server.count("SupportTicket"))
    try await one.sync { $0.connection == .live }
    let id = try #require(rows.first { $0.status.word == .open }?.id)
    var two = try Seat(desk, profile)
    _ = try await two.openTickets(rows.count)
    await one.workspace.perform(.snooze(.ticket, [id], until: tomorrow()))
    _ = try await two.tickets { $0.contains { $0.id == id && $0.snoozed != nil } }
    try desk.server.save("SupportTicket", id, ["status": "pending"])
    let back = try await one.tickets { rows in
      rows.contains { $0.id == id && $0.status.word == .pending }
    }
    #expect(back.allSatisfy { $0.snoozed == nil })
    await one.workspace.close()
    await two.workspace.close()
    await desk.server.stop()
  }

  @Test func `a ticket put aside before it was sent stays so under its own id`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var one = try Seat(desk, profile)
    let rows = try await one.openTickets(desk.server.count("SupportTicket"))
    try await one.sync { $0.connection == .live }
    await one.workspace.close()
    var two = try Seat(desk, profile, offline: true)
    _ = try await two.openTickets(rows.count)
    let student = try #require(rows.compactMap(\.student).first)
    let fields: JSONObject = [
      "subject": "Left aside", "student": SchoolClass.student.pointer(student),
      "assignedTo": SchoolClass.user.pointer(profile.userId), "status": "open",
      "priority": "normal", "lastMessageAt": Desk.now().json,
    ]
    await two.workspace.perform(
      Edit(words: "made", writes: [.create(.ticket, fields: fields)]))
    let made = try await two.tickets { $0.count == rows.count + 1 }
    let local = try #require(made.first { $0.subject == "Left aside" }?.id)
    await two.workspace.perform(.snooze(.ticket, [local], until: tomorrow()))
    _ = try await two.tickets { $0.contains { $0.snoozed != nil } }
    await two.workspace.close()

    var three = try Seat(desk, profile)
    await three.workspace.watch(WatchID(1), .tickets(ListRequest(view: "all")))
    await three.workspace.start()
    let sent = try await three.tickets { rows in
      rows.contains { $0.subject == "Left aside" && !$0.isUnsent }
    }
    let row = try #require(sent.first { $0.subject == "Left aside" })
    try await three.sync { $0.connection == .live }
    #expect(row.id != local && row.snoozed != nil)
    await three.workspace.close()

    var four = try Seat(desk, profile, offline: true)
    let last = try await four.openTickets(rows.count + 1)
    #expect(last.filter { $0.snoozed != nil }.map(\.id) == [row.id])
    await four.workspace.close()
    await desk.server.stop()
  }
}
