import CRM
import JSONCache
import ParseCore
import Sandbox
import Testing

@testable import Workspace

/// A new row whose answer was lost, beside one on the server that may be it.
@Suite(.timeLimit(.minutes(4)))
struct TwinTests {
  @Test func `it is told with what the other says, and can be taken for it`() async throws {
    let desk = try await Desk()
    let seat = try Seat(desk, await desk.logIn(), offline: true)
    await seat.workspace.start()
    let store = await seat.workspace.store
    let now = Desk.now()
    _ = try store.perform(
      [
        JSONCache.Edit(
          "Company", id: nil,
          .create(["name": .set("Nordlicht"), "industry": .set("Education")]))
      ], group: "g", now: now)
    let record = try #require(try store.outbox().first)
    let twin = ParseObject(
      className: "Company", objectId: "theirs", createdAt: now, updatedAt: now,
      fields: ["name": "Nordlicht", "industry": "Schools"])
    try store.receive([twin], Arrival(.get, requestedAt: now, receivedAt: now))
    try store.markConflict(record.id, words: "The answer was lost.", mayBe: twin)

    let viewpoint = seat.workspace.viewpoint
    let outbox = OutboxDesk(store: store, school: CRM.School(), viewpoint: viewpoint)
    let row = try #require(try outbox.rows(try store.outbox()).first)
    #expect(row.reason == .twin("industry Schools, name Nordlicht"))
    #expect(row.change == "industry Education, name Nordlicht")

    await seat.workspace.takeAsArrived(outboxID: row.id)
    #expect(try store.outbox().isEmpty)
    #expect(try store.document(className: "Company", id: record.objectId)?.id == "theirs")
    await seat.workspace.close()
    await desk.server.stop()
  }
}
