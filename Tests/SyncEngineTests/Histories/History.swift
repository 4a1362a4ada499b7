import TestRandom
import Foundation
import ParseCore
import Sandbox
import Synchronization

@testable import JSONCache
@testable import SyncEngine

/// One random history of a user, his terminals, his rivals and a bad network, against the sandbox
/// in this process. The same seed takes the same course.
actor History {
  let seed: Int
  let server: SandboxServer
  let clock = Clock()
  /// The history's own.
  private let folder: String
  let isServerIdempotent: Bool
  /// The process that syncs listens for live events.
  let isLive: Bool
  var random: SplitMix
  var ledger = Ledger()
  var terminals: [Terminal] = []
  /// By objectId and local id.
  var keys: [String: String] = [:]
  var undoable: [String] = []
  var isOffline = false
  /// How often a request goes wrong; 0 at rest.
  var faultRate: Double
  var made = 0
  /// Live connections by the number of their terminal.
  var connections: [Int: Int] = [:]
  var isDelivering = false
  /// Requests that the network holds back although their sender has given them up, each with its row
  /// as it was when the request left.
  var late: [(call: SandboxCall, fuse: Fuse, row: ParseObject?)] = []
  private let drift = Drift()
  private var processes = 0
  /// Every step in words, for a history that is run alone.
  private(set) var trace: [String] = []

  init(seed: Int, folder: String) {
    self.seed = seed
    self.folder = folder + "/\(seed)"
    var random = SplitMix(UInt64(seed) &* 0x1234_5678_9ABC)
    isServerIdempotent = Bool.random(using: &random)
    faultRate = [0, 0.05, 0.2, 0.4].randomElement(using: &random) ?? 0
    isLive = Bool.random(using: &random)
    let skew = Int.random(in: -300...300, using: &random)
    let bits = Mutex(SplitMix(UInt64(seed)))
    var options = SandboxOptions(
      now: { [clock] in clock.now.advanced(bySeconds: skew) },
      random: { bits.withLock { $0.next() } })
    options.idempotencySeconds = isServerIdempotent ? 300 : 0
    server = SandboxServer(options, data: Self.data)
    self.random = random
  }

  /// - Returns: What is wrong at the end; empty when all is well.
  func run(steps: Int) async throws -> [String] {
    // A column that users may not add.
    try server.save("Deal", "deal0", ["tags": []])
    for row in server.rows("Deal") {
      guard let key = Ledger.key(row), let id = row.objectId else { continue }
      keys[id] = key
      ledger.begin(key, amount: row["amount"]?.int ?? 0)
    }
    try openTerminal()
    for _ in 0..<steps { try await step() }
    let problems = try await rest()
    for terminal in terminals { try terminal.store.close() }
    // They hold this history, and each two descriptors of libcurl's.
    terminals = []
    try FileManager.default.removeItem(atPath: folder)
    return problems
  }

  /// By the clock of the user's machine.
  var now: ParseDate { clock.now.advanced(bySeconds: drift.seconds) }

  func note(_ words: @autoclosure () -> String) { trace.append(words()) }

  func chance(_ rate: Double) -> Bool { Double.random(in: 0..<1, using: &random) < rate }

  private func step() async throws {
    clock.advance(seconds: [0, 1, 20, 90, 400].randomElement(using: &random) ?? 1)
    let step = Int.random(in: 0..<30, using: &random)
    note("--- step \(step) at \(clock.now.seconds - 1_790_000_000), terminals \(terminals.count)")
    switch step {
    case 0..<9: edit()
    case 9: drift.seconds = Int.random(in: -250...250, using: &random)
    case 10..<13: rival()
    case 13: takeBack()
    case 14: await goOffline(!isOffline)
    case 15: server.endSessions(userId: "userada")
    case 16: try await kill()
    case 17: light()
    case 18: if terminals.count < 2 { try openTerminal() }
    case 19: try await quit()
    case 20..<22: try await decide()
    default:
      guard let terminal = terminals.randomElement(using: &random) else { return }
      await terminal.engine.syncOnce(refresh: chance(0.5))
      openLive(terminal)
    }
    arriveLate()
    for terminal in terminals where chance(0.7) { await deliver(terminal) }
    try await reopen()
  }

  private func goOffline(_ isOffline: Bool) async {
    self.isOffline = isOffline
    guard isOffline else { return }
    for terminal in terminals { await closeLive(terminal, isTold: true) }
  }

  private func openTerminal() throws {
    processes += 1
    var configuration = SyncConfiguration(
      classes: Self.classNames.map { SyncClass($0, isLive: isLive) })
    configuration.pageSize = [2, 50].randomElement(using: &random) ?? 2
    let (clock, drift) = (clock, drift)
    let bits = Mutex(SplitMix(random.next()))
    let time = SyncTime(
      now: { clock.now.advanced(bySeconds: drift.seconds) }, sleep: clock.time.sleep,
      random: { bits.withLock { Double.random(in: 0..<1, using: &$0) } })
    terminals.append(
      try Terminal(
        path: folder + "/cache.sqlite", number: processes,
        token: server.sessionToken(username: "ada"), time: time,
        configuration: configuration, answers: { await self.answer($0, $1) }))
  }

  /// kill -9 between two steps.
  private func kill() async throws {
    terminals.randomElement(using: &random)?.fuse.blow()
    try await reopen()
  }

  /// kill -9 at a commit to come.
  private func light() {
    let commits = Int.random(in: 0..<12, using: &random)
    terminals.randomElement(using: &random)?.fuse.light(
      commits: commits, takesLast: Bool.random(using: &random))
  }

  /// The last window is never closed for good.
  private func quit() async throws {
    guard let index = terminals.indices.randomElement(using: &random) else { return }
    await terminals[index].engine.resignSyncer()
    terminals[index].fuse.blow()
    try await reopen()
  }

  private func reopen() async throws {
    for terminal in terminals where terminal.fuse.isBlown {
      await closeLive(terminal, isTold: false)
      try terminal.store.close()
    }
    terminals.removeAll { $0.fuse.isBlown }
    if terminals.isEmpty { try openTerminal() }
  }
}

extension History {
  /// The weather clears, and the user looks at everything that could not be sent.
  private func rest() async throws -> [String] {
    await goOffline(false)
    faultRate = 0
    terminals.forEach { $0.fuse.blow() }
    try await reopen()
    guard let terminal = terminals.first else { return ["no terminal"] }
    for _ in 0..<60 {
      clock.advance(seconds: 400)
      await terminal.engine.syncOnce()
      openLive(terminal)
      await deliver(terminal)
      try await decide()
      if try terminal.store.outbox().isEmpty { break }
    }
    clock.advance(seconds: 1000)
    await terminal.engine.syncOnce()
    await terminal.engine.syncOnce()
    var problems = try terminal.store.outbox().map {
      "left in the outbox: \($0.kind) \($0.className) \($0.objectId) \($0.state) \($0.words ?? "")"
    }
    problems += ledger.problems(on: server.rows("Deal") + server.rows("Contact"), isMine)
    problems += try differences(terminal)
    problems += try terminal.store.integrityProblems()
    return problems
  }

  /// Rows the cache holds otherwise than the server shows them to this user.
  private func differences(_ terminal: Terminal) throws -> [String] {
    var found: [String] = []
    for name in Self.classNames {
      var truth: [String: ParseObject] = [:]
      for row in server.rows(name) where isMine(row) { truth[row.objectId ?? ""] = row }
      for document in try terminal.store.documents(className: name) {
        let (row, other) = (try document.object(), truth.removeValue(forKey: document.id))
        if row.withoutNulls != other?.withoutNulls {
          found.append("\(document.id) differs: \(row) \(String(describing: other))")
        }
      }
      found += truth.keys.sorted().map { "\($0) is missing here" }
    }
    return found
  }

  private func isMine(_ row: ParseObject) -> Bool {
    row.className != "Deal" || Pointer(row["assignedTo"])?.objectId == "userada"
  }

  static let classNames = ["Contact", "Deal"]

  private static let data: SandboxData = {
    var data = SandboxData()
    for name in ["ada", "bob"] {
      data.objects.append(
        ParseObject(
          className: "_User", objectId: "user\(name)",
          fields: [
            "username": .string(name), "email": .string(name + "@campus.example"), "role": "sales",
          ]))
    }
    data.roles["sales"] = SandboxData.Role(users: ["userada", "userbob"])
    data.roles["admin"] = SandboxData.Role(users: [])
    for number in 0..<3 {
      data.objects.append(
        ParseObject(
          className: "Deal", objectId: "deal\(number)",
          fields: [
            "title": .string("Deal \(number)"), "stage": "begin", "amount": .integer(number),
            "assignedTo": Pointer(className: "_User", objectId: "userada").json,
          ]))
    }
    return data
  }()
}

extension ParseObject {
  /// Events hold a null where a find leaves the field out.
  fileprivate var withoutNulls: ParseObject {
    var row = self
    row.fields = JSONObject(fields.members.filter { !$0.value.isNull })
    return row
  }
}
