import ParseCore

/// The rows of one class in the order they were made, with an index of the pointers that hooks and
/// roll-ups follow backwards.
struct Table: Sendable {
  private var slots: [ParseObject?] = []
  private var places: [String: Int] = [:]
  /// By field, then by the target's objectId: the ids of the rows that point there.
  private var pointing: [String: [String: Set<String>]] = [:]
  /// By the id of a row changed since `keep`, the row before; an inner nil for a new one.
  private var before: [String: ParseObject?] = [:]

  static let indexed: Set<String> = ["student", "course", "user", "company", "contact"]

  var count: Int { places.count }

  subscript(id: String) -> ParseObject? {
    get { places[id].flatMap { slots[$0] } }
    set {
      let old = self[id]
      if before[id] == nil { before.updateValue(old, forKey: id) }
      reindex(id, from: old, to: newValue)
      if let place = places[id] {
        slots[place] = newValue
        if newValue == nil { places[id] = nil }
      } else if let newValue {
        places[id] = slots.count
        slots.append(newValue)
      }
      // Deleted slots are dropped once they outnumber the rows, so a walk stays O(rows).
      if slots.count > 64, slots.count > 2 * places.count { compact() }
    }
  }

  /// Adds a row that is stored already, which `changed` does not count.
  mutating func load(_ row: ParseObject) {
    guard let id = row.objectId else { return }
    self[id] = row
    before[id] = nil
  }

  /// Ids of the rows put, changed or removed since `keep`.
  var changed: Dictionary<String, ParseObject?>.Keys { before.keys }

  mutating func keep() {
    if !before.isEmpty { before = [:] }
  }

  mutating func undo() {
    for (id, row) in before { self[id] = row }
    before = [:]
  }

  var rows: some Sequence<ParseObject> { slots.lazy.compactMap { $0 } }

  /// Rows whose indexed field points at an object, in the order they were made.
  func rows(where field: String, pointsAt target: Pointer) -> [ParseObject] {
    let ids = pointing[field]?[target.objectId] ?? []
    return ids.compactMap { places[$0] }.sorted().compactMap { slots[$0] }
      .filter { Pointer($0.fields[field]) == target }
  }

  private mutating func reindex(_ id: String, from old: ParseObject?, to new: ParseObject?) {
    for field in Self.indexed {
      let before = Pointer(old?.fields[field])?.objectId
      let after = Pointer(new?.fields[field])?.objectId
      if before == after { continue }
      if let before { pointing[field]?[before]?.remove(id) }
      if let after { pointing[field, default: [:]][after, default: []].insert(id) }
    }
  }

  private mutating func compact() {
    slots = slots.filter { $0 != nil }
    places = [:]
    for (place, row) in slots.enumerated() {
      if let id = row?.objectId { places[id] = place }
    }
  }
}
