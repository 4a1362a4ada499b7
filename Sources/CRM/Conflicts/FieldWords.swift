package import ParseCore

/// Names and values of fields as the outbox and the history say them.
package struct FieldWords: Sendable {
  let school: School
  let viewpoint: Viewpoint

  package init(school: School, viewpoint: Viewpoint) {
    self.school = school
    self.viewpoint = viewpoint
  }

  /// Columns whose words are not their names.
  private static let labels = [
    "expectedCloseDate": "close", "accountOwner": "owner", "scorePercent": "score",
    "progressPercent": "progress", "quizTitle": "quiz", "dueDate": "due", "completedAt": "done",
    "lastMessageAt": "last message", "attemptedAt": "when", "relatedTo": "about",
    "enrolledAt": "enrolled", "currentCompletionRate": "completion", "fullName": "name",
    "ticketNumber": "number", "createdBy": "by", "lastQuizScore": "last score",
  ]

  package func label(_ column: String, of kind: SchoolClass?) -> String {
    if column == "assignedTo" { return kind == .ticket ? "with" : "owner" }
    return Self.labels[column] ?? column
  }

  /// What people call a row, from its fields alone.
  package func name(_ fields: JSONObject) -> String? {
    for column in ["title", "name", "fullName", "ticketNumber", "subject", "quizTitle"] {
      if let text = fields[column]?.string, !text.isEmpty { return text }
    }
    return nil
  }

  /// Texts that hold many lines, which are merged by line.
  package static func isText(_ column: String) -> Bool {
    column == "notes" || column == "description"
  }

  /// One line; `∅` for nothing.
  package func value(_ value: JSON?, of column: String) -> String {
    switch value {
    case nil, .null?: return "∅"
    case .bool(let yes)?: return yes ? "yes" : "no"
    case .number(let number)?:
      return column == "amount" ? Wording.exactMoney(number.double) : number.text
    case .string(let text)?:
      let lines = text.split(separator: "\n")
      let first = lines.first.map(String.init) ?? "∅"
      return lines.count > 1 ? "\(first) (\(lines.count) lines)" : first
    case .array(let items)?:
      return items.isEmpty ? "∅" : items.map { self.value($0, of: column) }.joined(separator: ", ")
    case .object?: return object(value, of: column)
    }
  }

  private func object(_ value: JSON?, of column: String) -> String {
    if let iso = value?["iso"]?.string, let date = ParseDate(iso: iso) {
      // A deal closes on a day, whatever hour another program wrote.
      let isDay = column == "expectedCloseDate" || CivilDay.isWholeDay(date)
      guard isDay, let day = viewpoint.day(of: date) else {
        return Wording.moment(date, viewpoint)
      }
      return Wording.date(day, today: viewpoint.today)
    }
    guard let pointer = Pointer(anyForm: value), let kind = SchoolClass(rawValue: pointer.className)
    else { return "…" }
    if kind == .user, school.assignee(pointer.objectId, viewpoint) == .queue { return "queue" }
    return school.label(kind, pointer.objectId) ?? "hidden \(kind.singular)"
  }
}
