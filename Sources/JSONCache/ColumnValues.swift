import ParseCore

/// What rows with the same field names in the same order share.
struct RowShape {
  struct Column {
    /// The member's place in the fields.
    let member: Int
    /// The column's place in `DocumentColumn.all`.
    let place: Int
    let kind: DocumentColumn.Kind
  }

  let order: FieldOrder
  /// The fields that have a column.
  let columns: [Column]

  init(_ fields: JSONObject) {
    order = FieldOrder(fields)
    columns = fields.members.enumerated().compactMap { index, member in
      DocumentColumn.places[member.key].map { place in
        Column(member: index, place: place, kind: DocumentColumn.all[place].kind)
      }
    }
  }
}

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

  /// - Parameter columns: The shape of the object's fields.
  init(_ object: ParseObject, _ columns: [RowShape.Column]) {
    values.reserveCapacity(columns.count + 1)
    if let time = object.updatedAt {
      set(DocumentColumn.updatedAt, DocumentColumn.instant(time.iso))
    }
    let members = object.fields.members.span
    for column in columns {
      guard let value = column.kind.value(of: members[column.member].value) else { continue }
      set(column.place, value)
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
        ParseDate.isCanonical(iso)
      else { return .other }
      return .text(iso)
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
