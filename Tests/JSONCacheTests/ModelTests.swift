import TestRandom
import ParseCore
import Testing

@testable import JSONCache

/// Random histories of one cache and a server of a few lines: at rest both hold the same rows, and
/// every edit arrived exactly once.
struct ModelTests {
  /// The server: rows, and how often each counter was raised.
  private struct Server {
    var rows: [String: ParseObject] = [:]
    var clock = 1
    var made = 0

    mutating func save(_ record: OutboxRecord) throws -> JSONObject? {
      clock += 1
      switch record.kind {
      case .create:
        made += 1
        let id = "s\(made)"
        let row = ParseObject(
          className: "Deal", objectId: id, createdAt: at(clock), updatedAt: at(clock))
        rows[id] = try row.applying(record.changes)
        return ["objectId": .string(id), "createdAt": .string(at(clock).iso)]
      case .update:
        guard var row = rows[record.objectId] else { return nil }
        row = try row.applying(record.changes)
        row.updatedAt = at(clock)
        rows[record.objectId] = row
        var answer: JSONObject = ["updatedAt": .string(at(clock).iso)]
        for case (let field, .increment) in record.changes { answer[field] = row[field] }
        return answer
      case .delete:
        rows[record.objectId] = nil
        return [:]
      }
    }

    mutating func rival(_ id: String, _ stage: String) {
      clock += 1
      rows[id]?.fields["stage"] = .string(stage)
      rows[id]?.updatedAt = at(clock)
    }
  }

  @Test(arguments: 0..<60)
  func `histories end with the cache equal to the server`(seed: Int) throws {
    var random = SplitMix(UInt64(seed))
    let folder = try Folder()
    let counter = Counter()
    var store = try CacheStore(path: folder.file, makeID: { counter.next() })
    var server = Server()
    var raised = 0
    for _ in 0..<60 {
      let ids = try store.documents(className: "Deal").map(\.id)
      let id = ids.randomElement(using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1:
        let changes: Changes = ["raised": .set(0), "stage": .set("new")]
        _ = try store.perform([Edit("Deal", id: nil, .create(changes))], group: "g", now: noon)
      case 2, 3, 4:
        guard let id else { continue }
        try store.update(id, ["raised": .increment(JSONNumber(1))])
        raised += 1
      case 5:
        guard let id else { continue }
        let stage = ["lead", "won", "new"].randomElement(using: &random) ?? "lead"
        try store.update(id, ["stage": .set(.string(stage))])
      case 6:
        guard let id else { continue }
        raised -= try store.field("raised", id)?.int ?? 0
        _ = try store.perform([Edit("Deal", id: id, .delete)], group: "g", now: noon)
      case 7, 8: try push(store, &server, limit: 2, events: Bool.random(using: &random))
      case 9:
        guard let id else { continue }
        server.rival(id, "rival\(server.clock)")
      case 10:
        try store.receive(Array(server.rows.values), .delta(asked: server.clock))
      default:
        try store.close()
        store = try CacheStore(path: folder.file, makeID: { counter.next() })
        try store.recoverSending()
      }
    }
    while try !store.outbox().isEmpty { try push(store, &server, limit: 9, events: false) }
    try store.receive(Array(server.rows.values), .delta(asked: server.clock))
    let cached = try store.query(Query("Deal"), now: noon)
    let truth = server.rows.values.sorted { ($0.objectId ?? "") < ($1.objectId ?? "") }
    #expect(cached.sorted { ($0.objectId ?? "") < ($1.objectId ?? "") } == truth)
    #expect(truth.reduce(0) { $0 + ($1["raised"]?.int ?? 0) } == raised)
    #expect(try store.documents(className: "Deal").allSatisfy { !$0.hasPending })
    #expect(try store.integrityProblems().isEmpty)
  }

  /// Sends what may leave; with `events` the row's event overtakes the answer.
  private func push(
    _ store: CacheStore, _ server: inout Server, limit: Int, events: Bool
  ) throws {
    for record in try store.beginSending(limit: limit, now: noon) {
      let answer = try server.save(record)
      let id = answer?["objectId"]?.string ?? record.objectId
      if events, let row = server.rows[id] { try store.receive([row], .live) }
      if let answer {
        try store.acknowledge(record.id, answer: answer, now: at(server.clock))
      } else {
        try store.fail(record.id, code: 101, words: "gone")
        try store.discard(record.id)
      }
    }
  }
}
