package import ParseClient
import ParseCore

/// What the live connection has told, as a value: which classes are live, which may have missed
/// something, and the events that wait to be written.
package struct LiveInbox: Sendable {
  /// What the engine is to do.
  package enum Effect: Sendable, Hashable {
    /// The server can be reached.
    case reached
    case publish
    /// Read by REST what events did not tell.
    case pull
    /// Write the burst.
    case drain
  }

  /// A gap that an earlier round cannot close.
  package typealias Gaps = [String: Int]

  private let mostEvents: Int
  package private(set) var liveClasses: Set<String> = []
  /// Classes of which events may have been missed, each with the number of its latest gap.
  package private(set) var gaps: Gaps = [:]
  private var lastGap = 0
  private var events: [LiveEvent] = []
  /// Rows that came into sight since the round of asking began.
  private var appeared: Set<Pointer> = []

  /// - Parameter mostEvents: What waits beyond that is dropped and read by REST.
  package init(mostEvents: Int = 4096) { self.mostEvents = mostEvents }

  /// The cached rows of the class are the server's, but for events on their way.
  package func isFresh(_ className: String) -> Bool {
    liveClasses.contains(className) && gaps[className] == nil
  }

  package mutating func hear(_ event: LiveEvent) -> [Effect] {
    switch event {
    case .connected: return [.reached]
    case .subscribed(let className):
      liveClasses.insert(className)
      // Nobody repeats what happened before (reference/parse.md §2.6).
      missed([className])
      return [.publish, .pull]
    case .event(let kind, let object, _): return hear(kind, object, event)
    case .missed(let classNames):
      missed(classNames)
      return [.pull]
    case .refused(let className, _):
      liveClasses.remove(className)
      return [.publish]
    case .disconnected:
      let wasLive = !liveClasses.isEmpty
      liveClasses = []
      // Whether the server is there at all shows at once; tries in vain later do not ask again.
      return wasLive ? [.publish, .pull] : [.publish]
    }
  }

  private mutating func hear(
    _ kind: LiveEvent.Kind, _ object: ParseObject, _ event: LiveEvent
  ) -> [Effect] {
    guard events.count < mostEvents else {
      missed(Set(events.compactMap(\.className)).union([object.className]))
      events = []
      return [.pull]
    }
    events.append(event)
    if kind == .create || kind == .enter, let pointer = object.pointer { appeared.insert(pointer) }
    return [.drain]
  }

  /// Notes that the cache may lack something of these classes, until a round has compared them.
  package mutating func missed(_ classNames: Set<String>) {
    lastGap += 1
    for name in classNames { gaps[name] = lastGap }
  }

  /// No events come until classes are subscribed anew.
  package mutating func stop() { liveClasses = [] }

  /// The events that waited.
  package mutating func take() -> LiveBurst {
    defer { events = [] }
    return LiveBurst(events)
  }
}

extension LiveInbox {
  /// A round of asking begins; it can close these gaps.
  package mutating func beginRound() -> Gaps {
    appeared = []
    return gaps
  }

  /// Closes the gaps of compared classes, but for those that opened meanwhile.
  package mutating func endRound(_ seen: Gaps, compared: Set<String>) {
    for name in compared where gaps[name] == seen[name] { gaps[name] = nil }
  }

  /// What a round found, in the light of what was heard while it asked: rows that came into sight
  /// meanwhile are not gone.
  package mutating func allowed(_ write: CacheWrite) -> CacheWrite {
    guard case .gone(let className, let ids, let time, let source) = write else { return write }
    let gone = ids.filter {
      !appeared.contains(Pointer(className: className, objectId: $0))
    }
    if gone.count < ids.count { missed([className]) }
    return .gone(className: className, ids: gone, at: time, source: source)
  }
}

extension LiveEvent {
  fileprivate var className: String? {
    if case .event(_, let object, _) = self { object.className } else { nil }
  }
}
