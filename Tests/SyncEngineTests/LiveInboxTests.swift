import JSONCache
import ParseClient
import ParseCore
import Testing

@testable import SyncEngine

struct LiveInboxTests {
  private static let time = ParseDate(milliseconds: 1_790_000_000_000)

  private func event(_ kind: LiveEvent.Kind, _ id: String) -> LiveEvent {
    .event(kind: kind, object: ParseObject(className: "Deal", objectId: id), original: nil)
  }

  @Test func `a class is fresh once what it missed is read`() {
    var inbox = LiveInbox()
    #expect(inbox.hear(.connected) == [.reached])
    #expect(inbox.hear(.subscribed(className: "Deal")) == [.publish, .pull])
    #expect(inbox.liveClasses == ["Deal"] && !inbox.isFresh("Deal"))
    let gaps = inbox.beginRound()
    inbox.endRound(gaps, compared: [])
    #expect(!inbox.isFresh("Deal"))
    inbox.endRound(gaps, compared: ["Deal"])
    #expect(inbox.isFresh("Deal"))
    #expect(inbox.hear(.disconnected(reason: "", retryIn: .zero)) == [.publish, .pull])
    #expect(inbox.hear(.disconnected(reason: "", retryIn: .zero)) == [.publish])
    #expect(!inbox.isFresh("Deal"))
  }

  @Test func `a gap that opens while a round asks stays open`() {
    var inbox = LiveInbox()
    _ = inbox.hear(.subscribed(className: "Deal"))
    let gaps = inbox.beginRound()
    #expect(inbox.hear(.missed(classNames: ["Deal"])) == [.pull])
    inbox.endRound(gaps, compared: ["Deal"])
    #expect(!inbox.isFresh("Deal"))
  }

  @Test func `too many events are dropped for a read of their class`() {
    var inbox = LiveInbox(mostEvents: 2)
    #expect(inbox.hear(event(.update, "a")) == [.drain])
    #expect(inbox.hear(event(.update, "b")) == [.drain])
    #expect(inbox.hear(event(.delete, "c")) == [.pull])
    #expect(inbox.take().isEmpty)
    #expect(inbox.gaps.keys.sorted() == ["Deal"])
  }

  @Test func `a row that came into sight during a round is not gone`() {
    var inbox = LiveInbox()
    _ = inbox.beginRound()
    _ = inbox.hear(event(.enter, "a"))
    let write = CacheWrite.gone(
      className: "Deal", ids: ["a", "b"], at: Self.time, source: .delta)
    #expect(
      inbox.allowed(write)
        == .gone(className: "Deal", ids: ["b"], at: Self.time, source: .delta))
    #expect(inbox.gaps["Deal"] != nil)
    _ = inbox.beginRound()
    #expect(inbox.allowed(write) == write)
  }

  @Test func `a check judges missing rows only by a whole answer`() {
    let check = RowCheck(className: "Deal", ids: ["a", "b", "c"])
    let row = ParseObject(className: "Deal", objectId: "a")
    let clamped = FindAnswer(rows: [row], count: 2)
    #expect(check.rest(clamped) == RowCheck(className: "Deal", ids: ["b", "c"]))
    func gone(_ answer: FindAnswer) -> [String] {
      let writes = check.writes(answer, asked: Self.time, now: Self.time, source: .live)
      for case .gone(_, let ids, _, _) in writes { return ids }
      return []
    }
    #expect(gone(clamped) == [])
    let whole = FindAnswer(rows: [row], count: 1)
    #expect(check.rest(whole) == nil && gone(whole) == ["b", "c"])
    #expect(RowCheck.checks("Deal", (0..<250).map(String.init)).map(\.ids.count) == [100, 100, 50])
  }

  @Test func `ids are compared now and then although the counts agree`() {
    let configuration = SyncConfiguration()
    var mark = SyncMark(className: "Deal", state: .complete)
    #expect(!SyncPlan.comparesIds(mark, configuration, now: Self.time))
    mark.walkedAt = Self.time
    #expect(!SyncPlan.comparesIds(mark, configuration, now: Self.time))
    #expect(SyncPlan.comparesIds(mark, configuration, now: Self.time.advanced(bySeconds: 21_600)))
  }
}
