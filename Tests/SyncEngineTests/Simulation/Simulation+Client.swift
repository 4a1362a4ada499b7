import JSONCache
import ParseCore

@testable import ParseClient
@testable import SyncEngine

/// What one process of the client holds in memory.
struct ClientModel {
  /// Which process of the client this is.
  var run = 0
  var token: String
  var wantsNewToken = false
  var needsSignIn = false
  var connection: LiveQueryConnection?
  /// The socket in use, and the number of the last one opened.
  var socket: Int?
  var lastSocket = 0
  var backlog: LiveBacklog
  var inbox: LiveInbox
  /// A reader that is kept busy takes nothing before.
  var slowUntil = 0
  var round: PullRound?
  var gaps: LiveInbox.Gaps = [:]
  var next: Wake?
  var checks: [RowCheck] = []
  var isChecking = false
  var pollNumber = 0
  var failedTries = 0

  init(token: String, mostEvents: Int) {
    self.token = token
    backlog = LiveBacklog(mostRows: mostEvents)
    inbox = LiveInbox(mostEvents: mostEvents)
  }
}

extension Simulation {
  mutating func start() throws {
    try openConnection()
    schedulePoll(at: now)
  }

  mutating func restartClient() {
    count("client restarted")
    if let socket = client.socket { server.sockets[socket] = nil }
    var fresh = ClientModel(token: client.token, mostEvents: plan.mostEvents)
    fresh.run = client.run + 1
    fresh.lastSocket = client.lastSocket
    fresh.pollNumber = client.pollNumber
    fresh.needsSignIn = client.needsSignIn
    client = fresh
    timeline.add(.tick, at: now)
    schedulePoll(at: now)
  }

  mutating func signIn() throws {
    count("signed in")
    renewToken()
    client.needsSignIn = false
    try openConnection()
    try pull(.refresh)
  }

  private mutating func openConnection() throws {
    let subscriptions = try ServerModel.classNames.map { name throws in
      try LiveSubscription(className: name)
    }
    // Ten times the usual silence: the server model pings only when the silence would end.
    client.connection = LiveQueryConnection(
      subscriptions, credentials: LiveQueryCredentials(applicationId: "campus"),
      timing: LiveQueryTiming(silence: .seconds(300)))
    try hand(.start)
  }

  /// Gives the connection what happened and performs what it wants.
  mutating func hand(_ input: LiveQueryConnection.Input) throws {
    let draw = Double(Int.random(in: 0..<1000, using: &random)) / 1000
    let actions = client.connection?.handle(input, now: .milliseconds(now), random: draw) ?? []
    for action in actions {
      switch action {
      case .open:
        client.lastSocket += 1
        client.socket = client.lastSocket
        let canOpen = isLinkUp && server.isUp
        after(
          20...300, canOpen ? .opened(socket: client.lastSocket) : .lost(socket: client.lastSocket))
      case .close: closeSocket()
      case .send(let frame):
        guard let socket = client.socket, frame.opcode == .text else { continue }
        after(5...60, .toServer(socket: socket, String(decoding: frame.payload, as: UTF8.self)))
      case .report(let event):
        client.backlog.append(event)
        timeline.add(.read(run: client.run), at: max(now, client.slowUntil))
      case .finish: count("connection gave up")
      }
    }
    if let due = client.connection?.deadline {
      // A little late rather than a fraction too early: the quotient is rounded.
      timeline.add(.tick, at: max(now, Int(due / .milliseconds(1))) + 2)
    }
  }

  private mutating func closeSocket() {
    if let socket = client.socket { server.sockets[socket] = nil }
    client.socket = nil
  }

  mutating func tick() throws {
    if client.connection == nil, !client.needsSignIn { return try openConnection() }
    if client.wantsNewToken {
      client.wantsNewToken = false
      return try hand(.tokenChanged)
    }
    guard let due = client.connection?.deadline, due <= .milliseconds(now) else { return }
    if let socket = client.socket, server.sockets[socket] != nil, isLinkUp, server.isUp {
      try hand(.received(.ping([])))
    }
    let wasOpen = client.socket != nil
    try hand(.tick)
    if wasOpen, client.socket == nil { count("dead peer found") }
  }

  mutating func read() throws {
    guard now >= client.slowUntil else { return }
    while let event = client.backlog.popFirst() {
      if case .missed = event { count("backlog overflowed") }
      if case .event = event { count("event") }
      for effect in client.inbox.hear(event) {
        switch effect {
        case .reached: client.failedTries = 0
        case .publish: break
        case .pull: try pull(.poll)
        case .drain: after(0...300, .drain(run: client.run))
        }
      }
    }
  }
}

/// Asking.
extension Simulation {
  private mutating func schedulePoll(at time: Int) {
    client.pollNumber += 1
    timeline.add(.poll(number: client.pollNumber), at: time)
  }

  mutating func poll() throws {
    if plan.polls { schedulePoll(at: now + Int(configuration.pollInterval / .milliseconds(1))) }
    try pull(.poll)
  }

  private mutating func pull(_ reason: Wake) throws {
    guard !client.needsSignIn else { return }
    guard client.round == nil else {
      client.next = client.next == .refresh ? .refresh : reason
      return
    }
    client.gaps = client.inbox.beginRound()
    client.round = PullRound(
      configuration, marks: try store.syncMarks(), isRefresh: reason == .refresh,
      gaps: Set(client.gaps.keys))
    count("round")
    try ask()
  }

  private mutating func ask() throws {
    guard var round = client.round else { return }
    let store = store
    var failure: CacheError?
    let query = round.next(now: clientTime) { className in
      do throws(CacheError) {
        return try store.serverVersions(className: className)
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    client.round = round
    guard let query, !client.needsSignIn else { return try endRound() }
    if query.keys != nil { count("id walk page") }
    send(query, .round)
  }

  private mutating func send(_ query: Query, _ purpose: Request.Purpose) {
    let request = Request(
      run: client.run, query: query, purpose: purpose, token: client.token, asked: clientTime)
    after(5...(chance(10) ? 5000 : 100), .request(request))
  }

  private mutating func endRound() throws {
    guard let round = client.round else { return }
    client.inbox.endRound(client.gaps, compared: round.done)
    client.round = nil
    if let reason = client.next {
      client.next = nil
      try pull(reason)
    }
  }

  mutating func drain() throws {
    guard !client.isChecking else { return }
    let burst = client.inbox.take()
    guard !burst.isEmpty else { return }
    client.checks = RowCheck.checks(try store.absorb(burst, now: clientTime))
    try check()
  }

  private mutating func check() throws {
    guard !client.checks.isEmpty else {
      client.isChecking = false
      return after(0...300, .drain(run: client.run))
    }
    client.isChecking = true
    let check = client.checks.removeFirst()
    if client.needsSignIn {
      client.inbox.missed([check.className])
      return try self.check()
    }
    count("row check")
    send(check.query, .check(check))
  }

  mutating func take(_ request: Request, _ result: Result<FindAnswer, ClientError>) throws {
    guard request.run == client.run else { return }
    switch (result, request.purpose) {
    case (.success(let answer), .round):
      client.failedTries = 0
      let time = clientTime
      let writes = client.round?.take(answer, now: time) ?? []
      for write in writes { try store.perform(client.inbox.allowed(write)) }
      try ask()
    case (.success(let answer), .check(let check)):
      let writes = check.writes(answer, asked: request.asked, now: clientTime, source: .live)
      for write in writes { try store.perform(write) }
      if let rest = check.rest(answer) { client.checks.insert(rest, at: 0) }
      try self.check()
    case (.failure(let error), .round):
      try note(error)
      try endRound()
    case (.failure(let error), .check(let check)):
      client.inbox.missed([check.className])
      try note(error)
      try self.check()
    }
  }

  private mutating func note(_ error: ClientError) throws {
    if error.retry == .afterSignIn {
      guard !client.needsSignIn else { return }
      client.needsSignIn = true
      closeSocket()
      client.connection = nil
      client.inbox.stop()
      return after(Self.minute...10 * Self.minute, .signIn)
    }
    client.failedTries += 1
    let pause = Backoff.connection.seconds(tries: client.failedTries, random: 0.5)
    schedulePoll(at: now + Int(pause * 1000))
  }
}
