import ParseCore

/// The parameters of a find or get, from a query string or a body (reference/parse.md §1.3).
struct FindRequest: Sendable {
  var filter: JSON = .object([:])
  var order: [Query.Order] = []
  var limit = 100
  var skip = 0
  var keys: [String]?
  var excludedKeys: [String] = []
  var include: [String] = []
  var includesAll = false
  var counts = false

  private static let names: Set<String> = [
    "where", "order", "limit", "skip", "keys", "excludeKeys", "include", "includeAll", "count",
    "redirectClassNameForKey", "readPreference", "includeReadPreference",
    "subqueryReadPreference", "hint", "explain", "comment",
  ]

  private static let getNames: Set<String> = [
    "keys", "excludeKeys", "include", "readPreference", "includeReadPreference",
    "subqueryReadPreference",
  ]

  init() {}

  init(_ parameters: JSONObject, _ options: SandboxOptions) throws(ParseError) {
    for name in parameters.keys where !Self.names.contains(name) {
      throw .refused(102, "Invalid parameter for query: \(name)")
    }
    if let text = parameters["where"] { filter = try Self.filter(text) }
    order = Query.Order.list(Self.names(parameters["order"], trimmed: true).joined(separator: ","))
    if let value = parameters["limit"] { limit = try Self.count(value, .limit, options) }
    if let maximum = options.maximumLimit { limit = min(limit, maximum) }
    if let value = parameters["skip"] { skip = try Self.count(value, .skip, options) }
    counts = parameters["count"].map { Self.isTrue($0) } ?? false
    readSelection(parameters)
  }

  init(get parameters: JSONObject) throws(ParseError) {
    for name in parameters.keys where !Self.getNames.contains(name) {
      throw .refused(102, "Improper encode of parameter")
    }
    readSelection(parameters)
  }

  private mutating func readSelection(_ parameters: JSONObject) {
    if let value = parameters["keys"] { keys = Self.names(value) }
    excludedKeys = Self.names(parameters["excludeKeys"])
    include = Self.names(parameters["include"])
    includesAll =
      include.contains("*") || (parameters["includeAll"].map { Self.isTrue($0) } ?? false)
    include.removeAll { $0 == "*" }
    // `keys=company.name` brings the company along.
    for key in keys ?? [] where key.contains(".") {
      let path = key.split(separator: ".").dropLast().joined(separator: ".")
      if !include.contains(path) { include.append(path) }
    }
  }

  private static func filter(_ value: JSON) throws(ParseError) -> JSON {
    guard let text = value.string else { return value }
    do {
      let parsed = try JSON(text: text)
      if parsed.object == nil && parsed.array == nil { throw ParseError.internalError }
      return parsed
    } catch {
      throw .internalError
    }
  }

  /// Names of `order` may have spaces around them; elsewhere the space is part of the name.
  private static func names(_ value: JSON?, trimmed: Bool = false) -> [String] {
    if let list = value?.array { return list.compactMap(\.string) }
    guard let text = value?.string else { return [] }
    if text.utf8.first == UInt8(ascii: "["), let list = try? JSON(text: text).array {
      // What is not a JSON list after all is read as a comma list below, as the server does.
      return list.compactMap(\.string)
    }
    return text.split(separator: ",").map { trimmed ? String($0).trimmed : String($0) }
      .filter { !$0.isEmpty }
  }

  private enum Part {
    case limit, skip

    /// PostgreSQL's SQLSTATE for a negative one.
    var sqlState: String { self == .limit ? "2201W" : "2201X" }
  }

  private static func count(
    _ value: JSON, _ part: Part, _ options: SandboxOptions
  ) throws(ParseError) -> Int {
    let count = value.int ?? value.string.flatMap { Int($0) }
    if let count, count >= 0 { return count }
    guard options.database == .postgreSQL else { throw .internalError }
    throw .sql(count == nil ? "22P02" : part.sqlState)
  }

  private static func isTrue(_ value: JSON) -> Bool {
    value.bool == true || value == "true" || value == "1" || value.int == 1
  }
}
