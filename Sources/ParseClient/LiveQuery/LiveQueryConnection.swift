import ParseCore

/// How long a live connection waits, by default as reference/parse.md §2.4 and §2.7 advise.
struct LiveQueryTiming: Sendable, Hashable {
  /// Servers ping every 10 s; a connection that says nothing for so long is dead.
  var silence: Duration = .seconds(30)
  var firstDelay: Duration = .seconds(1)
  var longestDelay: Duration = .seconds(30)
}

/// The live connection as a value: what happened goes in, what to do comes out.
///
/// It subscribes one class after the other, because most error frames name no subscription and
/// would fit any of several that wait for an answer.
struct LiveQueryConnection: Sendable {
  enum Input: Sendable, Hashable {
    case start
    /// The WebSocket is open; the token is the account's current one.
    case opened(sessionToken: String?)
    case received(WebSocketEvent)
    /// The socket ended; the reason is words for a person.
    case lost(reason: String)
    case tokenChanged
    /// Time went by.
    case tick
  }

  enum Action: Sendable, Hashable {
    case open
    case close
    case send(WebSocketFrame)
    case report(LiveEvent)
    /// Nothing is left to do, for good.
    case finish
  }

  private enum Phase: Sendable, Hashable {
    case idle
    case opening
    /// `connect` is sent.
    case connecting
    case connected
    case waiting(until: Duration)
    case finished
  }

  private let credentials: LiveQueryCredentials
  private let timing: LiveQueryTiming
  private var subscriptions: [LiveSubscription]
  private var phase = Phase.idle
  private var sessionToken: String?
  private var lastHeard: Duration = .zero
  private var failures = 0
  /// Never used twice, so that a late answer of an earlier socket fits nothing.
  private var lastRequestId = 0
  /// Subscriptions of this socket by request id, answered or not.
  private var requests: [Int: LiveSubscription] = [:]
  private var unsent: [LiveSubscription] = []
  private var pending: (requestId: Int, since: Duration)?

  /// - Parameter credentials: without a token, which comes with each `opened`.
  init(
    _ subscriptions: [LiveSubscription], credentials: LiveQueryCredentials,
    timing: LiveQueryTiming = LiveQueryTiming()
  ) {
    self.subscriptions = subscriptions
    self.credentials = credentials
    self.timing = timing
  }

  /// When a `tick` is due; nil when none is.
  var deadline: Duration? {
    switch phase {
    case .idle, .finished: nil
    case .waiting(let until): until
    case .opening, .connecting: lastHeard + timing.silence
    case .connected: min(lastHeard, pending?.since ?? lastHeard) + timing.silence
    }
  }

  /// - Parameters:
  ///   - now: a clock that never goes back, from any start.
  ///   - random: from 0 up to 1, for the jitter of the next delay.
  mutating func handle(_ input: Input, now: Duration, random: Double) -> [Action] {
    guard phase != .finished else { return [] }
    switch input {
    case .start: return open(now)
    case .opened(let token):
      guard phase == .opening else { return [] }
      return connect(token, now)
    case .received(let event):
      guard phase == .connecting || phase == .connected else { return [] }
      // Pings alone do not make a server that never answers `connect` a live one.
      if phase == .connected { lastHeard = now }
      return receive(event, now, random)
    case .lost(let reason):
      switch phase {
      case .opening, .connecting, .connected: return fail(reason, now, random)
      case .idle, .waiting, .finished: return []
      }
    case .tokenChanged:
      guard phase == .connecting || phase == .connected else { return [] }
      let gone = LiveEvent.disconnected(reason: "The session changed.", retryIn: .zero)
      return [.close, .report(gone)] + open(now)
    case .tick: return tick(now, random)
    }
  }

  private mutating func tick(_ now: Duration, _ random: Double) -> [Action] {
    guard let deadline, now >= deadline else { return [] }
    if case .waiting = phase { return open(now) }
    return fail("The server stopped answering.", now, random)
  }

  private mutating func open(_ now: Duration) -> [Action] {
    requests = [:]
    pending = nil
    guard !subscriptions.isEmpty else {
      phase = .finished
      return [.finish]
    }
    phase = .opening
    lastHeard = now
    return [.open]
  }

  private mutating func connect(_ token: String?, _ now: Duration) -> [Action] {
    phase = .connecting
    lastHeard = now
    sessionToken = token
    var credentials = credentials
    credentials.sessionToken = token
    return [.send(.text(LiveQueryRequest.connect(credentials).json.text))]
  }

  /// Waits 1, 2, 4 … 30 s, of which up to half is taken off at random, so that the clients of a
  /// server that went away do not all come back in the same moment.
  private mutating func fail(_ reason: String, _ now: Duration, _ random: Double) -> [Action] {
    let doubled = timing.firstDelay * (1 << min(failures, 20))
    let delay = min(doubled, timing.longestDelay) * (1 - random / 2)
    failures += 1
    requests = [:]
    pending = nil
    phase = .waiting(until: now + delay)
    return [.close, .report(.disconnected(reason: reason, retryIn: delay))]
  }
}

extension LiveQueryConnection {
  private mutating func receive(
    _ event: WebSocketEvent, _ now: Duration, _ random: Double
  ) -> [Action] {
    switch event {
    case .ping(let payload): return [.send(.pong(payload))]
    case .pong, .binary: return []
    case .close(let code, _):
      let answer = Action.send(.close(code: code))
      return [answer] + fail("The server closed the live connection.", now, random)
    case .text(let text):
      let message: LiveQueryMessage
      do {
        message = try LiveQueryMessage(text: text)
      } catch {
        // Later servers may say what this client does not know; polling covers what is missed.
        return []
      }
      return receive(message, now, random)
    }
  }

  private mutating func receive(
    _ message: LiveQueryMessage, _ now: Duration, _ random: Double
  ) -> [Action] {
    switch message {
    case .connected:
      guard phase == .connecting else { return [] }
      phase = .connected
      lastHeard = now
      unsent = subscriptions
      return [.report(.connected)] + subscribeNext(now)
    case .subscribed(let requestId, _):
      guard requestId == pending?.requestId, let subscription = requests[requestId] else {
        return []
      }
      failures = 0
      pending = nil
      return [.report(.subscribed(className: subscription.className))] + subscribeNext(now)
    case .event(let event):
      guard requests[event.requestId] != nil else { return [] }
      return [.report(.event(kind: event.kind, object: event.object, original: event.original))]
    case .error(let fault): return receive(fault, now, random)
    case .unsubscribed, .redirect: return []
    }
  }

  /// Codes 1 (not understood) and 4 (keys refused) claim that connecting anew helps; it does not.
  private mutating func receive(
    _ fault: LiveQueryFault, _ now: Duration, _ random: Double
  ) -> [Action] {
    if fault.error.code == 4 { return refuseAll(fault.error) }
    let isFinal = !fault.reconnect || fault.error.code == 1
    guard isFinal else { return fail("The live connection failed.", now, random) }
    guard let requestId = fault.requestId ?? pending?.requestId else {
      // A connection that could not be made understood will not be later; a running one goes on.
      return phase == .connecting || !fault.reconnect ? refuseAll(fault.error) : []
    }
    return refuse(requestId, fault.error, now)
  }

  private mutating func subscribeNext(_ now: Duration) -> [Action] {
    guard !unsent.isEmpty else { return [] }
    let next = unsent.removeFirst()
    lastRequestId += 1
    requests[lastRequestId] = next
    pending = (lastRequestId, now)
    let request = LiveQueryRequest.subscribe(
      LiveQuerySubscription(
        requestId: lastRequestId, className: next.className, where: next.filter,
        sessionToken: sessionToken))
    return [.send(.text(request.json.text))]
  }

  private mutating func refuse(
    _ requestId: Int, _ error: ParseError, _ now: Duration
  ) -> [Action] {
    guard let refused = requests.removeValue(forKey: requestId) else { return [] }
    subscriptions.removeAll { $0 == refused }
    var actions = [Action.report(.refused(className: refused.className, error))]
    if pending?.requestId == requestId {
      pending = nil
      actions += subscribeNext(now)
    }
    if subscriptions.isEmpty {
      phase = .finished
      actions += [.close, .finish]
    }
    return actions
  }

  private mutating func refuseAll(_ error: ParseError) -> [Action] {
    phase = .finished
    let reports = subscriptions.map {
      Action.report(.refused(className: $0.className, error))
    }
    subscriptions = []
    return reports + [.close, .finish]
  }
}
