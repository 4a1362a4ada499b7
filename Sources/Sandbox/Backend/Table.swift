import ParseCore

/// The rows of one class in the order they were made.
struct Table: Sendable {
  private var slots: [ParseObject?] = []
  private var places: [String: Int] = [:]

  var count: Int { places.count }

  subscript(id: String) -> ParseObject? {
    get { places[id].flatMap { slots[$0] } }
    set {
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

  var rows: some Sequence<ParseObject> { slots.lazy.compactMap { $0 } }

  private mutating func compact() {
    slots = slots.filter { $0 != nil }
    places = [:]
    for (place, row) in slots.enumerated() {
      if let id = row?.objectId { places[id] = place }
    }
  }
}
