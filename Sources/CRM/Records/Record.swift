package import ParseCore
internal import Synchronization

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
  let packedID: PackedID
  private let created: CompactDate
  private let updated: CompactDate
  /// Holds a change the server has not confirmed.
  package let isUnsent: Bool

  package init(id: RecordID, createdAt: ParseDate?, updatedAt: ParseDate?, isUnsent: Bool) {
    packedID = PackedID(id)
    created = CompactDate(createdAt)
    updated = CompactDate(updatedAt)
    self.isUnsent = isUnsent
  }

  package var id: RecordID { packedID.id ?? "" }
  package var createdAt: ParseDate? { created.date }
  package var updatedAt: ParseDate? { updated.date }
}

/// Texts that many rows share, each once in memory.
package final class TextPool: Sendable {
  private let texts = Mutex<Set<ExactText>>([])
  /// From there on texts seem to be all different, and remembering them would only cost.
  private static let limit = 4096

  package init() {}

  func shared(_ text: String) -> String {
    // A short text is stored in place (swift.org, small strings hold 15 bytes).
    guard text.utf8.count > 15 else { return text }
    return texts.withLock { texts in
      let exact = ExactText(text)
      guard texts.count < Self.limit else {
        return texts.firstIndex(of: exact).map { texts[$0].text } ?? text
      }
      return texts.insert(exact).memberAfterInsert.text
    }
  }
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
  private let pool: TextPool?

  package init(id: RecordID, object: ParseObject, isUnsent: Bool) {
    meta = RecordMeta(
      id: id, createdAt: object.createdAt, updatedAt: object.updatedAt, isUnsent: isUnsent)
    source = .object(object.fields)
    pool = nil
  }

  /// - Parameter pool: for texts that many rows share.
  package init(
    id: RecordID, document: JSONMembers, isUnsent: Bool, pool: TextPool? = nil
  ) {
    meta = RecordMeta(
      id: id, createdAt: document.date("createdAt"), updatedAt: document.date("updatedAt"),
      isUnsent: isUnsent)
    source = .document(document)
    self.pool = pool
  }

  package func text(_ name: String) -> String? {
    switch source {
    case .object(let fields): fields[name]?.string
    case .document(let document): document.text(name)
    }
  }

  /// A text that is likely to be that of other rows too.
  func sharedText(_ name: String) -> String? {
    text(name).map { pool?.shared($0) ?? $0 }
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
  func reference(_ name: String) -> PackedID { PackedID(pointer(name)?.objectId) }

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
