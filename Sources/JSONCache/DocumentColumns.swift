/// A column beside the document, for what panes sort and filter by.
///
/// Its value only narrows a query: whatever is not of the column's own type is stored as `other`,
/// which every narrowing lets pass, so that the query engine decides. The value is taken from the
/// object whenever its document is written (`ColumnValues`): SQLite's own generated columns read the
/// document's text again for each of them, which is most of the cost of a first fill.
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

  /// Each column's place in `all`.
  static let places: [String: Int] =
    Dictionary(uniqueKeysWithValues: all.enumerated().map { ($0.element.field, $0.offset) })

  /// The column's name in SQL.
  var name: String { "\"\(field)\"" }

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
