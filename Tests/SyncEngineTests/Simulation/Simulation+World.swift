import ParseClient
import ParseCore

/// What happens to the server, the network and the people.
extension Simulation {
  mutating func world() {
    after(Self.minute...80 * Self.minute, .world)
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<60: save()
    case 60..<66: for _ in 0..<Int.random(in: 5...12, using: &random) { save() }
    case 66..<72: if let socket = client.socket { loseSocket(socket, isTold: true) }
    case 72..<77: if let socket = client.socket { loseSocket(socket, isTold: false) }
    case 77..<81: loseNetwork()
    case 81..<85: restartServer()
    case 85..<89: restartClient()
    case 89..<92: changePassword()
    case 92..<94:
      count("session ended")
      server.tokens = []
    case 94..<97:
      client.slowUntil = now + Int.random(in: 1...120, using: &random) * Self.minute
      timeline.add(.read(run: client.run), at: client.slowUntil)
      for _ in 0..<8 { save() }
    default: if plan.polls { server.hasRole.toggle() }
    }
  }

  private mutating func save() {
    let known = server.pointers
    if known.count < 4 || chance(18) {
      made += 1
      let name = ServerModel.classNames[made % 2]
      tell(server.create(name, "row\(made)", needsRole: chance(20), at: serverTime))
      return
    }
    guard let pointer = known.randomElement(using: &random),
      busyRows.insert(pointer).inserted
    else { return }
    let change: ServerModel.Change
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: change = .delete
    case 2: change = .open(false)
    case 3, 4: change = .open(true)
    default: change = .set(Int.random(in: 0..<1000, using: &random))
    }
    // The row is stamped when the save begins and seen when it is committed: out of order at times.
    let delay = chance(30) ? Int.random(in: 0...50_000, using: &random) : 1
    timeline.add(.commit(change, pointer, stamp: now), at: now + delay)
  }

  mutating func commit(_ change: ServerModel.Change, _ pointer: Pointer, _ stamp: Int) {
    busyRows.remove(pointer)
    let time = serverTime.milliseconds - Int64(now - stamp)
    tell(server.apply(change, to: pointer, at: ParseDate(milliseconds: time)))
  }

  /// Most frames arrive; some late, and so out of order; some never.
  private mutating func tell(_ frames: [(socket: Int, text: String)]) {
    for frame in frames {
      if chance(5) {
        count("event lost")
        continue
      }
      after(5...(chance(10) ? 5000 : 60), .toClient(socket: frame.socket, .text(frame.text)))
    }
  }

  mutating func serverHears(_ text: String, on socket: Int) throws {
    guard server.isUp, !deadSockets.contains(socket),
      let answer = try server.hear(text, on: socket)
    else { return }
    after(5...60, .toClient(socket: socket, .text(answer)))
  }

  /// - Parameter isTold: The end of the connection reaches the client; else it only falls silent.
  mutating func loseSocket(_ socket: Int, isTold: Bool) {
    count(isTold ? "socket lost" : "socket silent")
    server.sockets[socket] = nil
    deadSockets.insert(socket)
    if isTold { after(1...100, .lost(socket: socket)) }
  }

  private mutating func loseNetwork() {
    guard isLinkUp else { return }
    count("network lost")
    isLinkUp = false
    if let socket = client.socket { loseSocket(socket, isTold: chance(50)) }
    after(Self.minute...10 * Self.minute, .linkUp)
  }

  private mutating func restartServer() {
    guard server.isUp else { return }
    count("server restarted")
    server.isUp = false
    server.sockets = [:]
    if let socket = client.socket { loseSocket(socket, isTold: isLinkUp) }
    after(5000...120_000, .serverUp)
  }

  /// All sessions end, and this client gets the new one.
  private mutating func changePassword() {
    guard !client.needsSignIn, !server.tokens.isEmpty else { return }
    count("token changed")
    renewToken()
    client.wantsNewToken = true
    timeline.add(.tick, at: now)
  }

  mutating func renewToken() {
    lastToken += 1
    server.tokens = ["r:\(lastToken)"]
    client.token = "r:\(lastToken)"
  }

  mutating func evaluate(_ request: Request) throws {
    guard isLinkUp else {
      after(1000...1000, .answer(request, .failure(.noNetwork(.connectionLost))))
      return
    }
    let result = try server.find(request.query, token: request.token, now: serverTime)
    if chance(3) {
      count("answer lost")
      after(60_000...60_000, .answer(request, .failure(.timedOut)))
    } else {
      after(5...(chance(10) ? 20_000 : 400), .answer(request, result))
    }
  }
}
