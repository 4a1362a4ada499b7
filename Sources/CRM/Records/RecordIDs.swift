/// Ids in an order, eight bytes each.
package struct RecordIDs: Sendable, Hashable {
  private(set) var packed: [PackedID]

  package init(packed: [PackedID]) { self.packed = packed }

  package init(_ ids: some Sequence<RecordID>) { packed = ids.map { PackedID($0) } }

  /// Where an id stands first.
  package func firstIndex(of id: RecordID) -> Int? { packed.firstIndex(of: PackedID(id)) }

  package func contains(_ id: RecordID) -> Bool { firstIndex(of: id) != nil }

  /// So many of them, the first ones.
  package func first(_ count: Int) -> RecordIDs {
    count < packed.count ? RecordIDs(packed: Array(packed.prefix(count))) : self
  }

  package static func + (one: RecordIDs, other: RecordIDs) -> RecordIDs {
    RecordIDs(packed: one.packed + other.packed)
  }
}

extension RecordIDs: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { packed.count }
  package subscript(place: Int) -> RecordID { packed[place].id ?? "" }
}

extension RecordIDs: ExpressibleByArrayLiteral {
  package init(arrayLiteral ids: RecordID...) { self.init(ids) }
}

/// Ids, each once, in no particular order.
package struct RecordIDSet: Sendable, Hashable {
  private var packed: Set<PackedID> = []

  package init() {}

  package var count: Int { packed.count }
  package var isEmpty: Bool { packed.isEmpty }

  package func contains(_ id: RecordID) -> Bool { contains(PackedID(id)) }

  package func contains(_ id: PackedID) -> Bool { packed.contains(id) }

  /// - Returns: false for one that is in it already.
  @discardableResult
  package mutating func insert(_ id: RecordID) -> Bool { packed.insert(PackedID(id)).inserted }

  /// - Returns: false for one that is not in it.
  package mutating func remove(_ id: RecordID) -> Bool { packed.remove(PackedID(id)) != nil }

  package mutating func formUnion(_ ids: RecordIDs) {
    packed.reserveCapacity(packed.count + ids.count)
    for id in ids.packed { packed.insert(id) }
  }

  /// Those of the ids that are in it, in their order.
  package func among(_ ids: RecordIDs) -> [RecordID] {
    ids.packed.lazy.filter(packed.contains).map { $0.id ?? "" }
  }

  package func subtracting(_ ids: RecordIDs) -> RecordIDSet {
    var rest = self
    for id in ids.packed { rest.packed.remove(id) }
    return rest
  }

  /// In the order of the texts.
  package func sorted() -> [RecordID] { packed.map { $0.id ?? "" }.sorted() }
}
