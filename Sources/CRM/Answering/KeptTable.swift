import ParseCore

/// The rows of a class with the lists made of them, until something they rest on changes.
struct KeptTable<Row: ListRow> {
  private var entries = KeptEntries<Row>()
  private var lists: [ListRequest: KeptList<Row>] = [:]
  /// Of the lists, the one that was asked for last at the end.
  private var asked: [ListRequest] = []
  /// The rows that are part of the numbers over all; empty until they are counted.
  private var isWeighed: [Bool] = []
  /// How many rows each view holds; nil until it is asked for.
  private var counts: [Int]?
  /// How often the numbers over all rows may have changed.
  private(set) var numbers = 0
  /// Most lists of which the order is remembered, four bytes a row, and of which the rows are.
  private static var mostLists: Int { 16 }
  private static var mostShown: Int { 2 }

  var isKept: Bool { entries.isKept }

  mutating func touch(_ position: Int?) { entries.touch(position) }

  /// See `KeptEntries.pass`.
  mutating func pass(to now: ParseDate) { entries.pass(to: now) }

  /// See `KeptEntries.remove`.
  mutating func remove(at position: Int, of count: Int, id: RecordID) {
    guard let gone = entries.remove(at: position, of: count, id: id) else { return }
    numbers += 1
    // Rows that were only made ready have been neither counted nor weighed.
    guard var counts else { return }
    Row.View.count(gone, into: &counts, by: -1)
    self.counts = counts
    isWeighed[position] = isWeighed[count - 1]
    isWeighed.removeLast()
  }

  /// See `KeptEntries.prepare`.
  mutating func prepare<Record>(
    _ count: Int, of table: [Record], make: (Record, inout ClockEdge) -> Row
  ) -> Bool {
    entries.prepare(count, of: table, make: make)
  }

  /// All rows, and how many each view holds. See `KeptEntries.all`.
  mutating func counted<Record>(
    of table: [Record], make: (Record, inout ClockEdge) -> Row,
    age: ((Row, inout ClockEdge) -> Row)? = nil
  ) -> (rows: [Row], counts: [Int]) {
    let rows = renew(of: table, make, age)
    let counts = counts ?? Row.View.counts(rows)
    self.counts = counts
    return (rows, counts)
  }

  /// Equal to a listing of all rows made anew. O(changed rows · log n) in calls of the order, and
  /// O(n) in bare numbers, but for rows that change places.
  mutating func listing<Record>(
    of table: [Record], _ request: ListRequest, _ selection: ListSelection<Row>,
    isComplete: Bool, previous: RecordIDs, make: (Record, inout ClockEdge) -> Row,
    age: ((Row, inout ClockEdge) -> Row)? = nil
  ) -> Listing<Row> {
    let (rows, counts) = counted(of: table, make: make, age: age)
    // Out of the dictionary, so that its arrays change in place.
    var list = lists.removeValue(forKey: request)
    if let news = list.flatMap({ entries.history.news(since: $0.version) }) {
      list?.follow(news, rows, selection, previous: previous)
    } else {
      list = KeptList(rows, selection, previous: previous)
    }
    list?.version = entries.history.version
    list?.answer.all = rows.count
    list?.answer.isComplete = isComplete
    lists[request] = list
    note(request)
    return Listing(rows: rows, counts: counts, list: list?.answer ?? Rows())
  }

  /// All rows that are part of the numbers over all, as they were last asked for. O(those) and O(n)
  /// in bytes.
  func weighed(_ rows: [Row]) -> [Row] {
    isWeighed.indices.lazy.filter { isWeighed[$0] }.map { rows[$0] }
  }

  private mutating func note(_ request: ListRequest) {
    asked.removeAll { $0 == request }
    asked.append(request)
    if asked.count > Self.mostLists { lists[asked.removeFirst()] = nil }
    if asked.count > Self.mostShown { lists[asked[asked.count - 1 - Self.mostShown]]?.dropRows() }
  }

  private mutating func renew<Record>(
    of table: [Record], _ make: (Record, inout ClockEdge) -> Row,
    _ age: ((Row, inout ClockEdge) -> Row)?
  ) -> [Row] {
    let areCounted = counts != nil
    var (counts, numbers, isWeighed) = (counts ?? [], numbers, isWeighed)
    self.isWeighed = []
    let rows = entries.all(of: table, make: make, age: age) { position, old, new in
      if !(old?.countsLike(new) ?? false) { numbers += 1 }
      guard areCounted else { return }
      if let old {
        Row.View.count(old, into: &counts, by: -1)
        isWeighed[position] = new.isWeighed
      } else {
        isWeighed.append(new.isWeighed)
      }
      Row.View.count(new, into: &counts, by: 1)
    }
    self.isWeighed = areCounted ? isWeighed : rows.map(\.isWeighed)
    if areCounted { self.counts = counts }
    self.numbers = numbers
    return rows
  }
}
