package import JSONCache
package import ParseCore

/// Knowing a create again whose answer was lost.
extension OutboxMachine {
  /// What became of it.
  package enum LostCreate: Sendable, Hashable {
    /// This row is it.
    case found(ParseObject)
    /// This row may be it: much is alike, but it was changed since, by a trigger or by others.
    case unclear(ParseObject)
    case missing
  }

  /// How much of a create a row shows. Texts tell most: others choose the same number or switch more
  /// easily.
  private struct Likeness: Comparable {
    let texts: Int
    let all: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.texts, left.all) < (right.texts, right.all)
    }
  }

  /// How telling a value is: all that a person makes points at that person, and of switches half are
  /// alike.
  private enum Evidence: Int, Comparable {
    case pointer, bool, plain

    init(_ value: JSON) {
      switch value {
      case .string, .number: self = .plain
      case .bool: self = .bool
      default: self = .pointer
      }
    }

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// - Parameter rows: What one of the `lookUps` found, without the rows this cache made before.
  package static func lostCreate(_ record: OutboxRecord, among rows: [ParseObject]) -> LostCreate {
    let signature = record.signature
    if signature.isEmpty { return .missing }
    // All that a person makes points at that person, so what a row points at tells nothing.
    let telling = signature.filter { Pointer($0.value) == nil }
    func count(_ signature: [String: JSON], _ row: ParseObject) -> Int {
      signature.count { isAlike(value(of: $0.key, in: row), $0.value) }
    }
    let texts = signature.filter { $0.value.string != nil }
    let alike = rows.filter { telling.isEmpty || count(telling, $0) > 0 }
      .map { (row: $0, likeness: Likeness(texts: count(texts, $0), all: count(signature, $0))) }
      .filter { $0.likeness.all * 3 >= signature.count }
    guard let most = alike.map(\.likeness).max() else { return .missing }
    // Where the user turned one down, others just as close may be it.
    let closest = alike.first { candidate in
      candidate.likeness == most && !record.strangers.contains(candidate.row.objectId ?? "")
    }
    guard let closest else { return .missing }
    return most.all == signature.count ? .found(closest.row) : .unclear(closest.row)
  }

  /// The same but for case and white space, which triggers put in order.
  private static func isAlike(_ left: JSON?, _ right: JSON?) -> Bool {
    guard let left = left?.string, let right = right?.string else { return same(left, right) }
    return tidied(left).lowercased() == tidied(right).lowercased()
  }

  private static func tidied(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Finds a create that left and whose answer was lost: questions to ask one after another until rows
  /// come that may be it. First rows of about that time that hold all that tells, then, since others
  /// may have changed some of it, rows that hold one of the values that tell most.
  /// - Parameter names: Fields left out.
  package static func lookUps(_ record: OutboxRecord, without names: [String]) -> [Query] {
    let asked = record.signature.filter { !names.contains($0.key) }
    let most = asked.values.map(Evidence.init).max() ?? .pointer
    let telling = asked.filter { Evidence($0.value) > .pointer || most == .pointer }
      .mapValues(condition).sorted { $0.key < $1.key }
    let strongest = telling.filter { asked[$0.key].map(Evidence.init) == most }
      .map { JSON.object([$0.key: $0.value]) }
    func query(_ conditions: JSONObject) -> Query {
      var filter = conditions
      filter["createdAt"] = ["$gte": record.since.json]
      return Query(
        record.className, where: filter, order: [Query.Order("createdAt")], limit: 1000)
    }
    let exact = query(JSONObject(telling.map { .init(key: $0.key, value: $0.value) }))
    return strongest.count > 1 || strongest.count < telling.count
      ? [exact, query(["$or": .array(strongest)])] : [exact]
  }

  /// A text as it was sent, or as triggers put it in order: trimmed, with single spaces, in lower case.
  private static func condition(_ value: JSON) -> JSON {
    guard let text = value.string else { return value }
    let start = text.drop(while: \.isWhitespace)
    let trimmed = start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    var forms: [String] = []
    for form in [text, trimmed, tidied(text)] {
      for same in [form, form.lowercased()] where !forms.contains(same) { forms.append(same) }
    }
    return forms.count == 1 ? value : ["$in": .array(forms.map(JSON.string))]
  }
}
