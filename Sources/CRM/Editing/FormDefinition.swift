package import ParseCore

/// One field of a form. Its value is text: what was typed, a word of a choice, or a record's id.
package struct FormField: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// One line; the limits count UTF-16 units, as the server's code does.
    case text(min: Int, max: Int)
    case lines(max: Int)
    case email
    /// The words to choose from, as stored.
    case choice([String])
    /// `true` or `false`.
    case flag
    case number
    /// 0 to 100.
    case percent
    /// 0 to 10¹².
    case amount
    case day
    /// `isPast`: cannot lie ahead, and `fri` means the last one.
    case moment(isPast: Bool)
    case reference(SchoolClass)
  }

  /// What notes and descriptions take, in UTF-16 units.
  static let mostNotes = 4000

  package let id: String
  package let label: String
  package let kind: Kind
  package let isRequired: Bool
  package let initial: String
  /// What the field takes or what happens without it, for a line beside it.
  package let hint: String
  /// The field of the record; two fields may share one, and then only one of them is filled.
  package let column: String

  package init(
    _ id: String, _ label: String, _ kind: Kind, isRequired: Bool = false, initial: String = "",
    hint: String = "", column: String? = nil
  ) {
    self.id = id
    self.label = label
    self.kind = kind
    self.isRequired = isRequired
    self.initial = initial
    self.hint = hint
    self.column = column ?? id
  }
}

/// A form as data: what it asks, what it accepts, and the edit it comes to.
package struct FormDefinition: Sendable, Hashable {
  /// Texts by field id; a field left out has its initial text.
  package typealias Values = [String: String]

  package let title: String
  package let schoolClass: SchoolClass
  /// The record being edited; nil makes a new one.
  package let record: RecordID?
  package let fields: [FormField]
  /// Written on create beside the fields.
  package let fixed: JSONObject
  /// Saving makes a record for each of these instead of one.
  package let each: Each?

  /// The records a column of many new ones points to, one each.
  package struct Each: Sendable, Hashable {
    package let column: String
    package let schoolClass: SchoolClass
    package let ids: [RecordID]

    package init(column: String, schoolClass: SchoolClass, ids: [RecordID]) {
      self.column = column
      self.schoolClass = schoolClass
      self.ids = ids
    }
  }

  package init(
    title: String, schoolClass: SchoolClass, record: RecordID? = nil, fields: [FormField],
    fixed: JSONObject = [:], each: Each? = nil
  ) {
    self.each = each
    self.title = title
    self.schoolClass = schoolClass
    self.record = record
    self.fields = fields
    self.fixed = fixed
  }

  package func field(_ id: String) -> FormField? { fields.first { $0.id == id } }

  /// What is wrong with a text, in words; nil when it can be saved.
  package func validate(_ id: String, _ text: String, _ viewpoint: Viewpoint) -> String? {
    guard let field = field(id) else { return nil }
    do throws(Refusal) {
      _ = try FormReader(viewpoint: viewpoint).json(field, text)
      return nil
    } catch {
      return error.words
    }
  }

  /// The ids of the fields that keep the form from being saved, with the words for each. What a
  /// record holds already is no problem, however odd.
  package func problems(_ values: Values, _ viewpoint: Viewpoint) -> [(id: String, words: String)] {
    var found: [(id: String, words: String)] = []
    var filled: [String: String] = [:]
    for field in fields {
      let text = values[field.id] ?? field.initial
      let isUntouched = record != nil && text.utf8.elementsEqual(field.initial.utf8)
      if !isUntouched, let words = validate(field.id, text, viewpoint) {
        found.append((field.id, words))
      } else if !FormText.singleLine(text).isEmpty {
        if let other = filled.updateValue(field.label, forKey: field.column) {
          let words = "Either \(other.lowercased()) or \(field.label.lowercased()), not both."
          found.append((field.id, words))
        }
      }
    }
    return found
  }

  /// What a shorthand was understood as: `Fri 27 Nov 2026, in 7d`, `12 000`. Nil where the text
  /// speaks for itself or is not understood.
  package func understood(_ id: String, _ text: String, _ viewpoint: Viewpoint) -> String? {
    field(id).flatMap { FormReader(viewpoint: viewpoint).understood($0, text) }
  }

  /// The edit of the filled form. When editing a record, only fields whose text differs from the
  /// initial one are written; an emptied field is deleted, never null.
  package func edit(_ values: Values, _ viewpoint: Viewpoint) throws(Refusal) -> Edit {
    if let problem = problems(values, viewpoint).first { throw Refusal(problem.words) }
    guard let record else { return try create(values, viewpoint) }
    let reader = FormReader(viewpoint: viewpoint)
    var changes: Changes = [:]
    for field in fields {
      guard let text = values[field.id], !text.utf8.elementsEqual(field.initial.utf8) else {
        continue
      }
      if let value = try reader.json(field, text) {
        changes[field.column] = .set(value)
      } else if changes[field.column] == nil {
        changes[field.column] = .delete
      }
    }
    guard !changes.isEmpty else { throw Refusal("Nothing has changed.") }
    return Edit(
      words: "\(name(values)) saved", writes: [.update(schoolClass, id: record, changes: changes)])
  }

  private func create(_ values: Values, _ viewpoint: Viewpoint) throws(Refusal) -> Edit {
    let reader = FormReader(viewpoint: viewpoint)
    var object = JSONObject()
    for field in fields {
      if let value = try reader.json(field, values[field.id] ?? field.initial) {
        object[field.column] = value
      }
    }
    for member in fixed.members where object[member.key] == nil {
      object[member.key] = member.value
    }
    guard let each else {
      return Edit(words: "\(name(values)) created", writes: [.create(schoolClass, fields: object)])
    }
    let writes = each.ids.map { id in
      object[each.column] = each.schoolClass.pointer(id)
      return Edit.Write.create(schoolClass, fields: object)
    }
    return Edit(words: "\(writes.count) \(schoolClass.plural) created", writes: writes)
  }

  /// The kind of record and its first line of text: `deal Retail academy`.
  private func name(_ values: Values) -> String {
    let title = fields.first { if case .text = $0.kind { true } else { false } }
    let text = title.map { FormText.singleLine(values[$0.id] ?? $0.initial) } ?? ""
    return text.isEmpty ? schoolClass.singular : "\(schoolClass.singular) \(text)"
  }
}
