/// Reads the right side of a constraint.
struct QueryOperand {
  let path: QueryPath
  let now: ParseDate

  /// The operand of an operator on a field: a plain value, one of the types, or a relative time.
  func value(_ json: JSON) throws(ParseError) -> QueryValue {
    if let text = json["$relativeTime"] {
      guard let text = text.string, let date = RelativeTime.date(text, from: now) else {
        throw ParseError.badJSON("bad $relativeTime value")
      }
      return .date(date)
    }
    return try literal(json)
  }

  /// A value that stands alone. Lists and maps have no meaning on a whole field; within a map
  /// they do.
  func literal(_ json: JSON) throws(ParseError) -> QueryValue {
    switch json {
    case .string(let text) where path.isSystemDate:
      return ParseDate(iso: text).map(QueryValue.date) ?? .text(ByteText(text))
    case .array where path.rest.isEmpty:
      throw ParseError.badJSON("You cannot use a list as a query parameter.")
    default: return try interior(json)
    }
  }

  /// A value inside `$all`, where maps are allowed.
  func interior(_ json: JSON) throws(ParseError) -> QueryValue {
    let value = QueryValue(json)
    guard case .other(let json) = value else { return value }
    switch json["__type"]?.string {
    case "GeoPoint"?, "Polygon"?, "Bytes"?: return value
    case nil where !path.rest.isEmpty: return value
    case "Date"?: throw ParseError.badJSON("bad date in \(path.text)")
    default: throw ParseError.badJSON("You cannot use a map as a query parameter.")
    }
  }
}

/// `$relativeTime`: `now`, `in 3 days 2 hrs`, `1 wk ago`.
enum RelativeTime {
  /// Seconds of each unit; the server counts a year as 365 days and knows no months.
  private static let units: [String: Int64] = [
    "yr": 31_536_000, "year": 31_536_000, "wk": 604_800, "week": 604_800, "d": 86_400,
    "day": 86_400, "hr": 3600, "hour": 3600, "min": 60, "minute": 60, "sec": 1, "second": 1,
  ]

  static func date(_ text: String, from now: ParseDate) -> ParseDate? {
    var words = text.lowercased().split { $0 == " " }.map(String.init)
    if words == ["now"] { return now }
    let future = words.first == "in"
    let past = words.last == "ago"
    guard future != past else { return nil }
    if future { words.removeFirst() } else { words.removeLast() }
    guard !words.isEmpty, words.count.isMultiple(of: 2) else { return nil }
    var seconds: Int64 = 0
    for index in stride(from: 0, to: words.count, by: 2) {
      var unit = words[index + 1]
      if units[unit] == nil, unit.last == "s" { unit.removeLast() }
      guard let count = Int64(words[index]), abs(count) < 1_000_000_000, let size = units[unit]
      else { return nil }
      seconds += count * size
      // 300 000 years and more are a slip of the hand, and would leave 64 bits.
      guard abs(seconds) < 10_000_000_000_000 else { return nil }
    }
    return ParseDate(milliseconds: now.milliseconds + (future ? seconds : -seconds) * 1000)
  }
}
