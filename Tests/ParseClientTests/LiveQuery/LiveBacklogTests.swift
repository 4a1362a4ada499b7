import ParseCore
import Testing

@testable import ParseClient

struct LiveBacklogTests {
  private func event(_ className: String, _ id: Int) -> LiveEvent {
    .event(
      kind: .update, object: ParseObject(className: className, objectId: "\(id)"), original: nil)
  }

  private func all(_ backlog: LiveBacklog) -> [LiveEvent] {
    var backlog = backlog
    var events: [LiveEvent] = []
    while let event = backlog.popFirst() { events.append(event) }
    return events
  }

  @Test func `what is taken in time comes in order`() {
    var backlog = LiveBacklog(mostRows: 2)
    for id in 0..<100 {
      backlog.append(event("Deal", id))
      backlog.append(event("Deal", id + 1000))
      #expect(backlog.popFirst() == event("Deal", id))
      #expect(backlog.popFirst() == event("Deal", id + 1000))
      #expect(backlog.popFirst() == nil)
    }
  }

  @Test func `too much becomes one hint that names the classes, and states stay`() {
    var backlog = LiveBacklog(mostRows: 2)
    backlog.append(.subscribed(className: "Deal"))
    backlog.append(event("Deal", 1))
    backlog.append(event("Contact", 2))
    backlog.append(event("Activity", 3))
    backlog.append(.refused(className: "X", ParseError(code: 119, message: "")))
    #expect(
      all(backlog) == [
        .subscribed(className: "Deal"), .missed(classNames: ["Deal", "Contact", "Activity"]),
        .refused(className: "X", ParseError(code: 119, message: "")),
      ])
    for id in 0..<1000 { backlog.append(event("Deal", id)) }
    backlog.append(event("Deal", 1000))
    #expect(backlog.count <= 5)
    guard case .missed(let names)? = all(backlog).first(where: { $0.isMissed }) else {
      Issue.record("silent loss")
      return
    }
    #expect(names == ["Deal", "Contact", "Activity"])
  }

  @Test func `a reader that sleeps through a night of reconnects finds the last state`() {
    var backlog = LiveBacklog()
    for _ in 0..<10_000 {
      backlog.append(.connected)
      backlog.append(.subscribed(className: "Deal"))
      backlog.append(.disconnected(reason: "gone", retryIn: .seconds(1)))
    }
    backlog.append(.connected)
    #expect(backlog.count < 70)
    #expect(
      all(backlog).suffix(2) == [.disconnected(reason: "gone", retryIn: .seconds(1)), .connected])
  }

  @Test func `the mailbox keeps what was posted before its end`() async {
    let mailbox = LiveMailbox(LiveBacklog(mostRows: 2))
    mailbox.post(.connected)
    mailbox.post(event("Deal", 1))
    mailbox.finish()
    var heard: [LiveEvent] = []
    for await event in mailbox.events(end: {}) { heard.append(event) }
    #expect(heard == [.connected, event("Deal", 1)])
  }

  @Test func `to let go of the stream ends it`() async {
    let (ended, end) = AsyncStream.makeStream(of: Void.self)
    var events: AsyncStream<LiveEvent>? = LiveMailbox().events { end.yield() }
    #expect(events != nil)
    events = nil
    for await _ in ended { break }
  }
}

extension LiveEvent {
  fileprivate var isMissed: Bool {
    if case .missed = self { true } else { false }
  }
}
