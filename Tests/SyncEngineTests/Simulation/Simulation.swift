import TestRandom
import JSONCache
import ParseCore
import Synchronization

@testable import ParseClient
@testable import SyncEngine

/// One client, one server and bad weather between them, in simulated time. All decisions are the
/// production ones: `LiveQueryConnection`, `LiveBacklog`, `LiveInbox`, `LiveBurst`, `PullRound`,
/// `RowCheck` and the cache itself; this moves bytes and time between them as the engine does.
struct Simulation {
  enum Event {
    case world
    case commit(ServerModel.Change, Pointer, stamp: Int)
    case toClient(socket: Int, WebSocketEvent)
    case toServer(socket: Int, String)
    case opened(socket: Int)
    case lost(socket: Int)
    case tick
    case read(run: Int)
    case drain(run: Int)
    case poll(number: Int)
    case request(Request)
    case answer(Request, Result<FindAnswer, ClientError>)
    case serverUp
    case linkUp
    case signIn
    case lastDrop
  }

  struct Request {
    enum Purpose {
      case round
      case check(RowCheck)
    }

    let run: Int
    let query: Query
    let purpose: Purpose
    let token: String
    let asked: ParseDate
  }

  /// How the run goes, drawn from its seed.
  struct Plan {
    let seed: Int
    /// Without polls only events and what follows each `subscribed` keep the cache true.
    let polls: Bool
    /// This machine's clock against the server's, in milliseconds.
    let skew: Int
    let mostEvents: Int
  }

  static let minute = 60_000
  static let day = 1440 * minute
  private static let start = 1_790_000_000_000

  let plan: Plan
  let configuration: SyncConfiguration
  var random: SplitMix
  var now = 0
  var timeline = Timeline<Event>()
  var server = ServerModel()
  var isLinkUp = true
  /// Sockets over which nothing comes any more, though nobody was told.
  var deadSockets: Set<Int> = []
  var busyRows: Set<Pointer> = []
  var made = 0
  var lastToken = 0
  var client: ClientModel
  let store: CacheStore
  var tally: [String: Int] = [:]

  init(seed: Int) throws {
    var random = SplitMix(UInt64(seed) &* 0x9E37_79B9 &+ 77)
    let skews = [0, 0, 40_000, -40_000, 600_000, -600_000]
    plan = Plan(
      seed: seed, polls: seed % 2 == 0, skew: skews.randomElement(using: &random) ?? 0,
      mostEvents: Bool.random(using: &random) ? 4 : 4096)
    self.random = random
    var configuration = SyncConfiguration(
      classes: ServerModel.classNames.map { SyncClass($0, isLive: true) })
    configuration.pageSize = [3, 5, 1000].randomElement(using: &self.random) ?? 5
    configuration.pollInterval = .seconds(7200)
    configuration.idWalkSeconds = 10_800
    self.configuration = configuration
    let ids = Mutex(0)
    store = try CacheStore(path: nil) {
      ids.withLock {
        $0 += 1; return "id\($0)"
      }
    }
    client = ClientModel(token: "r:0", mostEvents: plan.mostEvents)
  }

  /// The server's clock.
  var serverTime: ParseDate { ParseDate(milliseconds: Int64(Self.start + now)) }

  /// This machine's clock.
  var clientTime: ParseDate { ParseDate(milliseconds: Int64(Self.start + now + plan.skew)) }

  mutating func after(_ range: ClosedRange<Int>, _ event: Event) {
    timeline.add(event, at: now + Int.random(in: range, using: &random))
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func count(_ name: String) { tally[name, default: 0] += 1 }

  /// A day of weather, then calm for long enough that the production timings must have healed all.
  mutating func run() throws {
    for number in 0..<12 {
      let name = ServerModel.classNames[number % 2]
      _ = server.create(name, "first\(number)", needsRole: number % 5 == 0, at: serverTime)
    }
    try start()
    after(0...Self.minute, .world)
    timeline.add(.lastDrop, at: Self.day + 2 * Self.minute)
    let end = Self.day + (plan.polls ? 330 : 90) * Self.minute
    while let next = timeline.next(), next.time <= end {
      now = next.time
      try handle(next.event)
    }
  }

  private mutating func handle(_ event: Event) throws {
    switch event {
    case .world: if now < Self.day { world() }
    case .commit(let change, let pointer, let stamp): commit(change, pointer, stamp)
    case .toClient(let socket, let event):
      if client.socket == socket, !deadSockets.contains(socket) {
        try hand(.received(event))
      }
    case .toServer(let socket, let text): try serverHears(text, on: socket)
    case .opened(let socket):
      guard client.socket == socket, !deadSockets.contains(socket) else { return }
      server.sockets[socket] = ServerModel.Socket()
      try hand(.opened(sessionToken: client.token))
    case .lost(let socket):
      if client.socket == socket { try hand(.lost(reason: "gone")) }
    case .tick: try tick()
    case .read(let run): if run == client.run { try read() }
    case .drain(let run): if run == client.run { try drain() }
    case .poll(let number): if number == client.pollNumber { try poll() }
    case .request(let request): try evaluate(request)
    case .answer(let request, let result): try take(request, result)
    case .serverUp: server.isUp = true
    case .linkUp: isLinkUp = true
    case .signIn: try signIn()
    case .lastDrop:
      client.slowUntil = now
      try read()
      if let socket = client.socket { loseSocket(socket, isTold: true) }
    }
  }

  /// What differs between the cache and what the server shows; empty when all is well.
  func differences() throws -> [String] {
    var found: [String] = []
    for className in ServerModel.classNames {
      var truth: [String: ParseObject] = [:]
      for row in server.visible(className) { truth[row.objectId ?? ""] = row }
      for document in try store.documents(className: className) {
        let row = try document.object()
        let other = truth.removeValue(forKey: document.id)
        if row != other {
          found.append("\(className) \(document.id): \(row.json) but \(String(describing: other))")
        }
      }
      found += truth.keys.sorted().map { "\(className) \($0) is missing" }
    }
    return found
  }
}
