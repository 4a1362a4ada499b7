import ParseCore

/// All rows of a class by id, and by the ids they point to.
package struct RecordTable<Row: Record>: Sendable {
  private var positions: [RecordID: Int] = [:]
  /// In no particular order.
  package private(set) var all: [Row] = []
  private var links = Row.links.map(LinkTable.init)

  package init() {}

  package var count: Int { all.count }

  package subscript(id: RecordID?) -> Row? {
    position(of: id).map { all[$0] }
  }

  /// Where in `all` a row stands.
  package func position(of id: RecordID?) -> Int? { id.flatMap { positions[$0] } }

  /// The rows that point to an id, in the order of the table.
  package subscript(link: Link<Row>, id: RecordID) -> [Row] {
    positions(link, id).map { all[$0] }
  }

  /// Where in `all` the rows stand that point to an id, ascending.
  package func positions(_ link: Link<Row>, _ id: RecordID) -> [Int] { links[link.place][id] }

  package func contains(_ link: Link<Row>, _ id: RecordID) -> Bool {
    links[link.place].contains(id)
  }

  /// Where the rows stand that point to the same id as a row that is in the table, itself included.
  package func positions(sharing link: Link<Row>, _ row: Row) -> [Int] {
    link.target(row).map { positions(link, $0) } ?? []
  }

  /// Whether another row points to the same id as this one, which is in the table.
  package func sharesTarget(_ link: Link<Row>, _ row: Row) -> Bool {
    link.target(row).map { links[link.place].isShared($0) } ?? false
  }

  /// The ids rows point to, in no particular order.
  package func targets(_ link: Link<Row>) -> [RecordID] { links[link.place].keys }

  package mutating func upsert(_ row: Row) {
    if let position = positions[row.id] {
      for link in links.indices { links[link].replace(all[position], by: row, at: position) }
      all[position] = row
    } else {
      for link in links.indices { links[link].append(row) }
      positions[row.id] = all.count
      all.append(row)
    }
  }

  /// The last row takes the place of the removed one. O(rows that point to the same ids).
  package mutating func remove(_ id: RecordID) {
    guard let position = positions.removeValue(forKey: id), let last = all.last else { return }
    for link in links.indices {
      links[link].remove(all[position], at: position, last: last)
    }
    all.removeLast()
    guard position < all.count else { return }
    all[position] = last
    positions[last.id] = position
  }
}

/// One of the pointers of a class, or another value of its rows, by which they are found.
package struct Link<Row: Record>: Sendable {
  /// Its place among `Row.links`.
  let place: Int
  let target: @Sendable (Row) -> RecordID?

  init(_ place: Int, _ target: @escaping @Sendable (Row) -> RecordID?) {
    self.place = place
    self.target = target
  }
}

/// The positions of a table's rows by one of their pointers: a chain a target, four bytes a row.
private struct LinkTable<Row: Record>: Sendable {
  private let target: @Sendable (Row) -> RecordID?
  private var first: [RecordID: Int32] = [:]
  /// The position of the next row with the same target, −1 at the end.
  private var next: [Int32] = []

  init(_ link: Link<Row>) { target = link.target }

  var keys: [RecordID] { Array(first.keys) }

  func contains(_ id: RecordID) -> Bool { first[id] != nil }

  /// Whether more than one row has the target.
  func isShared(_ id: RecordID) -> Bool { first[id].map { next[Int($0)] >= 0 } ?? false }

  subscript(id: RecordID) -> [Int] {
    var found: [Int] = []
    var position = first[id] ?? -1
    while position >= 0 {
      found.append(Int(position))
      position = next[Int(position)]
    }
    // Rows that come one after another stand in falling order.
    found.reverse()
    if zip(found, found.dropFirst()).contains(where: >) { found.sort() }
    return found
  }

  mutating func append(_ row: Row) {
    next.append(-1)
    link(row, at: next.count - 1)
  }

  mutating func replace(_ old: Row, by new: Row, at position: Int) {
    guard target(old) != target(new) else { return }
    unlink(old, at: position)
    link(new, at: position)
  }

  /// - Parameter last: the last row of the table, which takes the place of the removed one.
  mutating func remove(_ row: Row, at position: Int, last: Row) {
    unlink(row, at: position)
    if position < next.count - 1 {
      unlink(last, at: next.count - 1)
      link(last, at: position)
    }
    next.removeLast()
  }

  private mutating func link(_ row: Row, at position: Int) {
    guard let id = target(row) else { return }
    next[position] = first.updateValue(Int32(position), forKey: id) ?? -1
  }

  private mutating func unlink(_ row: Row, at position: Int) {
    guard let id = target(row), var place = first[id].map(Int.init) else { return }
    let rest = next[position]
    if place == position {
      first[id] = rest < 0 ? nil : rest
    } else {
      while next[place] != position { place = Int(next[place]) }
      next[place] = rest
    }
    next[position] = -1
  }
}
