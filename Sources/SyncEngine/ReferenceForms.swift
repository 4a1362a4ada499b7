package import ParseCore

/// What is known of the forms in which this server stores references to one of several classes: seen
/// in its rows, or found by trying. Edits hold plain pointers; what is sent has the server's form.
package struct ReferenceForms: Sendable, Hashable {
  private struct Field: Sendable, Hashable {
    let className: String
    let name: String
  }

  /// `Activity.relatedTo` is a Contact or a Deal.
  package static let standard = ReferenceForms(["Activity": ["relatedTo"]])

  private let fields: [String: [String]]
  private var seen: [Field: ReferenceForm] = [:]
  private var guesses: [Field: ReferenceForm] = [:]

  /// - Parameter fields: The names of such fields by class.
  package init(_ fields: [String: [String]]) { self.fields = fields }

  /// False while rows of the class can teach something.
  package func isKnown(_ className: String) -> Bool {
    names(className).allSatisfy { seen[Field(className: className, name: $0)] != nil }
  }

  package func form(_ className: String, _ name: String) -> ReferenceForm {
    let field = Field(className: className, name: name)
    return seen[field] ?? guesses[field] ?? .pointer
  }

  /// Learns from rows of the server. A column has one type, so one row tells.
  package mutating func learn(_ rows: [ParseObject]) {
    for row in rows {
      for name in names(row.className) {
        if let form = ReferenceForm(of: row[name]) {
          seen[Field(className: row.className, name: name)] = form
        }
      }
    }
  }

  /// The fields of a save whose references the server stores otherwise than the edit holds them.
  package func rewritten(_ className: String, _ changes: Changes) -> [String: JSON] {
    var values: [String: JSON] = [:]
    for name in names(className) {
      guard case .set(let value)? = changes[name], let target = Pointer(anyForm: value) else {
        continue
      }
      values[name] = form(className, name).value(target)
    }
    return values
  }

  /// The changes as this server wants them.
  package func encoded(_ className: String, _ changes: Changes) -> Changes {
    changes.merging(rewritten(className, changes).mapValues { .set($0) }) { _, mine in mine }
  }

  /// The server refused a save for a value's type (111): tries the next form where none was seen.
  /// - Returns: True when the save is worth another try.
  package mutating func refused(_ className: String, _ changes: Changes) -> Bool {
    var hasMore = false
    for name in rewritten(className, changes).keys {
      let field = Field(className: className, name: name)
      guard seen[field] == nil else { continue }
      switch guesses[field] ?? .pointer {
      case .pointer: guesses[field] = .array
      case .array: guesses[field] = .object
      case .object:
        guesses[field] = nil
        continue
      }
      hasMore = true
    }
    return hasMore
  }

  /// The server took a save, so the forms sent are its own.
  package mutating func taken(_ className: String, _ changes: Changes) {
    for name in rewritten(className, changes).keys {
      seen[Field(className: className, name: name)] = form(className, name)
    }
  }

  /// Fields left out where rows are looked up by their values: servers differ in how such a column
  /// is asked (reference/parse.md §3.8).
  package func names(_ className: String) -> [String] { fields[className] ?? [] }
}
