import ParseCore

/// Performs what `LiveQueryConnection` decides: sockets, timers and reports. One task runs it.
struct LiveQueryRunner {
  private enum Signal: Sendable {
    /// With the number of its socket: what an abandoned one still says is dropped.
    case socket(Int, SocketEvent)
    case tokenChanged
    case timer
  }

  private let network: Network
  private let url: ServerURL
  private let limits: HTTPRequest.Limits
  private let sessionToken: @Sendable () -> String?
  private let report: LiveMailbox
  private let signals: AsyncStream<Signal>
  private let signal: AsyncStream<Signal>.Continuation
  private let clock = ContinuousClock()
  private let start = ContinuousClock.now

  private var connection: LiveQueryConnection
  private var socket: Network.Socket?
  private var socketNumber = 0
  private var link: WebSocketLink?
  /// The socket's close frame is sent; nothing may follow it (RFC 6455 §5.5.1).
  private var saidGoodbye = false
  private var pump: Task<Void, Never>?
  private var timer: (due: Duration, task: Task<Void, Never>)?

  init(
    _ connection: LiveQueryConnection, network: Network, url: ServerURL,
    limits: HTTPRequest.Limits, sessionToken: @escaping @Sendable () -> String?,
    report: LiveMailbox
  ) {
    self.connection = connection
    self.network = network
    self.url = url
    self.limits = limits
    self.sessionToken = sessionToken
    self.report = report
    (signals, signal) = AsyncStream.makeStream()
  }

  /// Tells the running connection that the account's token changed.
  var tokenChanged: @Sendable () -> Void {
    { [signal] in signal.yield(.tokenChanged) }
  }

  /// Runs until its task is cancelled or the connection has nothing left to do.
  mutating func run() async {
    var goesOn = handle(.start)
    var iterator = signals.makeAsyncIterator()
    while goesOn, let next = await iterator.next() {
      goesOn = receive(next)
    }
    timer?.task.cancel()
    dropSocket()
    report.finish()
  }

  private mutating func receive(_ signal: Signal) -> Bool {
    switch signal {
    case .tokenChanged: return handle(.tokenChanged)
    case .timer:
      timer = nil
      return handle(.tick)
    case .socket(let number, let event):
      guard number == socketNumber else { return true }
      return receive(event)
    }
  }

  private mutating func receive(_ event: SocketEvent) -> Bool {
    switch event {
    case .connected:
      let nonce = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
      guard let link = WebSocketLink(url, nonce: nonce) else {
        return handle(.lost(reason: "The live address is malformed."))
      }
      self.link = link
      socket?.send(link.request)
      return true
    case .closed(let failure):
      let words = failure.map { ClientError($0).words } ?? "The live connection was closed."
      return handle(.lost(reason: words))
    case .received(let bytes):
      do throws(WebSocketFailure) {
        for output in try link?.receive(bytes) ?? [] {
          let input =
            switch output {
            case .opened: LiveQueryConnection.Input.opened(sessionToken: sessionToken())
            case .event(let event): LiveQueryConnection.Input.received(event)
            }
          if !handle(input) { return false }
        }
        return true
      } catch {
        if let code = error.closeCode { send(.close(code: code)) }
        return handle(.lost(reason: error.words))
      }
    }
  }

  /// Performs what the connection wants. False when it is done for good.
  private mutating func handle(_ input: LiveQueryConnection.Input) -> Bool {
    let actions = connection.handle(
      input, now: clock.now - start, random: Double.random(in: 0..<1))
    for action in actions {
      switch action {
      case .open: openSocket()
      case .close: dropSocket()
      case .send(let frame): send(frame)
      case .report(let event): report.post(event)
      case .finish: return false
      }
    }
    setTimer()
    return true
  }

  private mutating func openSocket() {
    dropSocket()
    let address = url.withScheme(url.isSecure ? "https" : "http")
    let socket = network.open(SocketRequest(url: address, limits: limits))
    self.socket = socket
    pump = Task { [signal, socketNumber] in
      for await event in socket.events { signal.yield(.socket(socketNumber, event)) }
    }
  }

  private mutating func dropSocket() {
    if link != nil { send(.close(code: 1000)) }
    socket?.close()
    pump?.cancel()
    socket = nil
    link = nil
    pump = nil
    saidGoodbye = false
    socketNumber += 1
  }

  private mutating func send(_ frame: WebSocketFrame) {
    guard !saidGoodbye else { return }
    saidGoodbye = frame.opcode == .close
    socket?.send(frame.encoded(maskKey: UInt32.random(in: .min ... .max)))
  }

  /// Keeps a timer that rings too early rather than set one for every frame: a tick before its time
  /// does nothing.
  private mutating func setTimer() {
    guard let due = connection.deadline else { return }
    if let timer, timer.due <= due { return }
    timer?.task.cancel()
    let wait = max(.zero, due - (clock.now - start))
    let task = Task { [signal, clock] in
      do {
        try await clock.sleep(for: wait)
        signal.yield(.timer)
      } catch {
        // Cancelled: an earlier timer took its place, or the connection ended.
      }
    }
    timer = (due, task)
  }
}
