import ParseCore

/// All rows of a class by id, and by the ids they point to.
package struct RecordTable<Row: Record>: Sendable {
  private var index = PositionIndex()
  /// In no particular order.
  package private(set) var all: [Row] = []
  private var links = Row.links.map(LinkTable.init)

  package init() {}

  package var count: Int { all.count }

  package subscript(id: RecordID?) -> Row? {
    position(of: id).map { all[$0] }
  }

  /// Where in `all` a row stands.
  package func position(of id: RecordID?) -> Int? {
    position(of: PackedID(id))
  }

  func position(of id: PackedID) -> Int? {
    id.isNone ? nil : index.find(id.hash) { all[$0].meta.packedID == id }
  }

  subscript(id: PackedID) -> Row? { position(of: id).map { all[$0] } }

  /// The rows that point to an id, in the order of the table.
  package subscript(link: Link<Row>, id: RecordID) -> [Row] {
    positions(link, id).map { all[$0] }
  }

  /// The same of a link to ids.
  subscript(link: Link<Row>, id: PackedID) -> [Row] {
    links[link.place].positions(.id(id), all).map { all[$0] }
  }

  /// Where in `all` the rows stand that point to an id, ascending.
  package func positions(_ link: Link<Row>, _ id: RecordID) -> [Int] {
    links[link.place].positions(link.key(id), all)
  }

  package func contains(_ link: Link<Row>, _ id: RecordID) -> Bool {
    links[link.place].head(link.key(id), all) != nil
  }

  /// Where the rows stand that point to the same id as a row that is in the table, itself included.
  package func positions(sharing link: Link<Row>, _ row: Row) -> [Int] {
    link.key(of: row).map { links[link.place].positions($0, all) } ?? []
  }

  /// Whether another row points to the same id as this one, which is in the table.
  package func sharesTarget(_ link: Link<Row>, _ row: Row) -> Bool {
    link.key(of: row).map { links[link.place].isShared($0, all) } ?? false
  }

  /// The ids rows point to, in no particular order.
  package func targets(_ link: Link<Row>) -> [RecordID] { links[link.place].targets(all) }

  package mutating func upsert(_ row: Row) {
    if let position = position(of: row.meta.packedID) {
      let moved = links.indices.filter { links[$0].differ(all[position], row) }
      for link in moved { links[link].unlink(position, all) }
      all[position] = row
      for link in moved { links[link].link(position, all) }
    } else {
      all.append(row)
      Self.insertLast(of: all, into: &index)
      for link in links.indices { links[link].append(all) }
    }
  }

  /// The last row takes the place of the removed one. O(rows that point to the same ids).
  package mutating func remove(_ id: RecordID) {
    guard let position = position(of: id), let last = all.last else { return }
    let end = all.count - 1
    for link in links.indices {
      links[link].unlink(position, all)
      if position != end { links[link].unlink(end, all) }
      links[link].shorten()
    }
    Self.remove(position, of: all, from: &index)
    all.removeLast()
    guard position != end else { return }
    index.move(end, to: position, last.meta.packedID.hash)
    all[position] = last
    for link in links.indices { links[link].link(position, all) }
  }

  private static func insertLast(of rows: [Row], into index: inout PositionIndex) {
    index.insert(rows.count - 1, rows[rows.count - 1].meta.packedID.hash) {
      rows[$0].meta.packedID.hash
    }
  }

  private static func remove(
    _ position: Int, of rows: [Row], from index: inout PositionIndex
  ) {
    index.remove(position, rows[position].meta.packedID.hash) { rows[$0].meta.packedID.hash }
  }
}

/// One of the pointers of a class, or another value of its rows, by which they are found.
package struct Link<Row: Record>: Sendable {
  /// Its place among `Row.links`.
  let place: Int
  private let read: @Sendable (Row) -> LinkKey?
  private let make: @Sendable (String) -> LinkKey

  init(_ place: Int, ids: @escaping @Sendable (Row) -> PackedID) {
    self.place = place
    read = { row in
      let id = ids(row)
      return id.isNone ? nil : .id(id)
    }
    make = { .id(PackedID($0)) }
  }

  init(_ place: Int, texts: @escaping @Sendable (Row) -> String?) {
    self.place = place
    read = { texts($0).map(LinkKey.text) }
    make = LinkKey.text
  }

  func key(of row: Row) -> LinkKey? { read(row) }

  /// Of the rows that have the value.
  func key(_ value: String) -> LinkKey { make(value) }
}

enum LinkKey: Equatable, Sendable {
  case id(PackedID)
  case text(String)

  var hash: Int {
    switch self {
    case .id(let id): id.hash
    case .text(let text): text.hashValue
    }
  }

  var value: String? {
    switch self {
    case .id(let id): id.id
    case .text(let text): text
    }
  }
}

/// The positions of a table's rows by one of their pointers: a chain a target, four bytes a row. The
/// rows are passed to it, as they are before what unlinks and after what links.
private struct LinkTable<Row: Record>: Sendable {
  private let link: Link<Row>
  /// The first of each chain, by its target.
  private var heads = PositionIndex()
  /// The position of the next row with the same target, −1 at the end.
  private var next: [Int32] = []

  init(_ link: Link<Row>) { self.link = link }

  func differ(_ one: Row, _ other: Row) -> Bool { link.key(of: one) != link.key(of: other) }

  func targets(_ rows: [Row]) -> [RecordID] {
    heads.positions.compactMap { link.key(of: rows[$0])?.value }
  }

  func head(_ key: LinkKey, _ rows: [Row]) -> Int? {
    heads.find(key.hash) { link.key(of: rows[$0]) == key }
  }

  /// Whether more than one row has the target.
  func isShared(_ key: LinkKey, _ rows: [Row]) -> Bool {
    head(key, rows).map { next[$0] >= 0 } ?? false
  }

  func positions(_ key: LinkKey, _ rows: [Row]) -> [Int] {
    var found: [Int] = []
    var position = head(key, rows) ?? -1
    while position >= 0 {
      found.append(position)
      position = Int(next[position])
    }
    // Rows that come one after another stand in falling order.
    found.reverse()
    if zip(found, found.dropFirst()).contains(where: >) { found.sort() }
    return found
  }

  /// The last row is new.
  mutating func append(_ rows: [Row]) {
    next.append(-1)
    link(rows.count - 1, rows)
  }

  /// Forgets the last row, which is in no chain any more.
  mutating func shorten() { next.removeLast() }

  mutating func link(_ position: Int, _ rows: [Row]) {
    guard let key = link.key(of: rows[position]) else { return }
    if let head = head(key, rows) {
      next[position] = Int32(head)
      heads.move(head, to: position, key.hash)
    } else {
      heads.insert(position, key.hash, hashes: hashes(rows))
    }
  }

  mutating func unlink(_ position: Int, _ rows: [Row]) {
    guard let key = link.key(of: rows[position]), var place = head(key, rows) else { return }
    let rest = next[position]
    if place != position {
      while next[place] != position { place = Int(next[place]) }
      next[place] = rest
    } else if rest >= 0 {
      heads.move(position, to: Int(rest), key.hash)
    } else {
      heads.remove(position, key.hash, hashes: hashes(rows))
    }
    next[position] = -1
  }

  private func hashes(_ rows: [Row]) -> (Int) -> Int {
    { [link] in link.key(of: rows[$0])?.hash ?? 0 }
  }
}
