/// The order of an answer, as MongoDB sorts, with `objectId` added as the last key so that no two
/// rows tie (reference/parse.md §3.9).
package struct QueryOrdering: Sendable {
  private struct Key: Sendable {
    let path: QueryPath
    let descending: Bool
  }

  /// All that an object is sorted by, read once.
  private struct Place {
    let isUnsaved: Bool
    let distance: Double
    let ranks: [SortRank]
  }

  private let keys: [Key]
  private let near: QueryPredicate?
  private let unsavedFirst: Bool
  private let missingLast: Bool

  /// - Parameters:
  ///   - near: the predicate of the query; with `$nearSphere` distance comes first.
  ///   - unsavedFirst: put rows that no server has seen, without `createdAt`, on top.
  ///   - missingLast: rows without a value come last ascending and first descending, as on
  ///     PostgreSQL; else the other way round, as on MongoDB.
  ///   - breaksTies: order equal rows by objectId. A server leaves them in the order they are stored.
  /// - Throws: 105 for a name that no field can have.
  package init(
    _ order: [Query.Order], near: QueryPredicate? = nil, unsavedFirst: Bool = false,
    missingLast: Bool = false, breaksTies: Bool = true
  ) throws(ParseError) {
    var keys: [Key] = []
    // The score of a text search is not known here; such a key ties all rows.
    for part in order where part.field != "$score" {
      let path = QueryPath(part.field)
      guard QueryPath.isValid(part.field), path.head != "length" else {
        throw ParseError(code: 105, message: "Invalid field name: \(part.field).")
      }
      keys.append(Key(path: path, descending: part.descending))
    }
    if breaksTies, !order.contains(where: { $0.field == "objectId" }) {
      keys.append(Key(path: QueryPath("objectId"), descending: false))
    }
    self.keys = keys
    self.near = near?.sortsByDistance == true ? near : nil
    self.unsavedFirst = unsavedFirst
    self.missingLast = missingLast
  }

  package func areInIncreasingOrder(_ left: ParseObject, _ right: ParseObject) -> Bool {
    compare(place(of: left), place(of: right)) < 0
  }

  /// The objects in order, ties in the order they came. Each key is read once a row, so this is
  /// faster than a sort by `areInIncreasingOrder`.
  /// - Complexity: O(count · log count).
  package func sorted(_ objects: [ParseObject]) -> [ParseObject] {
    objects.enumerated().map { (index: $0.offset, place: place(of: $0.element)) }
      .sorted { left, right in
        let sign = compare(left.place, right.place)
        return sign == 0 ? left.index < right.index : sign < 0
      }
      .map { objects[$0.index] }
  }

  private func place(of object: ParseObject) -> Place {
    Place(
      isUnsaved: unsavedFirst && object.createdAt == nil,
      distance: near.map { $0.distance(of: object) ?? .infinity } ?? 0,
      ranks: keys.map { SortRank($0.path.values(in: object, rows: nil), largest: $0.descending) })
  }

  private func compare(_ left: Place, _ right: Place) -> Int {
    if left.isUnsaved != right.isUnsaved { return left.isUnsaved ? -1 : 1 }
    if left.distance != right.distance { return left.distance < right.distance ? -1 : 1 }
    for (index, key) in keys.enumerated() {
      let (left, right) = (left.ranks[index], right.ranks[index])
      let isTurned = missingLast && left.isMissing != right.isMissing
      let sign = left.compared(to: right) * (isTurned ? -1 : 1)
      if sign != 0 { return key.descending ? -sign : sign }
    }
    return 0
  }
}

/// A value with the place of its type in MongoDB's order.
private struct SortRank: Sendable {
  let type: Int
  let value: QueryValue

  private init(_ value: QueryValue) {
    self.value = value
    type =
      switch value {
      case .missing, .null: 1
      case .number: 2
      case .text, .pointer: 3
      case .other: 4
      case .array(let values): values.isEmpty ? 0 : 5
      case .bool: 8
      case .date: 9
      }
  }

  var isMissing: Bool { type == 1 }

  /// A list counts by its smallest element, or by its largest when descending.
  init(_ values: QueryFieldValues, largest: Bool) {
    // Nearly every field has one plain value.
    if values.ends.count == 1, let only = values.ends.first {
      if case .array = only {
      } else {
        self.init(only)
        return
      }
    }
    var best: SortRank?
    for end in values.ends {
      var candidates = [SortRank(end)]
      if case .array(let elements) = end, !elements.isEmpty {
        candidates = elements.map { SortRank(QueryValue($0)) }
      }
      for candidate in candidates {
        guard let current = best else {
          best = candidate
          continue
        }
        let sign = candidate.compared(to: current)
        if largest ? sign > 0 : sign < 0 { best = candidate }
      }
    }
    self = best ?? SortRank(.missing)
  }

  func compared(to other: SortRank) -> Int {
    if type != other.type { return type < other.type ? -1 : 1 }
    switch (value, other.value) {
    case (.pointer(let left), .text(let right)): return QueryValue.sign(left.sortText, right)
    case (.text(let left), .pointer(let right)): return QueryValue.sign(left, right.sortText)
    case (.other(let left), .other(let right)):
      return QueryValue.sign(ByteText(left.text), ByteText(right.text))
    case (.array(let left), .array(let right)):
      for (left, right) in zip(left, right) {
        let sign = SortRank(QueryValue(left)).compared(to: SortRank(QueryValue(right)))
        if sign != 0 { return sign }
      }
      return QueryValue.sign(left.count, right.count)
    default: return value.compared(to: other.value) ?? 0
    }
  }
}
