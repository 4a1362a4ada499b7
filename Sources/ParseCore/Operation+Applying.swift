extension Operation {
  /// The field's value after the operation; nil when the field is unset.
  ///
  /// Members of a relation are kept elsewhere: its operations leave the Relation stub.
  /// - Throws: 111 when the value has another type than the operation needs.
  package func applied(to value: JSON?) throws(ParseError) -> JSON? {
    switch self {
    case .set(let value): return value
    case .delete: return nil
    case .increment(let amount):
      guard let value, !value.isNull else { return .number(amount) }
      guard let number = value.number else { throw Self.mismatch("Number") }
      return .number(number.adding(amount))
    case .add(let objects): return .array(try Self.list(value) + objects)
    case .addUnique(let objects):
      return .array(Self.union(try Self.list(value), objects))
    case .remove(let objects):
      let removed = Set(objects.map(QueryValue.init(_:)))
      return .array(try Self.list(value).filter { !removed.contains(QueryValue($0)) })
    case .addRelation(let targets), .removeRelation(let targets):
      if let value, value["__type"]?.string == "Relation" { return value }
      guard value == nil || value?.isNull == true else { throw Self.mismatch("Relation") }
      guard let className = targets.first?.className else { return nil }
      return ["__type": "Relation", "className": .string(className)]
    }
  }

  /// One operation that does what `earlier` and then this one do.
  ///
  /// Nil where no single operation can (adding on top of a removal, members both added to and
  /// removed from a relation): keep both and send them one after the other.
  package func merged(onto earlier: Operation?) -> Operation? {
    guard let earlier else { return self }
    switch (earlier, self) {
    case (_, .set), (_, .delete): return self
    case (.set(let value), _): return onto(set: value)
    case (.delete, _): return ontoDelete
    case (.increment(let first), .increment(let second)): return .increment(first.adding(second))
    case (.add(let first), .add(let second)): return .add(first + second)
    case (.addUnique(let first), .addUnique(let second)):
      return .addUnique(Self.union(first, second))
    case (.remove(let first), .remove(let second)): return .remove(Self.union(first, second))
    case (.addRelation(let first), .addRelation(let second)):
      return .addRelation(Self.union(first, second))
    case (.removeRelation(let first), .removeRelation(let second)):
      return .removeRelation(Self.union(first, second))
    case (.addRelation(let added), .removeRelation(let removed)),
      (.removeRelation(let removed), .addRelation(let added)):
      return overrides(added: added, removed: removed)
    default: return nil
    }
  }

  /// A later relation operation alone is enough when it names every member of the earlier one.
  private func overrides(added: [Pointer], removed: [Pointer]) -> Operation? {
    if case .addRelation = self { return Set(removed).isSubset(of: added) ? self : nil }
    return Set(added).isSubset(of: removed) ? self : nil
  }

  private func onto(set value: JSON) -> Operation? {
    switch self {
    case .addRelation, .removeRelation: return nil
    default:
      // A type that does not fit is left to the server to refuse, so both are kept.
      guard let result = try? applied(to: value) else { return nil }
      return .set(result)
    }
  }

  private var ontoDelete: Operation? {
    switch self {
    case .increment(let amount): .set(.number(amount))
    case .add(let objects): .set(.array(objects))
    case .addUnique(let objects): .set(.array(Self.union([JSON](), objects)))
    case .remove: .delete
    default: nil
    }
  }

  private static func list(_ value: JSON?) throws(ParseError) -> [JSON] {
    guard let value, !value.isNull else { return [] }
    guard let list = value.array else { throw mismatch("Array") }
    return list
  }

  /// Pointers are the same by class and id, whether expanded or not.
  private static func union(_ first: [JSON], _ second: [JSON]) -> [JSON] {
    var seen = Set(first.map(QueryValue.init(_:)))
    return first + second.filter { seen.insert(QueryValue($0)).inserted }
  }

  private static func union(_ first: [Pointer], _ second: [Pointer]) -> [Pointer] {
    var seen = Set(first)
    return first + second.filter { seen.insert($0).inserted }
  }

  static func mismatch(_ type: String) -> ParseError {
    ParseError(code: 111, message: "the operation needs a value of type \(type)")
  }
}

extension JSONNumber {
  /// Integers stay exact while they fit in 64 bits.
  package func adding(_ other: JSONNumber) -> JSONNumber {
    if case .integer(let left) = self, case .integer(let right) = other {
      let (sum, overflow) = left.addingReportingOverflow(right)
      if !overflow { return .integer(sum) }
    }
    return JSONNumber(double + other.double)
  }
}

extension ParseObject {
  /// The object after a save, as far as this side can know it: no trigger, no new `updatedAt`.
  ///
  /// A dotted name reaches into maps and makes the missing ones; unset fields are absent.
  /// - Throws: 105 for the fields the server owns, 111 when an operation does not fit a value.
  package func applying(_ changes: Changes) throws(ParseError) -> ParseObject {
    var result = self
    for (name, operation) in changes.sorted(by: { $0.key < $1.key }) {
      let path = QueryPath(name)
      guard !["objectId", "createdAt", "updatedAt"].contains(path.head) else {
        throw ParseError(code: 105, message: "\(path.head) is an invalid field name.")
      }
      result.fields = try result.fields.applying(operation, at: [path.head] + path.rest)
    }
    return result
  }
}

extension JSONObject {
  fileprivate func applying(
    _ operation: Operation, at names: [String]
  ) throws(ParseError) -> JSONObject {
    guard let name = names.first else { return self }
    var result = self
    guard names.count > 1 else {
      result[name] = try operation.applied(to: self[name])
      return result
    }
    let inner: JSONObject
    switch self[name] {
    case nil, .null?:
      if operation == .delete { return self }
      inner = [:]
    case .object(let object)? where object["__type"] == nil: inner = object
    default: throw Operation.mismatch("Object")
    }
    result[name] = .object(try inner.applying(operation, at: Array(names.dropFirst())))
    return result
  }
}
