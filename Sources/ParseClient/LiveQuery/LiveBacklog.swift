import ParseCore

/// The events a reader has not taken yet, at most so many. What is too much becomes one `missed`.
struct LiveBacklog: Sendable {
  /// Far more states than a reader that runs at all leaves behind.
  private static let mostStates = 64

  private let mostRows: Int
  private var events: [LiveEvent] = []
  private var start = 0
  private var rows = 0

  init(mostRows: Int = 10_000) { self.mostRows = mostRows }

  var count: Int { events.count - start }

  mutating func append(_ event: LiveEvent) {
    switch event {
    case .event(_, let object, _):
      guard rows < mostRows else { return overflow(object.className) }
      rows += 1
    case .disconnected where count - rows >= Self.mostStates:
      // Only the last state counts; after it every class is subscribed, and read, anew.
      forget(\.isState)
    default: break
    }
    events.append(event)
  }

  mutating func popFirst() -> LiveEvent? {
    guard start < events.count else { return nil }
    let event = events[start]
    start += 1
    if case .event = event { rows -= 1 }
    if start == events.count { forget { _ in true } }
    return event
  }

  private mutating func overflow(_ className: String) {
    var classNames: Set<String> = [className]
    for event in events[start...] {
      switch event {
      case .event(_, let object, _): classNames.insert(object.className)
      case .missed(let names): classNames.formUnion(names)
      default: break
      }
    }
    forget { event in
      switch event {
      case .event, .missed: true
      default: false
      }
    }
    rows = 0
    events.append(.missed(classNames: classNames))
  }

  private mutating func forget(_ isForgotten: (LiveEvent) -> Bool) {
    events = events[start...].filter { !isForgotten($0) }
    start = 0
  }
}

extension LiveEvent {
  fileprivate var isState: Bool {
    switch self {
    case .connected, .subscribed, .disconnected: true
    case .event, .missed, .refused: false
    }
  }
}
