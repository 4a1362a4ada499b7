/// A row of a long list. A class: lists are filtered, sorted and handed from thread to thread, and
/// a row's many fields cost more to copy than to reach.
protocol ListRow: AnyObject, Sendable {
  associatedtype View: ListView<Self>
  var packedID: PackedID { get }
  var id: RecordID { get }
  /// What a filter finds it by.
  var words: [String] { get }
  /// Whether the numbers over all rows are the same with another row in the place of this one.
  func countsLike(_ other: Self) -> Bool
  /// Whether it may be part of those numbers; what never is one of them need not be looked at.
  var isWeighed: Bool { get }
}

extension ListRow {
  func countsLike(_ other: Self) -> Bool { false }
  var isWeighed: Bool { true }
}

/// The built-in views of a list.
protocol ListView<Row>: CaseIterable, RawRepresentable<String> {
  associatedtype Row
  func holds(_ row: Row) -> Bool
  /// Bins that are counted over all rows besides the views.
  static var bins: Int { get }
  /// The bin a row counts in; nil for none.
  static func bin(of row: Row) -> Int?
}

extension ListView {
  static var bins: Int { 0 }
  static func bin(of row: Row) -> Int? { nil }

  /// How many rows each view holds, in the order of the views, then each bin.
  static func counts(_ rows: [Row]) -> [Int] {
    var counts = [Int](repeating: 0, count: allCases.count + bins)
    for row in rows { count(row, into: &counts, by: 1) }
    return counts
  }

  /// All views of a screen with their numbers.
  static func all(_ counts: [Int], _ title: (Self) -> String) -> [ViewCount] {
    zip(allCases, counts).map { view, count in
      ViewCount(id: view.rawValue, title: title(view), count: count)
    }
  }

  static func count(_ row: Row, into counts: inout [Int], by step: Int) {
    for (place, view) in allCases.enumerated() where view.holds(row) { counts[place] += step }
    if let bin = bin(of: row) { counts[allCases.count + bin] += step }
  }
}

/// Which rows a request picks, and in which order.
struct ListSelection<Row: ListRow> {
  let holds: (Row) -> Bool
  let order: RowOrder<Row>

  init(_ view: Row.View, filter: String, _ order: RowOrder<Row>) {
    let words = SearchWords(filter)
    holds = { view.holds($0) && words.matches($0.words) }
    self.order = order
  }

  /// Only rows that another question is answered yes for too.
  init(_ selection: ListSelection, and holds: @escaping (Row) -> Bool) {
    self.holds = { selection.holds($0) && holds($0) }
    order = selection.order
  }
}

/// The rows of a class with what a list screen shows of them.
struct Listing<Row: ListRow> {
  /// At the positions of the table.
  let rows: [Row]
  /// How many each view holds, in the order of the views, then each bin.
  let counts: [Int]
  let list: Rows<Row>
}

extension Listing {
  /// - Parameters:
  ///   - counts: where they are known.
  ///   - candidates: the rows among which the selection's are; nil for all.
  ///   - previous: the ids as last shown; empty takes the order of the selection.
  init(
    _ rows: [Row], counts: [Int]? = nil, _ selection: ListSelection<Row>,
    candidates: [Row]? = nil, isComplete: Bool, previous: RecordIDs
  ) {
    let held = (candidates ?? rows).filter(selection.holds)
    self.init(
      rows: rows, counts: counts ?? Row.View.counts(rows),
      list: Rows(
        sorted: selection.order.sorted(held), all: rows.count, isComplete: isComplete,
        previous: previous, id: \.id))
  }
}

extension Listing {
  func views(_ title: (Row.View) -> String) -> [ViewCount] { Row.View.all(counts, title) }
}
