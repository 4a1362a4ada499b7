/// A stored generated column over the document, for what panes sort and filter by.
///
/// Its value only narrows a query: whatever is not of the column's own type is stored as `other`,
/// which every narrowing lets pass, so that the query engine decides.
struct DocumentColumn: Sendable {
  enum Kind: Sendable {
    case text
    case number
    /// `updatedAt`, which is plain ISO text but compares as an instant.
    case instant
    /// A Date value, stored as its ISO text when that has the server's own form.
    case date
    /// The target's id, of a pointer or of an array that holds one.
    case pointer
  }

  let field: String
  let kind: Kind

  /// What a column holds for a value of an unexpected type. A blob sorts after numbers and text.
  static let other = "x'00'"

  static let all: [DocumentColumn] =
    [DocumentColumn(field: "updatedAt", kind: .instant)]
    + [
      "stage", "status", "priority", "type", "cohort", "quizTitle", "ticketNumber",
    ].map { DocumentColumn(field: $0, kind: .text) }
    + [
      "amount", "progressPercent", "scorePercent", "currentCompletionRate", "lastQuizScore",
    ].map { DocumentColumn(field: $0, kind: .number) }
    + [
      "expectedCloseDate", "dueDate", "completedAt", "attemptedAt", "lastMessageAt", "enrolledAt",
    ].map { DocumentColumn(field: $0, kind: .date) }
    + [
      "student", "course", "assignedTo", "accountOwner", "company", "contact", "relatedTo",
      "createdBy", "instructor",
    ].map { DocumentColumn(field: $0, kind: .pointer) }

  static let byField: [String: DocumentColumn] =
    Dictionary(uniqueKeysWithValues: all.map { ($0.field, $0) })

  /// The column's name in SQL.
  var name: String { "\"\(field)\"" }

  var definition: String {
    let type = "coalesce(json_type(document,'$.\(field)'),'null')"
    let value = "json_extract(document,'$.\(field)')"
    let cases: String
    switch kind {
    case .text, .instant: cases = "WHEN 'text' THEN \(value)"
    case .number: cases = "WHEN 'integer' THEN \(value) WHEN 'real' THEN \(value)"
    case .date:
      let iso = "json_extract(document,'$.\(field).iso')"
      cases = """
        WHEN 'object' THEN CASE WHEN \(iso) LIKE '____-__-__T__:__:__.___Z' THEN \(iso) \
        ELSE \(Self.other) END
        """
    case .pointer:
      let single = "json_array_length(document,'$.\(field)')=1"
      cases = """
        WHEN 'object' THEN coalesce(json_extract(document,'$.\(field).objectId'),\(Self.other)) \
        WHEN 'array' THEN CASE WHEN \(single) THEN \
        coalesce(json_extract(document,'$.\(field)[0].objectId'),\(Self.other)) \
        ELSE \(Self.other) END
        """
    }
    return """
      \(name) GENERATED ALWAYS AS (CASE \(type) WHEN 'null' THEN NULL \(cases) \
      ELSE \(Self.other) END) STORED
      """
  }

  /// Holds where the column does not tell where the value stands in the engine's order: a value of
  /// another type, a date that is none, a number beyond 2^53, which SQLite and doubles compare
  /// differently.
  var oddity: String {
    switch kind {
    case .text, .pointer: "\(name) = \(Self.other)"
    case .number: "\(name) > 9007199254740992 OR \(name) < -9007199254740992"
    // Written by `ParseDate`, whose text sorts up to the year 9999.
    case .instant: "length(\(name)) <> 24"
    // The modifier makes SQLite calculate, so that 31 February comes out as another day.
    case .date: "strftime('%Y-%m-%dT%H:%M:%fZ', \(name), '+0 days') IS NOT \(name)"
    }
  }

  /// Rows of which a column is odd. A partial index is used only where its condition stands word for
  /// word in the query (sqlite.org/partialindex.html).
  static let anyOddity = all.map(\.oddity).joined(separator: " OR ")

  /// Whether SQL sorts the column as the engine sorts the field, odd values apart. Pointers sort by
  /// class and id, but the column has the id only.
  var isSorted: Bool { kind != .pointer }

  /// Partial indexes: class, then the columns in order. One for each class that a query sorts; each
  /// more costs a first fill two microseconds a row, while a query without one reads its class.
  static let indexes: [(className: String, fields: [String])] = [
    ("Deal", ["stage", "expectedCloseDate"]),
    ("SupportTicket", ["status", "priority", "lastMessageAt"]),
    ("QuizAttempt", ["attemptedAt"]), ("Student", ["currentCompletionRate"]),
    ("Activity", ["completedAt", "dueDate"]),
  ]
}
