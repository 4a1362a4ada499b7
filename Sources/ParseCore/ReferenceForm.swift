/// How a server stores a reference to one of several classes. Parse has no pointer to two classes, so
/// deployments differ; product.md D7.
package enum ReferenceForm: Sendable, Hashable, CaseIterable {
  case pointer
  /// A column of type Array that holds one pointer.
  case array
  /// A column of type Object with `className` and `objectId`.
  case object

  /// The form of a row's value; nil when it is no reference.
  package init?(of value: JSON?) {
    guard Pointer(anyForm: value) != nil else { return nil }
    self =
      switch value {
      case .array: .array
      case .object(let object) where object["__type"] == nil: .object
      default: .pointer
      }
  }

  package func value(_ pointer: Pointer) -> JSON {
    switch self {
    case .pointer: pointer.json
    case .array: [pointer.json]
    case .object:
      ["className": .string(pointer.className), "objectId": .string(pointer.objectId)]
    }
  }
}

extension Pointer {
  /// Reads a reference in any of its forms.
  package init?(anyForm json: JSON?) {
    if let pointer = Pointer(json) {
      self = pointer
    } else if let list = json?.array {
      guard list.count == 1, let pointer = Pointer(list[0]) else { return nil }
      self = pointer
    } else {
      guard let object = json?.object, object["__type"] == nil, object.count == 2,
        let className = object["className"]?.string, let objectId = object["objectId"]?.string
      else { return nil }
      self.init(className: className, objectId: objectId)
    }
  }
}
