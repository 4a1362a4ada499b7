package import ParseCore

/// A row's objectId, or the local id of a row the server has not seen yet.
package typealias RecordID = String

/// A row of one class as typed values. Text stays as the server sent it; it becomes safe where it is
/// drawn.
package protocol Record: Sendable {
  static var schoolClass: SchoolClass { get }
  /// The pointers by which a table finds its rows, each at its place.
  static var links: [Link<Self>] { get }
  var meta: RecordMeta { get }
  init(_ fields: RecordFields)
}

extension Record {
  package static var links: [Link<Self>] { [] }
  package var id: RecordID { meta.id }
}

package struct RecordMeta: Sendable, Hashable {
  package let id: RecordID
  package let createdAt: ParseDate?
  package let updatedAt: ParseDate?
  /// Holds a change the server has not confirmed.
  package let isUnsent: Bool
}

/// Typed access to the fields of one row. A wrong type reads as missing.
package struct RecordFields: Sendable {
  /// A row as an object, or as the bytes of its document, which are read field by field.
  private enum Source: Sendable {
    case object(JSONObject)
    case document(JSONMembers)
  }

  package let meta: RecordMeta
  private let source: Source

  package init(id: RecordID, object: ParseObject, isUnsent: Bool) {
    meta = RecordMeta(
      id: id, createdAt: object.createdAt, updatedAt: object.updatedAt, isUnsent: isUnsent)
    source = .object(object.fields)
  }

  package init(id: RecordID, document: JSONMembers, isUnsent: Bool) {
    meta = RecordMeta(
      id: id, createdAt: document.date("createdAt"), updatedAt: document.date("updatedAt"),
      isUnsent: isUnsent)
    source = .document(document)
  }

  package func text(_ name: String) -> String? {
    switch source {
    case .object(let fields): fields[name]?.string
    case .document(let document): document.text(name)
    }
  }

  package func bool(_ name: String) -> Bool? {
    switch source {
    case .object(let fields): fields[name]?.bool
    case .document(let document): document.bool(name)
    }
  }

  package func date(_ name: String) -> ParseDate? {
    switch source {
    case .object(let fields): fields[name].flatMap(ParseDate.init(value:))
    case .document(let document): document.date(name)
    }
  }

  /// Finite numbers only.
  package func number(_ name: String) -> Double? {
    let number: JSONNumber? =
      switch source {
      case .object(let fields): fields[name]?.number
      case .document(let document): document.number(name)
      }
    guard let value = number?.double, value.isFinite else { return nil }
    return value
  }

  /// The id a pointer column points to.
  package func reference(_ name: String) -> RecordID? { pointer(name)?.objectId }

  /// A pointer whose class may vary, stored as a pointer, an array of one pointer, or an object
  /// (product.md D7).
  package func pointer(_ name: String) -> Pointer? {
    switch source {
    case .object(let fields):
      Pointer(anyForm: fields[name]) ?? Pointer(fields[name]?.array?.first)
    case .document(let document): document.pointer(name)
    }
  }

  package func term<Word: Vocabulary>(_ name: String) -> Term<Word> { Term(text(name)) }
}
