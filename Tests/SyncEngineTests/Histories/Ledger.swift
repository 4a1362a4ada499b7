import ParseCore

@testable import JSONCache
@testable import SyncEngine

/// The simple reference model: what the user asked for, by row and field, and what reached the
/// server. Rows go by a text that nobody edits: a deal's title, a contact's e-mail address. Every
/// text written is written once, so each value tells who wrote it and when.
struct Ledger {
  struct Cell: Hashable {
    let key: String
    let field: String
  }

  /// One wish for a field's value.
  struct Wish {
    let value: JSON
    /// What the user saw when he wished it, or when he insisted on it.
    var seen: JSON
    /// Given up, or taken back before it left.
    var isDropped = false
  }

  struct Row {
    var wantedAmount = 0
    var sentAmount = 0
    var wantedTags: Set<String> = []
    var sentTags: [String: Int] = [:]
    /// How often it was to be created and was.
    var wantedCreates = 0
    var sentCreates = 0
    var isDeleteWanted = false
    /// Others deleted it, or took it away and the user has given up what waited for it.
    var isLost = false
  }

  private(set) var rows: [String: Row] = [:]
  private var wishes: [Cell: [Wish]] = [:]
  /// The last wish of each cell that reached the server.
  private var arrived: [Cell: Int] = [:]
  /// Request ids the server has acted on.
  private(set) var acted: Set<String> = []
  private(set) var faults: [String] = []

  /// Amounts are counted, tags collected, all other fields hold one value.
  static let single = ["stage", "notes", "name"]

  static func key(_ object: ParseObject?) -> String? {
    object?["title"]?.string ?? object?["email"]?.string
  }

  mutating func begin(_ key: String, amount: Int) {
    rows[key] = Row(wantedAmount: amount, sentAmount: amount, wantedCreates: 1, sentCreates: 1)
  }

  mutating func lose(_ key: String) { rows[key]?.isLost = true }

  mutating func notes(_ fault: String) { faults.append(fault) }
}

/// What the user does.
extension Ledger {
  mutating func creates(_ key: String, _ changes: Changes) {
    rows[key, default: Row()].wantedCreates += 1
    note(changes, key, on: nil)
  }

  mutating func updates(_ key: String, _ changes: Changes, on before: ParseObject) {
    note(changes, key, on: before)
  }

  mutating func deletes(_ key: String) { rows[key]?.isDeleteWanted = true }

  /// He takes a delete back that has not left.
  mutating func keeps(_ key: String) { rows[key]?.isDeleteWanted = false }

  /// He takes a delete back that is done: a new row is made, tags and all.
  mutating func remakes(_ key: String, _ changes: Changes) {
    keeps(key)
    let sent = rows[key]?.sentAmount ?? 0
    rows[key]?.wantedAmount = sent
    rows[key]?.sentTags = [:]
    rows[key]?.wantedTags = Set(
      (changes["tags"]?.json.array ?? []).compactMap(\.string))
    creates(key, changes)
  }

  private mutating func note(_ changes: Changes, _ key: String, on before: ParseObject?) {
    for (field, operation) in changes {
      switch (field, operation) {
      case ("amount", .set(let value)): rows[key]?.wantedAmount += value.int ?? 0
      case ("amount", .increment(let number)):
        rows[key]?.wantedAmount += Int(number.double)
      case ("tags", .add(let values)):
        rows[key]?.wantedTags.formUnion(values.compactMap(\.string))
      case (_, .set(let value)) where Self.single.contains(field):
        wish(Cell(key: key, field: field), value, seen: before?[field] ?? .null)
      case (_, .delete) where Self.single.contains(field):
        wish(Cell(key: key, field: field), .null, seen: before?[field] ?? .null)
      default: break
      }
    }
  }

  private mutating func wish(_ cell: Cell, _ value: JSON, seen: JSON) {
    if value == seen { return }
    wishes[cell, default: []].append(Wish(value: value, seen: seen))
  }

  /// He wants his own value although he has seen another.
  mutating func insists(_ record: OutboxRecord, _ key: String, on row: ParseObject?) {
    for field in record.changes.keys where Self.single.contains(field) {
      let cell = Cell(key: key, field: field)
      guard let index = index(of: record, cell) else { continue }
      wishes[cell]?[index].seen = row?[field] ?? .null
    }
  }

  /// He gives a change up; nothing of it has reached the server.
  mutating func drops(_ record: OutboxRecord, _ key: String) {
    switch record.kind {
    case .delete: rows[key]?.isDeleteWanted = false
    case .create:
      rows[key]?.wantedCreates -= 1
      // One made again in place of a deleted one leaves nothing either.
      rows[key]?.isDeleteWanted = true
    case .update: break
    }
    for (field, operation) in record.changes {
      let cell = Cell(key: key, field: field)
      switch operation {
      case .increment(let number): rows[key]?.wantedAmount -= Int(number.double)
      case .add(let values):
        rows[key]?.wantedTags.subtract(values.compactMap(\.string))
      default:
        guard let last = index(of: record, cell) else { continue }
        for index in ((arrived[cell] ?? -1) + 1)...max(last, (arrived[cell] ?? -1) + 1)
        where index <= last { wishes[cell]?[index].isDropped = true }
      }
    }
  }

  /// The last wish that went into a record.
  private func index(of record: OutboxRecord, _ cell: Cell) -> Int? {
    let value: JSON
    switch record.changes[cell.field] {
    case .set(let set): value = set
    case .delete: value = .null
    default: return nil
    }
    return wishes[cell]?.lastIndex { $0.value == value && !$0.isDropped }
  }
}

/// What the server does.
extension Ledger {
  /// A write of ours that the server acted on.
  /// - Parameter unseen: Fields of which others' last value was no client's to know: the event about
  ///   it was on its way to us, or it came while the request was on its way.
  mutating func acts(
    _ call: SandboxCall, before: ParseObject?, after: ParseObject?, unseen: Set<String>
  ) {
    let isSafe = call.kind == .update && call.changes.values.allSatisfy(\.isSafeToRepeat)
    if let id = call.requestId, !acted.insert(id).inserted, !isSafe {
      faults.append("\(id) acted twice")
    }
    guard let key = Self.key(after) ?? Self.key(before) else { return }
    if call.kind == .create { rows[key, default: Row()].sentCreates += 1 }
    guard let after else { return }
    rows[key]?.sentAmount += (after["amount"]?.int ?? 0) - (before?["amount"]?.int ?? 0)
    for tag in Self.tags(after).subtracting(Self.tags(before)) {
      rows[key]?.sentTags[tag, default: 0] += 1
    }
    for (field, operation) in call.changes where Self.single.contains(field) {
      switch operation {
      case .set, .delete:
        arrives(
          Cell(key: key, field: field), after[field] ?? .null,
          over: unseen.contains(field) ? JSON?.none : before?[field] ?? .null)
      default: break
      }
    }
  }

  private mutating func arrives(_ cell: Cell, _ value: JSON, over now: JSON?) {
    let last = arrived[cell] ?? -1
    let known = wishes[cell] ?? []
    let candidates = known.indices.filter { $0 >= last && known[$0].value == value }
    guard let index = candidates.last else {
      faults.append(
        "\(cell.key).\(cell.field): \(value.text) is older than what was sent before; "
          + "wished: \(known.map(\.value.text)), sent last: \(last)")
      return
    }
    arrived[cell] = index
    let own = known[...index]
    guard let now else { return }
    if now == value || own.contains(where: { $0.value == now || $0.seen == now }) { return }
    faults.append("\(cell.key).\(cell.field): \(value.text) over \(now.text), never seen")
  }

  static func tags(_ object: ParseObject?) -> Set<String> {
    Set((object?["tags"]?.array ?? []).compactMap(\.string))
  }
}

/// At rest.
extension Ledger {
  /// Everything wished for and not arrived, and everything that arrived twice.
  func problems(on server: [ParseObject], _ isMine: (ParseObject) -> Bool) -> [String] {
    var found = faults
    let present = Dictionary(grouping: server) { Self.key($0) ?? "" }
    for (key, row) in rows.sorted(by: { $0.key < $1.key }) {
      let count = present[key]?.count ?? 0
      if row.sentCreates > row.wantedCreates {
        found.append("\(key) made \(row.sentCreates) times")
      }
      if row.sentTags.values.contains(where: { $0 > 1 }) {
        found.append("\(key): a tag came twice")
      }
      if abs(row.sentAmount) > abs(row.wantedAmount) { found.append("\(key): raised too often") }
      if row.isDeleteWanted || row.wantedCreates == 0 {
        if present[key]?.contains(where: isMine) ?? false { found.append("\(key) should be gone") }
        continue
      }
      if count != 1, count > 0 || !row.isLost { found.append("\(key) is there \(count) times") }
      if row.sentAmount != row.wantedAmount {
        found.append("\(key): amount moved by \(row.sentAmount), not \(row.wantedAmount)")
      }
      for tag in row.wantedTags where row.sentTags[tag] == nil {
        found.append("\(key): tag \(tag) is lost")
      }
      found += Self.single.compactMap { field in
        missing(Cell(key: key, field: field), now: present[key]?.first?[field] ?? .null)
      }
    }
    return found
  }

  /// The last wish arrived, or others wished the same, or nothing was left to send: it is what was
  /// seen before the ones that did not leave, each made upon the one before.
  private func missing(_ cell: Cell, now: JSON) -> String? {
    let known = wishes[cell] ?? []
    let last = arrived[cell] ?? -1
    let left = known.indices.filter { $0 > last && !known[$0].isDropped }
    guard let end = left.last else { return nil }
    var seen = known[end].seen
    for index in left.dropLast().reversed() {
      guard known[index].value == seen else { break }
      seen = known[index].seen
    }
    guard known[end].value != seen, known[end].value != now else { return nil }
    return "\(cell.key).\(cell.field): \(known[end].value.text) is lost"
  }
}
