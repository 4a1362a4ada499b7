import ParseCore
import Sandbox
import Synchronization
import Testing

struct TrafficTests {
  private static let now = ParseDate(milliseconds: 1_790_000_000_000)

  /// The demo's rows with a clock that stands still.
  private func server(_ scale: DemoScale = .tiny) -> SandboxServer {
    let bits = Mutex(DemoRandom(seed: 1))
    let options = SandboxOptions(now: { Self.now }, random: { bits.withLock { $0.next() } })
    return SandboxServer(options, data: DemoData.make(scale: scale, seed: 7, now: Self.now))
  }

  @Test func `one seed is one script, another is another`() {
    func script(_ seed: UInt64) -> [TrafficScript.Step?] {
      let server = server()
      var script = TrafficScript(seed: seed)
      return (0..<40).map { _ in script.next(now: Self.now, rows: server.rows(_:)) }
    }
    #expect(script(3) == script(3))
    #expect(script(3) != script(4))
  }

  @Test func `what happens follows the weights`() {
    let server = server(.demo)
    var script = TrafficScript(seed: 5)
    var counts: [String: Int] = [:]
    for _ in 0..<2000 {
      guard let step = script.next(now: Self.now, rows: server.rows(_:)) else { continue }
      let name = step.path.split(separator: "/")[1]
      counts["\(step.method) \(name)", default: 0] += 1
    }
    // Percent of domain.md §7.4, two classes' changes summed up, with the room chance needs.
    let expected: [String: ClosedRange<Int>] = [
      "PUT Enrollment": 740...860, "POST SupportTicket": 110...210, "PUT SupportTicket": 560...720,
      "PUT Deal": 170...270, "POST Activity": 45...115, "PUT Activity": 45...115,
      "DELETE Activity": 8...40,
    ]
    #expect(Set(counts.keys) == Set(expected.keys))
    for (name, range) in expected { #expect(range.contains(counts[name] ?? 0), "\(name)") }
  }

  @Test func `everyone may do what he does, and hooks and listeners see it`() throws {
    let server = server(.demo)
    let frames = Mutex<[JSON]>([])
    let connection = server.openLive { text in
      guard let frame = try? JSON(text: text) else {
        Issue.record("a frame that is not JSON")
        return
      }
      frames.withLock { $0.append(frame) }
    }
    let token = try #require(server.sessionToken(username: "admin"))
    let connect: JSON = [
      "op": "connect", "applicationId": "campus", "sessionToken": .string(token),
    ]
    server.receiveLive(connection, connect.text)
    for (id, name) in ["Enrollment", "SupportTicket", "Deal", "Activity"].enumerated() {
      let subscribe: JSON = [
        "op": "subscribe", "requestId": .integer(id),
        "query": ["className": .string(name), "where": [:]],
      ]
      server.receiveLive(connection, subscribe.text)
    }
    var script = TrafficScript(seed: 11)
    var sessions: [String: String] = [:]
    var statuses: [Int: Int] = [:]
    for _ in 0..<300 {
      if let answer = server.act(&script, sessions: &sessions) {
        statuses[answer.status, default: 0] += 1
        if answer.status >= 400 {
          Issue.record("refused: \(String(decoding: answer.body, as: UTF8.self))")
        }
      }
    }
    #expect(Set(statuses.keys) == [200, 201])
    let operations = Set(frames.withLock { $0 }.compactMap { $0["op"]?.string })
    #expect(operations.isSuperset(of: ["create", "update", "delete"]))
    // A number of the hook's own making.
    let made = server.rows("SupportTicket").filter { $0.createdAt == Self.now }
    #expect(made.count > 5)
    #expect(made.allSatisfy { $0.fields["ticketNumber"]?.string?.utf8.count == 10 })
  }

  @Test func `it runs until it is cancelled, as fast as it is told`() async {
    let server = server()
    let waits = Mutex<[Double]>([])
    await server.runTraffic(seed: 2, speed: 10) { seconds in
      let count = waits.withLock { waits in
        waits.append(seconds)
        return waits.count
      }
      if count > 20 { throw CancellationError() }
    }
    let all = waits.withLock { $0 }
    #expect(all.count == 21 && all.allSatisfy { (0.4...0.9).contains($0) })
    #expect(server.rows("Enrollment").contains { $0.updatedAt == Self.now })
  }
}
