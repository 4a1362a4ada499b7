import CRM
import Foundation
import ParseCore
import Sandbox
import Testing

@testable import Workspace

/// The pins of what screens show, and what the screen of the cache tells.
@Suite(.timeLimit(.minutes(4)))
struct ShownTests {
  private func pins(_ desk: Desk, _ profile: Profile) throws -> [String: Int] {
    let cache = try #require(try AccountCache(profile, environment: desk.options().environment))
    let pins = try cache.pins()
    try cache.close()
    return Dictionary(pins.map { ($0.name, $0.rows) }) { _, last in last }
  }

  /// Mara's workspace with all tickets in sight and every row here.
  private func open() async throws -> Opened {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var seat = try Seat(desk, profile)
    let rows = try await seat.openTickets(desk.server.count("SupportTicket"))
    try await seat.sync { $0.connection == .live }
    return Opened(desk: desk, profile: profile, seat: seat, rows: rows)
  }

  @Test func `each screen's pin holds what it showed last`() async throws {
    let opened = try await open()
    let (desk, profile, rows) = (opened.desk, opened.profile, opened.rows)
    let seat = opened.seat
    let student = try #require(desk.server.rows("Student").first?.objectId)
    await seat.workspace.watch(WatchID(2), .studentCard(student))
    await seat.workspace.unwatch(WatchID(2))
    await seat.workspace.watch(WatchID(3), .quad())
    await seat.workspace.close()
    let held = try pins(desk, profile)
    #expect(held.keys.sorted() == ["screen quad", "screen student", "screen tickets"])
    // With them stay the people they belong to.
    #expect(held["screen tickets"] ?? 0 > rows.count)
    #expect(held["screen student"] ?? 0 >= 1)
    await desk.server.stop()
  }

  @Test func `a screen that shows other rows has them pinned within a minute`() async throws {
    let opened = try await open()
    let (desk, profile, rows) = (opened.desk, opened.profile, opened.rows)
    var seat = opened.seat
    await seat.workspace.tick()
    let word = try #require(rows.first?.number)
    await seat.workspace.watch(WatchID(1), .tickets(ListRequest(view: "all", filter: word)))
    _ = try await seat.tickets { $0.count == 1 }
    await seat.workspace.tick()
    await seat.workspace.besides?.value
    // The ticket, its student and who has it.
    #expect(try (1...4).contains(pins(desk, profile)["screen tickets"] ?? 0))
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `what is on this machine is told`() async throws {
    let opened = try await open()
    let (desk, rows) = (opened.desk, opened.rows)
    var seat = opened.seat
    let ticket = try #require(rows.first?.id)
    await seat.workspace.togglePin(.ticket, ticket)
    await seat.workspace.measureCache()
    let facts = try await seat.until { notice -> CacheFacts? in
      guard case .cache(let facts) = notice else { return nil }
      return facts
    }
    #expect(facts.bytes > 10_000)
    #expect(facts.rows.first { $0.className == "SupportTicket" }?.count == rows.count)
    #expect(facts.rows.map(\.count) == facts.rows.map(\.count).sorted(by: >))
    #expect(facts.pins.map(\.name) == [Workspace.handPin])
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `today's edits are told, and which of them wait`() async throws {
    let opened = try await open()
    let (desk, profile, rows) = (opened.desk, opened.profile, opened.rows)
    let seat = opened.seat
    await seat.workspace.close()
    var offline = try Seat(desk, profile, offline: true)
    _ = try await offline.openTickets(rows.count)
    let ids = rows.filter { $0.status.word == .open }.prefix(2).map(\.id)
    await offline.workspace.perform(.setTicketStatus(.pending, tickets: ids))
    _ = try await offline.done()
    await offline.workspace.close()
    // Where no list of them was looked at the tickets have their names too.
    offline = try Seat(desk, profile, offline: true)
    await offline.workspace.start()
    await offline.workspace.measureCache()
    let facts = try await offline.until { notice -> CacheFacts? in
      guard case .cache(let facts) = notice else { return nil }
      return facts
    }
    #expect(facts.today.count == 2 && facts.today.waiting == 2)
    #expect(facts.today.newest.map(\.change) == ["status open ▸ pending", "status open ▸ pending"])
    #expect(facts.today.newest.allSatisfy { $0.isWaiting && $0.record.hasPrefix("T-") })
    #expect(facts.free ?? 0 > 0)
    await offline.workspace.close()
    await desk.server.stop()
  }

  @Test func `a record is told as it is stored, with what is not sent yet`() async throws {
    let opened = try await open()
    let (desk, rows) = (opened.desk, opened.rows)
    var seat = opened.seat
    let ticket = try #require(rows.first { $0.status.word == .open })
    await seat.workspace.perform(.setTicketStatus(.pending, tickets: [ticket.id]))
    _ = try await seat.done()
    await seat.workspace.readStored(.ticket, ticket.id)
    let (name, text) = try await seat.until { notice -> (String, String)? in
      guard case .stored(let name, let json) = notice else { return nil }
      return (name, json)
    }
    let json = try JSON(text: text)
    #expect(name == ticket.number)
    #expect(json["objectId"]?.string == ticket.id && json["status"]?.string == "pending")
    await seat.workspace.readStored(.ticket, "nobody")
    #expect(try await seat.refused() == "That ticket is not here any more.")
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `unsent edits go into a file for their owner alone`() async throws {
    let opened = try await open()
    let (desk, profile, rows) = (opened.desk, opened.profile, opened.rows)
    let seat = opened.seat
    await seat.workspace.close()
    try FileManager.default.createDirectory(atPath: desk.home, withIntermediateDirectories: true)
    var offline = try Seat(desk, profile, offline: true, home: desk.home)
    _ = try await offline.openTickets(rows.count)
    let ticket = try #require(rows.first { $0.priority.word == .normal }?.id)
    await offline.workspace.perform(.setPriority(.urgent, tickets: [ticket]))
    _ = try await offline.done()
    await offline.workspace.exportOutbox()
    let words = try await offline.done()
    let name = try #require(words.split(separator: "/").last)
    let path = "\(desk.home)/\(name)"
    let json = try JSON(text: String(contentsOfFile: path, encoding: .utf8))
    #expect(json.array?.count == 1)
    #expect(json.array?.first?["objectId"]?.string == ticket)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    await offline.workspace.close()
    await desk.server.stop()
  }

  @Test func `without a home nothing is exported, and that is told`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    var seat = try Seat(desk, profile, offline: true)
    await seat.workspace.exportOutbox()
    #expect(try await seat.refused().contains("HOME"))
    await seat.workspace.close()
    await desk.server.stop()
  }

  @Test func `every refused edit goes again at once`() async throws {
    let opened = try await open()
    let (desk, rows) = (opened.desk, opened.rows)
    var seat = opened.seat
    desk.server.inject(.error(status: 400, code: 142), times: 2) { $0.method == "PUT" }
    let ids = rows.filter { $0.priority.word == .normal }.prefix(2).map(\.id)
    #expect(ids.count == 2)
    for id in ids {
      await seat.workspace.perform(.setPriority(.low, tickets: [id]))
    }
    try await seat.sync { $0.refused == 2 }
    await seat.workspace.retryAll()
    try await seat.sync { $0.refused == 0 && $0.queued == 0 }
    for id in ids { #expect(desk.server.row("SupportTicket", id)?["priority"] == "low") }
    await seat.workspace.close()
    await desk.server.stop()
  }
}

/// A workspace with rows in it, and the server it has them from.
private struct Opened {
  let desk: Desk
  let profile: Profile
  let seat: Seat
  let rows: [TicketRow]
}
