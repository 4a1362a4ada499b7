/// What has become of the entries of a table lately.
struct EntryHistory {
  enum Event {
    case changed(Int)
    /// By the clock alone.
    case aged([Int32])
    case arrived(Int)
    /// The last of so many took its position.
    case removed(Int, of: Int, RecordID)
    /// A row that came since took the position of one that is gone.
    case replaced(Int, RecordID)
  }

  /// The latest events, oldest first.
  private var log: [Event] = []
  /// Positions in the log that have aged.
  private var agedCount = 0
  /// How many events there were; the log ends with the last one.
  private(set) var version = 0
  private static var longestLog: Int { 4096 }
  private static var mostAged: Int { 1 << 18 }

  mutating func note(_ event: Event) {
    version += 1
    log.append(event)
    if log.count >= 2 * Self.longestLog { log.removeFirst(Self.longestLog) }
    guard case .aged(let positions) = event else { return }
    agedCount += positions.count
    if agedCount > Self.mostAged { shareAged() }
  }

  /// Gives each look at the clock all positions that aged at any: who has missed some of them looks
  /// at a few rows more, and one array is enough.
  private mutating func shareAged() {
    var all: Set<Int32> = []
    for case .aged(let positions) in log { all.formUnion(positions) }
    let shared = all.sorted()
    for place in log.indices {
      if case .aged = log[place] { log[place] = .aged(shared) }
    }
    agedCount = shared.count
  }

  /// What has changed since a version; nil when that is too long ago.
  func news(since version: Int) -> EntryNews? {
    let count = self.version - version
    guard count <= log.count else { return nil }
    var news = EntryNews()
    for event in log.suffix(count) { news.add(event) }
    news.finish()
    return news
  }
}

/// What several events come to. Positions are those of now, but where they are said to be of then.
struct EntryNews {
  /// Worked out anew because of a change, come since, or moved.
  private(set) var changed: Set<Int> = []
  /// Positions that have aged, in several arrays; some may be gone or have changed too.
  private(set) var aged: [[Int32]] = []
  /// Where entries stand now, by their position then. An id that went and came again has moved.
  private(set) var moves: [Int: Int] = [:]
  /// Positions then of those that went.
  private(set) var gone: Set<Int> = []
  /// Positions then, by that of now, where they differ; nil of those that came since.
  private var origins: [Int: Int?] = [:]
  private var goneIDs: [RecordID: Int] = [:]

  var isEmpty: Bool { changed.isEmpty && aged.isEmpty && gone.isEmpty }
  var isMoved: Bool { !(moves.isEmpty && gone.isEmpty) }
  /// Positions of entries that came since.
  var arrivals: [Int] { origins.compactMap { $0.value == nil ? $0.key : nil } }

  private func origin(_ position: Int) -> Int? { origins[position] ?? position }

  fileprivate mutating func add(_ event: EntryHistory.Event) {
    switch event {
    case .changed(let position): changed.insert(position)
    case .aged(let positions): aged.append(positions)
    case .arrived(let position):
      origins[position] = .some(nil)
      changed.insert(position)
    case .replaced(let position, let id):
      lose(position, id)
      origins[position] = .some(nil)
      changed.insert(position)
    case .removed(let position, let count, let id):
      let last = count - 1
      lose(position, id)
      let then = origin(last)
      origins[last] = nil
      changed.remove(last)
      if position != last {
        origins[position] = .some(then)
        changed.insert(position)
      }
    }
  }

  private mutating func lose(_ position: Int, _ id: RecordID) {
    guard let then = origin(position) else { return }
    gone.insert(then)
    goneIDs[id] = then
  }

  fileprivate mutating func finish() {
    for case (let position, let then?) in origins where then != position { moves[then] = position }
  }

  /// Has ids that went and came again stay what they were.
  ///
  /// - Parameter id: of the entry at a position of now.
  mutating func joinReturned(_ id: (Int) -> RecordID) {
    guard !goneIDs.isEmpty else { return }
    for position in arrivals {
      guard let then = goneIDs[id(position)], gone.remove(then) != nil else { continue }
      origins[position] = .some(then)
      moves[then] = position
    }
  }
}
