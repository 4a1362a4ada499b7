package import ParseCore

/// A row's objectId, or the local id of a row the server has not seen yet.
package typealias RecordID = String

/// A row of one class as typed values. Text stays as the server sent it; it becomes safe where it is
/// drawn.
package protocol Record: Sendable {
  static var schoolClass: SchoolClass { get }
  var meta: RecordMeta { get }
  init(_ fields: RecordFields)
}

extension Record {
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
  package let meta: RecordMeta
  private let fields: JSONObject

  package init(id: RecordID, object: ParseObject, isUnsent: Bool) {
    meta = RecordMeta(
      id: id, createdAt: object.createdAt, updatedAt: object.updatedAt, isUnsent: isUnsent)
    fields = object.fields
  }

  package func text(_ name: String) -> String? { fields[name]?.string }
  package func bool(_ name: String) -> Bool? { fields[name]?.bool }
  package func date(_ name: String) -> ParseDate? { fields[name].flatMap(ParseDate.init(value:)) }

  /// Finite numbers only.
  package func number(_ name: String) -> Double? {
    guard let value = fields[name]?.double, value.isFinite else { return nil }
    return value
  }

  /// The id a pointer column points to.
  package func reference(_ name: String) -> RecordID? { Pointer(fields[name])?.objectId }

  /// A pointer whose class varies, stored as a pointer, an array of one pointer, or an object
  /// (product.md D7).
  package func pointer(_ name: String) -> Pointer? {
    Pointer(fields[name]) ?? Pointer(fields[name]?.array?.first)
  }

  package func term<Word: Vocabulary>(_ name: String) -> Term<Word> { Term(text(name)) }
}
