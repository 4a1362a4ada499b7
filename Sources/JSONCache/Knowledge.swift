package import ParseCore

/// Which missing fields of a cached row are surely unset on the server.
package enum Knowledge: Sendable, Hashable {
  /// All of them.
  case complete
  /// Only these fields were fetched (`keys`); of others nothing is known, or nothing new.
  case keys(Set<String>)
  /// All but these pointers: the server leaves out an included pointer both when it is unset and when
  /// its target is not for this reader (reference/parse.md §1.3).
  case allBut(Set<String>)

  /// Whether a field that is missing is unset.
  package func tells(_ field: String) -> Bool {
    switch self {
    case .complete: true
    case .keys(let fields): fields.contains(field) || Self.always.contains(field)
    case .allBut(let fields): !fields.contains(field)
    }
  }

  /// What a find never leaves out (reference/parse.md §1.3).
  private static let always: Set<String> = ["objectId", "createdAt", "updatedAt", "ACL"]

  /// Two answers about the same version of a row.
  func joined(_ other: Knowledge) -> Knowledge {
    switch (self, other) {
    case (.complete, _), (_, .complete): .complete
    case (.keys(let left), .keys(let right)): .keys(left.union(right))
    case (.allBut(let left), .allBut(let right)): Self.allBut(left.intersection(right)).plain
    case (.keys(let keys), .allBut(let fields)), (.allBut(let fields), .keys(let keys)):
      Self.allBut(fields.subtracting(keys)).plain
    }
  }

  private var plain: Knowledge { self == .allBut([]) ? .complete : self }
}

extension Knowledge {
  /// What an answer says of one of its rows.
  init(_ arrival: Arrival, _ row: ParseObject) {
    if let keys = arrival.keys {
      self = .keys(keys)
    } else {
      self = Self.allBut(arrival.included.filter { row.fields[$0] == nil }).plain
    }
  }

  /// The stored form; nil for complete rows.
  var text: String? {
    switch self {
    case .complete: nil
    case .keys(let fields): Self.form("keys", fields)
    case .allBut(let fields): Self.form("allBut", fields)
    }
  }

  init(text: String?) throws {
    guard let text, let form = try JSON(text: text).object else {
      self = .complete
      return
    }
    func fields(_ name: String) -> Set<String>? {
      form[name]?.array.map { Set($0.compactMap(\.string)) }
    }
    self = fields("keys").map(Self.keys) ?? fields("allBut").map(Self.allBut) ?? .complete
  }

  private static func form(_ name: String, _ fields: Set<String>) -> String {
    JSONObject([.init(key: name, value: .array(fields.sorted().map(JSON.string)))]).text
  }
}

/// What the cache can say of a field.
package enum FieldState: Sendable, Hashable {
  case value(JSON)
  case unset
  /// Not fetched, or hidden with its target.
  case unknown
}
