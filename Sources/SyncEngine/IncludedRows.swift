package import ParseCore

/// The rows of an answer with `include`, taken apart: each expanded object becomes a row of its own
/// and leaves a pointer in its place.
package struct IncludedRows: Sendable, Hashable {
  package private(set) var rows: [ParseObject] = []
  /// Each object once, however often it is pointed at.
  package private(set) var targets: [ParseObject] = []

  package init(_ answer: [ParseObject]) {
    var seen: Set<Pointer> = []
    rows = answer.map { row in
      var row = row
      for field in row.fields.keys {
        if let value = row.fields[field] { row.fields[field] = flatten(value, &seen) }
      }
      return row
    }
  }

  private mutating func flatten(_ json: JSON, _ seen: inout Set<Pointer>) -> JSON {
    switch json {
    case .array(let values): return .array(values.map { flatten($0, &seen) })
    case .object(let object):
      guard object["__type"]?.string == "Object", let pointer = Pointer(json) else { return json }
      var target = ParseObject(className: pointer.className, json: object)
      for field in target.fields.keys {
        if let value = target.fields[field] { target.fields[field] = flatten(value, &seen) }
      }
      if seen.insert(pointer).inserted { targets.append(target) }
      return pointer.json
    default: return json
    }
  }
}
