/// What a save does to one field: a plain value, or one of Parse's atomic `__op`s.
package enum Operation: Sendable, Hashable {
  case set(JSON)
  case delete
  case increment(JSONNumber)
  case add([JSON])
  case addUnique([JSON])
  case remove([JSON])
  case addRelation([Pointer])
  case removeRelation([Pointer])
}

extension Operation {
  /// The wire form of the field's value in a save.
  package var json: JSON {
    switch self {
    case .set(let value): value
    case .delete: ["__op": "Delete"]
    case .increment(let amount): ["__op": "Increment", "amount": .number(amount)]
    case .add(let objects): ["__op": "Add", "objects": .array(objects)]
    case .addUnique(let objects): ["__op": "AddUnique", "objects": .array(objects)]
    case .remove(let objects): ["__op": "Remove", "objects": .array(objects)]
    case .addRelation(let targets):
      ["__op": "AddRelation", "objects": .array(targets.map(\.json))]
    case .removeRelation(let targets):
      ["__op": "RemoveRelation", "objects": .array(targets.map(\.json))]
    }
  }

  /// Reads the wire form. Nil for an `__op` that is unknown or misses its operand.
  package init?(_ json: JSON) {
    guard let name = json["__op"]?.string else {
      self = .set(json)
      return
    }
    let objects = json["objects"]?.array
    switch (name, objects) {
    case ("Delete", _): self = .delete
    case ("Increment", _):
      guard let amount = json["amount"]?.number else { return nil }
      self = .increment(amount)
    case ("Add", let objects?): self = .add(objects)
    case ("AddUnique", let objects?): self = .addUnique(objects)
    case ("Remove", let objects?): self = .remove(objects)
    case ("AddRelation", let objects?): self = .addRelation(objects.compactMap(Pointer.init(_:)))
    case ("RemoveRelation", let objects?):
      self = .removeRelation(objects.compactMap(Pointer.init(_:)))
    default: return nil
    }
  }
}

/// The operations of one save, by field.
package typealias Changes = [String: Operation]

extension JSONObject {
  /// The body of a save, fields in alphabetical order so that equal changes give equal bytes.
  package init(changes: Changes) {
    self.init(
      changes.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: $0.value.json) })
  }
}
