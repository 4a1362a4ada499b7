import ParseCore

/// What the columns of a row hold.
struct ColumnValues {
  enum Value: Equatable {
    case text(String)
    case integer(Int64)
    case real(Double)
    /// See `DocumentColumn.other`.
    case other
  }

  /// Columns that are not NULL, by their places in `DocumentColumn.all`.
  private(set) var values: [(place: Int, value: Value)] = []
  /// A column does not tell where the row stands in the query engine's order.
  private(set) var isOdd = false

  init(_ object: ParseObject) {
    values.reserveCapacity(12)
    if let time = object.updatedAt {
      set(DocumentColumn.updatedAt, DocumentColumn.instant(time.iso))
    }
    for member in object.fields.members {
      guard let place = DocumentColumn.places[member.key] else { continue }
      if let value = DocumentColumn.all[place].kind.value(of: member.value) { set(place, value) }
    }
  }

  private mutating func set(_ place: Int, _ value: Value) {
    values.append((place, value))
    if value == .other { isOdd = true }
  }
}

extension DocumentColumn {
  fileprivate static let updatedAt = places["updatedAt"] ?? 0

  /// Text of the server's own form sorts as the instants do, up to the year 9999.
  fileprivate static func instant(_ iso: String) -> ColumnValues.Value {
    iso.utf8.count == 24 ? .text(iso) : .other
  }
}

extension DocumentColumn.Kind {
  /// Nil for null.
  fileprivate func value(of json: JSON) -> ColumnValues.Value? {
    if case .null = json { return nil }
    switch self {
    case .text:
      // The arguments of a query end at NUL.
      guard let text = json.string, !text.utf8.contains(0) else { return .other }
      return .text(text)
    case .number: return json.number.map(Self.value(of:)) ?? .other
    case .instant: return json.string.map(DocumentColumn.instant) ?? .other
    case .date:
      // Another spelling of the instant, or a day that is none, would sort elsewhere.
      guard let iso = json["iso"]?.string, json["__type"]?.string == "Date",
        ParseDate(iso: iso)?.iso == iso
      else { return .other }
      return DocumentColumn.instant(iso)
    case .pointer:
      let targets = json.array ?? [json]
      guard targets.count == 1, let target = Pointer(targets.first) else { return .other }
      return .text(target.objectId)
    }
  }

  /// Beyond 2^53 SQLite and doubles compare differently.
  private static func value(of number: JSONNumber) -> ColumnValues.Value {
    switch number {
    case .integer(let value): value.magnitude <= 1 << 53 ? .integer(value) : .other
    case .double, .literal: number.double.magnitude <= 0x1p53 ? .real(number.double) : .other
    }
  }
}
