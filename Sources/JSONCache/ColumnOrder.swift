import ParseCore

/// The order of a query in SQL, as far as columns have it.
struct ColumnOrder {
  /// Column names in SQL, and each with its direction.
  let columns: [String]
  let terms: [String]
  /// No two rows tie, so the first rows are the first rows.
  let isTotal: Bool

  /// Nil when not even the first key has a column.
  init?(_ order: [Query.Order]) {
    let keys = order.contains { $0.field == "objectId" } ? order : order + [Query.Order("objectId")]
    let known = keys.prefix { Self.column($0.field) != nil }
    guard !known.isEmpty else { return nil }
    columns = known.compactMap { Self.column($0.field) }
    terms = zip(columns, known).map { $0 + ($1.descending ? " DESC" : "") }
    isTotal = known.contains { $0.field == "objectId" }
  }

  private static func column(_ field: String) -> String? {
    if field == "objectId" { return "id" }
    guard let column = DocumentColumn.byField[field], column.isSorted else { return nil }
    return column.name
  }
}
