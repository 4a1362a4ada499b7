import CRM
import Testing

struct BatchResultTests {
  private func row(_ name: String, _ reason: OutboxRow.Reason?, kind: String = "update")
    -> OutboxRow
  {
    OutboxRow(
      id: name, made: "14:11", state: .refused(words: "Give a shorter subject."), kind: kind,
      record: name, change: "priority normal ▸ low", tries: 1, reason: reason)
  }

  @Test func `one edit tells its reason and its row`() {
    #expect(words([row("T-1", .noRight)]) == "Not taken: no right to change T-1")
    #expect(words([row("T-1", .noRight, kind: "delete")]) == "Not taken: no right to delete T-1")
    #expect(words([row("T-1", .gone)]) == "Not taken: no longer on the server: T-1")
    #expect(words([row("T-1", nil)]) == "Not taken: Give a shorter subject: T-1")
  }

  @Test func `a batch is counted, and each reason stands once with its rows`() {
    let failed = [row("T-1", .noRight), row("T-2", .gone), row("T-3", .noRight)]
    #expect(
      words(failed, done: 2)
        == "2 done, 3 failed: no right to change T-1, T-3; no longer on the server: T-2")
    #expect(
      words([row("T-1", .gone)], waiting: 4)
        == "1 failed, 4 waiting: no longer on the server: T-1")
  }

  @Test func `of many rows three are named`() {
    let failed = (1...7).map { row("T-\($0)", .noRight) }
    #expect(words(failed) == "7 failed: no right to change T-1, T-2, T-3 and 4 more")
  }

  private func words(_ failed: [OutboxRow], done: Int = 0, waiting: Int = 0) -> String {
    BatchResult(done: done, waiting: waiting, failed: failed, rows: []).words
  }
}
