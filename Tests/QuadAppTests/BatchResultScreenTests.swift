import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

/// A batch of which the server refuses some.
struct BatchResultScreenTests {
  private static func result(_ failed: [RecordID], done: Int) -> BatchResult {
    let rows = failed.map {
      OutboxRow(
        id: $0, made: "14:11", state: .refused(words: "No."), kind: "update", record: "T-\($0)",
        change: "priority", tries: 1, reason: .noRight)
    }
    return BatchResult(done: done, waiting: 0, failed: rows, rows: Set(failed))
  }

  /// Four marked tickets set to low.
  private func batch(_ columns: Int = 120, _ rows: Int = 40) throws -> (AppFixture, [RecordID]) {
    var fixture = AppFixture(columns, rows, start: .tickets)
    try fixture.type("<Space><Space><Space><Space>plow<Enter>y")
    guard case .act(.setPriority(_, let ids))? = fixture.taken().first else {
      throw Refusal("nothing was changed")
    }
    return (fixture, ids)
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `what failed is told with its reason and marked again`(columns: Int, rows: Int) throws {
    var (fixture, ids) = try batch(columns, rows)
    #expect(ids.count == 4 && fixture.line(rows - 2).hasPrefix(" ✓ "))
    fixture.send(.failed(Self.result([ids[1], ids[2]], done: 2)))
    let news = fixture.line(rows - 2)
    #expect(news.hasPrefix(" ! 2 done, 2 failed: no right to change T-"))
    #expect(news.contains("   8 decide"))
    #expect(fixture.screen.split(separator: "\n").count { $0.dropFirst().hasPrefix("*") } == 2)
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 9)))
    #expect(fixture.line(rows - 2).hasPrefix(" 2 marked"))
  }

  @Test func `long reasons are cut before the key that leads on`() throws {
    var (fixture, ids) = try batch(80, 24)
    fixture.send(.failed(Self.result(Array(ids) + ids.map { $0 + "x" }, done: 0)))
    #expect(fixture.line(22).contains("…   8 decide"))
  }

  @Test func `rows marked since keep their marks to themselves`() throws {
    var (fixture, ids) = try batch()
    try fixture.type("G<Space>")
    fixture.send(.failed(Self.result([ids[0]], done: 3)))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 9)))
    #expect(fixture.line(38).hasPrefix(" 1 marked"))
  }

  @Test func `an answer that comes late marks nothing`() throws {
    var (fixture, ids) = try batch()
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 9)))
    fixture.send(.failed(Self.result([ids[0]], done: 3)))
    #expect(!fixture.screen.split(separator: "\n").contains { $0.dropFirst().hasPrefix("*") })
  }

  @Test func `in the outbox the way there is not named`() {
    var fixture = AppFixture(start: .outbox)
    fixture.send(.failed(Self.result(["a"], done: 0)))
    #expect(fixture.line(38).hasPrefix(" ! Not taken: no right to change T-a"))
    #expect(!fixture.line(38).contains("decide"))
  }

  @Test func `cards on the board are marked again, too`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    try fixture.type("<Space><Space>c")
    if fixture.screen.contains("yes, change") { try fixture.type("y") }
    guard case .act(.claimDeals(let ids))? = fixture.taken().first else {
      Issue.record("nothing was changed")
      return
    }
    fixture.send(.failed(Self.result(ids, done: 0)))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 9)))
    #expect(fixture.line(38).hasPrefix(" \(ids.count) marked"))
  }
}
