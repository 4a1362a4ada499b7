import JSONCache
import ParseClient
import ParseCore
import Testing

@testable import SyncEngine

struct MachineTests {
  private static let time = ParseDate(milliseconds: 1_790_000_000_000)

  private func record(_ changes: Changes, base: [String: JSON]) throws -> OutboxRecord {
    let store = try CacheStore(path: nil, makeID: { "id" })
    let row = ParseObject(
      className: "Deal", objectId: "a", updatedAt: Self.time,
      fields: JSONObject(
        base.filter { !$0.value.isNull }.map { .init(key: $0.key, value: $0.value) }))
    try store.receive([row], Arrival(.fill, requestedAt: nil, receivedAt: Self.time))
    _ = try store.perform([Edit("Deal", id: "a", .update(changes))], group: "g", now: Self.time)
    return try #require(try store.outbox().first)
  }

  private func row(_ fields: JSONObject) -> ParseObject {
    ParseObject(
      className: "Deal", objectId: "a", updatedAt: Self.time.advanced(bySeconds: 5), fields: fields)
  }

  @Test(arguments: [
    (ClientError.noNetwork(.refused), OutboxMachine.Outcome.unsent),
    (.noNetwork(.nameNotFound), .unsent), (.tls(.certificate(.expired)), .unsent),
    (.noNetwork(.connectionLost), .later(seconds: 1.5)), (.timedOut, .later(seconds: 1.5)),
    (.notParse(status: 200), .later(seconds: 1.5)),
    (.tooManyRequests(seconds: 40), .later(seconds: 40)),
    (.server(ParseError(code: 1, message: "", httpStatus: 500)), .later(seconds: 1.5)),
    (.server(ParseError(code: 209, message: "", httpStatus: 400)), .unsent),
    (.server(ParseError(code: 159, message: "", httpStatus: 400)), .readBack),
  ])
  func `each error has its outcome`(error: ClientError, outcome: OutboxMachine.Outcome) {
    #expect(OutboxMachine.outcome(of: error, tries: 1, refusals: 0, random: 0.5) == outcome)
  }

  @Test(arguments: [101, 111, 119, 137, 141, 142, 4711])
  func `a refusal fails with its code and words`(code: Int) {
    let error = ClientError.server(ParseError(code: code, message: "m", httpStatus: 400))
    guard
      case .failed(code, let words) = OutboxMachine.outcome(
        of: error, tries: 1, refusals: 0, random: 0)
    else {
      Issue.record("\(code) should fail")
      return
    }
    #expect(!words.isEmpty)
  }

  @Test func `a server that is broken again and again parks the record`() {
    let error = ClientError.server(ParseError(code: 1, message: "m", httpStatus: 500))
    let last = OutboxMachine.outcome(of: error, tries: 1, refusals: 7, random: 0)
    guard case .failed = last else {
      Issue.record("the last try should fail")
      return
    }
  }

  @Test func `a row tells whether a lost update arrived`() throws {
    let set = try record(["stage": .set("won")], base: ["stage": "lead"])
    let raise = try record(["n": .increment(JSONNumber(2))], base: ["n": 1])
    let arrival = OutboxMachine.arrival(of:row:)
    #expect(arrival(set, row(["stage": "won"])) == .arrived)
    #expect(arrival(set, row(["stage": "lead"])) == .missing)
    #expect(arrival(set, row(["stage": "lost"])) == .unclear)
    let both = try record(
      ["stage": .set("won"), "n": .increment(JSONNumber(2))], base: ["stage": "lead", "n": 1])
    #expect(arrival(both, row(["stage": "lost", "n": 3])) == .arrived)
    #expect(arrival(both, row(["stage": "won", "n": 1])) == .missing)
    #expect(arrival(both, row(["stage": "lost", "n": 9])) == .unclear)
    // A rival who raised the number may have set the other field back, or alike.
    #expect(arrival(both, row(["stage": "lead", "n": 9])) == .unclear)
    #expect(arrival(both, row(["stage": "won", "n": 9])) == .unclear)
    let plain = try record(
      ["stage": .set("won"), "notes": .delete], base: ["stage": "lead", "notes": "x"])
    #expect(arrival(plain, row(["stage": "won"])) == .arrived)
    #expect(arrival(plain, row(["stage": "won", "notes": "x"])) == .missing)
    // A rival may have cleared the notes too.
    #expect(arrival(plain, row(["stage": "lost"])) == .unclear)
    #expect(arrival(raise, row(["n": 3])) == .arrived)
    #expect(arrival(raise, row(["n": 1])) == .missing)
    #expect(arrival(raise, row(["n": 9])) == .unclear)
  }

  @Test func `only the same field changed to another value is a conflict`() throws {
    let edit = try record(
      ["stage": .set("won"), "notes": .delete, "n": .increment(JSONNumber(1))],
      base: ["stage": "lead", "notes": "x", "n": 1])
    let conflicts = OutboxMachine.conflicts(of:row:)
    #expect(conflicts(edit, row(["stage": "lead", "notes": "x", "n": 5, "y": 1])) == [])
    #expect(conflicts(edit, row(["stage": "won", "n": 5])) == [])
    #expect(conflicts(edit, row(["stage": "lost", "notes": "z"])) == ["notes", "stage"])
  }

  @Test func `a number that may hold a lost raise already is a conflict`() throws {
    let store = try CacheStore(path: nil, makeID: { "id" })
    let lead = row(["stage": "lead", "n": 1])
    try store.receive([lead], Arrival(.fill, requestedAt: nil, receivedAt: Self.time))
    let changes: Changes = ["stage": .set("won"), "n": .increment(JSONNumber(2))]
    _ = try store.perform([Edit("Deal", id: "a", .update(changes))], group: "g", now: Self.time)
    let unsent = try #require(try store.beginSending(limit: 1, now: Self.time).first)
    let raised = row(["stage": "lead", "n": 9])
    #expect(OutboxMachine.conflicts(of: unsent, row: raised) == [])
    try store.leave(unsent.id, base: unsent.base, updatedAt: lead.updatedAt, now: Self.time)
    try store.recoverSending()
    let lost = try #require(try store.outbox().first)
    #expect(OutboxMachine.conflicts(of: lost, row: raised) == ["n"])
    #expect(OutboxMachine.conflicts(of: lost, row: lead) == [])
  }

  @Test func `pauses grow to their limit with jitter`() {
    let pauses = (1...8).map { Backoff.connection.seconds(tries: $0, random: 1) }
    #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
    #expect(Backoff.connection.seconds(tries: 3, random: 0) == 2)
    #expect(Backoff.record.seconds(tries: 1_000_000, random: 1) == 300)
  }

  @Test func `a fill ends with an empty page only`() {
    let mark = SyncMark(className: "Deal", state: .filling, cursor: "b")
    let configuration = SyncConfiguration()
    guard case .fill(let query) = SyncPlan.step(mark, configuration) else {
      Issue.record("a filling class should go on filling")
      return
    }
    #expect(query.filter == ["objectId": ["$gt": "b"]] && query.limit == 1000)
    let short = SyncPlan.afterFill(mark, page: [row([:])], now: Self.time)
    #expect(short.state == .filling && short.cursor == "a")
    #expect(SyncPlan.afterFill(mark, page: [], now: Self.time).state == .complete)
  }

  @Test func `a delta reaches back and ends when the count is met`() {
    let configuration = SyncConfiguration()
    let mark = SyncMark(className: "Deal", state: .complete, lastUpdatedAt: Self.time)
    guard case .delta(let query) = SyncPlan.step(mark, configuration) else {
      Issue.record("a complete class should ask for changes")
      return
    }
    let since = Self.time.advanced(bySeconds: -60).json
    #expect(query.filter == ["updatedAt": ["$gte": since]] && query.count)
    let page = [row([:])]
    #expect(SyncPlan.nextDelta(after: page, count: 1, query, configuration) == nil)
    #expect(SyncPlan.nextDelta(after: [], count: 9, query, configuration) == nil)
    #expect(SyncPlan.nextDelta(after: page, count: 2, query, configuration) != nil)
    let next = SyncPlan.afterDelta(mark, page: page, isLast: true, now: Self.time)
    #expect(next.lastUpdatedAt == Self.time.advanced(bySeconds: 5))
    #expect(SyncPlan.step(SyncMark(className: "X", state: .noRight), configuration) == .nothing)
  }
}
