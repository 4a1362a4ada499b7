package import ParseCore

/// A row as the cache holds it: the server's state with waiting edits laid over it.
package struct CachedDocument: Sendable, Hashable {
  package let className: String
  /// The objectId, or the local id of a row the server does not have yet.
  package let id: String
  /// The id the row had before the server gave one; stays for those who remember it.
  package let localId: String?
  /// The effective document in Parse wire form, UTF-8. Its `objectId` is `id`.
  package let bytes: [UInt8]
  /// An edit of this row waits in the outbox.
  package let hasPending: Bool
  /// Deleted here or on the server; only `changes(since:)` gives such rows.
  package let isRemoved: Bool
  /// The number of the commit that wrote the row; grows with every commit of any process.
  package let sequence: Int64
  /// What the server's state beneath says of its missing fields.
  package let knowledge: Knowledge

  /// Decodes the document. O(bytes).
  package func object() throws(CacheError) -> ParseObject {
    try DocumentCodec.object(className: className, bytes: bytes)
  }

  /// A field as far as it is known. O(bytes).
  package func state(of field: String) throws(CacheError) -> FieldState {
    if let value = try object()[field] { return .value(value) }
    return knowledge.tells(field) ? .unset : .unknown
  }

  /// The document's fields by their places, for reading a few of many: a fraction of decoding it.
  package func members() throws(CacheError) -> JSONMembers {
    do throws(JSONError) {
      return try JSONMembers(bytes: bytes)
    } catch {
      throw .badDocument(className: className)
    }
  }
}

/// Ids of rows the server does not have yet.
package enum LocalID {
  package static let prefix = "local-"

  /// Server ids are ten letters and digits, so a dash tells them apart.
  package static func isLocal(_ id: String) -> Bool { id.utf8.starts(with: prefix.utf8) }
}

enum DocumentCodec {
  static func object(className: String, bytes: [UInt8]) throws(CacheError) -> ParseObject {
    do {
      guard let json = try JSON(bytes: bytes).object else {
        throw CacheError.badDocument(className: className)
      }
      return ParseObject(className: className, json: json)
    } catch {
      throw CacheError.badDocument(className: className)
    }
  }

  static func object(className: String, text: String) throws(CacheError) -> ParseObject {
    try object(className: className, bytes: Array(text.utf8))
  }

  /// The wire form with fields in byte order, so that equal rows give equal text.
  static func text(_ object: ParseObject) -> String {
    String(decoding: object.orderedBytes, as: UTF8.self)
  }

  static func changes(_ text: String, className: String) throws(CacheError) -> Changes {
    do {
      var changes: Changes = [:]
      for member in try JSON(text: text).object?.members ?? [] {
        guard let operation = Operation(member.value) else {
          throw CacheError.badDocument(className: className)
        }
        changes[member.key] = operation
      }
      return changes
    } catch {
      throw CacheError.badDocument(className: className)
    }
  }

  static func values(_ text: String, className: String) throws(CacheError) -> [String: JSON] {
    do {
      let members = try JSON(text: text).object?.members ?? []
      return Dictionary(members.map { ($0.key, $0.value) }) { _, last in last }
    } catch {
      throw CacheError.badDocument(className: className)
    }
  }

  static func text(_ values: [String: JSON]) -> String {
    JSONObject(
      values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { JSONObject.Member(key: $0.key, value: $0.value) }
    ).text
  }
}
