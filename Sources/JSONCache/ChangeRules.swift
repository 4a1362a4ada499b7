import ParseCore

/// How edits lie over the server's state and over each other. Pure.
enum ChangeRules {
  /// The row with each set of changes laid over it in order. An operation that does not fit the
  /// value beneath it (the server's row changed its type meanwhile) is left out of the picture; it
  /// stays in the outbox, and the server decides.
  static func apply(_ sets: [Changes], to object: ParseObject) -> ParseObject {
    var result = object
    for changes in sets {
      for (field, operation) in changes.sorted(by: { $0.key < $1.key }) {
        // See above: what does not fit leaves the row as it is.
        if let next = try? result.applying([field: operation]) { result = next }
      }
    }
    return result
  }

  /// Two edits of one object as one save. Nil where no single save does both.
  static func merge(_ later: Changes, onto earlier: Changes) -> Changes? {
    var merged = earlier
    for (field, operation) in later {
      guard !earlier.keys.contains(where: { overlaps($0, field) }),
        let both = operation.merged(onto: earlier[field])
      else { return nil }
      merged[field] = both
    }
    return merged
  }

  /// One names a member inside the other: `a` and `a.b`.
  private static func overlaps(_ left: String, _ right: String) -> Bool {
    left != right
      && (left.utf8.starts(with: "\(right).".utf8) || right.utf8.starts(with: "\(left).".utf8))
  }

  /// The fields as they are now, null for unset ones; the base that a conflict is judged by.
  static func values(of fields: some Sequence<String>, in object: ParseObject?) -> [String: JSON] {
    Dictionary(fields.map { ($0, value(of: $0, in: object) ?? .null) }) { _, last in last }
  }

  /// A field's value; a dotted name reaches into maps.
  static func value(of field: String, in object: ParseObject?) -> JSON? {
    if !field.utf8.contains(UInt8(ascii: ".")) { return object?[field] }
    let names = field.split(separator: ".").map(String.init)
    guard let first = names.first else { return nil }
    return names.dropFirst().reduce(object?[first]) { $0?[$1] }
  }

  /// What of the changes would make a difference to the row.
  static func effective(_ changes: Changes, on object: ParseObject) -> Changes {
    changes.filter { field, operation in
      switch operation {
      case .set(let value): !same(value, self.value(of: field, in: object))
      case .delete: self.value(of: field, in: object) != nil
      case .increment(let amount): amount != JSONNumber(0)
      default: true
      }
    }
  }

  /// Equal as far as a save can tell: expanded pointers count as pointers, unset as null.
  static func same(_ left: JSON?, _ right: JSON?) -> Bool {
    if let left = Pointer(anyForm: left), let right = Pointer(anyForm: right) {
      return left == right
    }
    return (left ?? .null) == (right ?? .null)
  }
}
