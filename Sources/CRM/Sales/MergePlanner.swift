import ParseCore

/// Works out a merge: what points at the record that goes points at the kept one, empty fields of
/// that are filled, values that differ become a line of its notes, and the other is deleted.
struct MergePlanner {
  let school: School
  let viewpoint: Viewpoint

  /// Starts the line of the notes that holds what differed.
  static let mark = "[merged] "

  func plan(_ merge: Merge) -> MergePlan? { work(out: merge)?.plan }

  /// The plan and its writes in the order they are sent: pointed anew, filled in, deleted. Nil when
  /// one of the two is not here, or they are one.
  func work(out merge: Merge) -> (plan: MergePlan, writes: [Edit.Write])? {
    guard merge.kept.id != merge.gone, let kept = side(merge.kept),
      let gone = side(merge.kept.sibling(merge.gone))
    else { return nil }
    var fields = zip(kept.values, gone.values).map { compared($0, $1) }
    let notes = notes(kept, gone, fields)
    fields.append(notes.field)
    let changes = changes(gone, fields, notes: notes.text)
    let moved = Moved(school, from: merge.kept.sibling(merge.gone))
    let own = Moved(school, from: merge.kept)
    let writes = moved.writes(to: merge.kept)
    let filling: [Edit.Write] =
      changes.isEmpty ? [] : [.update(merge.kind, id: merge.kept.id, changes: changes)]
    let plan = MergePlan(
      merge: merge, keptName: name(kept), goneName: name(gone),
      fields: fields + [
        MergePlan.Field(
          label: "recorded", kept: kept.recorded, gone: gone.recorded,
          fate: gone.recorded.isEmpty ? .none : .lost)
      ],
      deals: school.rows(moved.deals, viewpoint), people: school.rows(moved.people, viewpoint),
      activities: moved.activities.sorted(by: School.isLater)
        .map { ActivityRow($0, school, viewpoint) },
      own: MergePlan.Own(
        deals: own.deals.count, people: own.people.count, activities: own.activities.count),
      notes: notes.text, seesAll: seesAll,
      refusal: refusal(merge, moved, changes, notes: notes.text))
    return (plan, writes + filling + [.delete(merge.kind, id: merge.gone)])
  }

  private func name(_ side: Side) -> String {
    side.values.first { $0.column == "name" && !$0.text.isEmpty }?.text ?? "unnamed"
  }

  private var rights: Rights { Rights(role: viewpoint.role) }

  private var seesAll: Bool {
    [SchoolClass.deal, .activity].allSatisfy { rights.reach(.read, $0) == .all }
  }
}

extension MergePlanner {
  /// One value of a record: as it is read, compared and written.
  private struct Value {
    let column: String
    let text: String
    /// Texts that compare alike say the same.
    let folded: String
    let json: JSON?

    init(_ column: String, _ stored: String?, folded: (String) -> String = { $0 }) {
      self.column = column
      text = FormText.singleLine(stored ?? "")
      self.folded = folded(text)
      json = stored.map(JSON.string)
    }

    init(_ column: String, pointer: JSON?, name: String) {
      self.column = column
      text = name
      folded = name
      json = pointer
    }
  }

  private struct Side {
    let values: [Value]
    let notes: String
    let recorded: String
  }

  private func side(_ party: Party) -> Side? {
    switch party {
    case .contact(let id): school.contacts[id].map(side)
    case .company(let id): school.companies[id].map(side)
    }
  }

  private func side(_ contact: Contact) -> Side {
    let company = contact.company
    return Side(
      values: [
        Value("name", contact.name),
        Value("email", contact.email) { $0.lowercased() },
        Value("phone", contact.phone) { $0.filter { $0.isNumber || $0.isLetter } },
        Value(
          "company", pointer: company.map(SchoolClass.company.pointer),
          name: company.map { school.label(.company, $0) ?? "hidden company" } ?? ""),
      ], notes: contact.notes ?? "", recorded: recorded(contact.meta, contact.createdBy))
  }

  private func side(_ company: Company) -> Side {
    Side(
      values: [
        Value("name", company.name), Value("website", company.website) { $0.lowercased() },
        Value("industry", company.industry), Value("address", company.address),
      ], notes: company.notes ?? "", recorded: recorded(company.meta, company.createdBy))
  }

  private func recorded(_ meta: RecordMeta, _ creator: RecordID?) -> String {
    let day = meta.createdAt.map { Wording.longDay(viewpoint.day(at: $0)) } ?? ""
    let name = school.userName(creator)
    return [day, name.isEmpty ? "" : "by \(name)"].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func compared(_ kept: Value, _ gone: Value) -> MergePlan.Field {
    let fate: MergePlan.Fate =
      gone.text.isEmpty
      ? .none : kept.text.isEmpty ? .filled : kept.folded == gone.folded ? .same : .noted
    return MergePlan.Field(
      label: label(kept.column), kept: kept.text, gone: gone.text, fate: fate)
  }

  private func label(_ column: String) -> String { column == "email" ? "e-mail" : column }

  /// Those of the kept one, those of the other below, and a line for what differed.
  private func notes(
    _ kept: Side, _ gone: Side, _ fields: [MergePlan.Field]
  ) -> (field: MergePlan.Field, text: String?) {
    let differing = fields.filter { $0.fate == .noted }.map { "\($0.label) \($0.gone)" }
    let (mine, theirs) = (FormText.lines(kept.notes), FormText.lines(gone.notes))
    let fate: MergePlan.Fate =
      theirs.isEmpty ? .none : mine.isEmpty ? .filled : mine.contains(theirs) ? .same : .joined
    var parts = [mine]
    if fate == .filled || fate == .joined { parts.append(theirs) }
    if !differing.isEmpty { parts.append(Self.mark + differing.joined(separator: ", ")) }
    let text = parts.filter { !$0.isEmpty }.joined(separator: "\n")
    let field = MergePlan.Field(
      label: "notes", kept: FormText.singleLine(mine), gone: FormText.singleLine(theirs),
      fate: fate)
    return (field, text == mine ? nil : text)
  }

  private func changes(
    _ gone: Side, _ fields: [MergePlan.Field], notes: String?
  ) -> Changes {
    var changes: Changes = [:]
    for (value, field) in zip(gone.values, fields) where field.fate == .filled {
      if let json = value.json { changes[value.column] = .set(json) }
    }
    if let notes { changes["notes"] = .set(.string(notes)) }
    return changes
  }
}

/// What points at a contact or a company.
private struct Moved {
  let deals: [Deal]
  let people: [Contact]
  let activities: [Activity]

  init(_ school: School, from party: Party) {
    switch party {
    case .contact(let id):
      deals = school.deals[.contact, id]
      people = []
    case .company(let id):
      deals = school.deals[.company, id]
      people = school.contacts[.company, id]
    }
    activities = school.activities(about: party.kind, party.id)
  }

  var ids: [(kind: SchoolClass, id: RecordID)] {
    deals.map { (.deal, $0.id) } + people.map { (.contact, $0.id) }
      + activities.map { (.activity, $0.id) }
  }

  func writes(to party: Party) -> [Edit.Write] {
    let pointer = Operation.set(party.kind.pointer(party.id))
    let column = party.kind == .contact ? "contact" : "company"
    return ids.map { row in
      .update(
        row.kind, id: row.id, changes: [row.kind == .activity ? "relatedTo" : column: pointer])
    }
  }
}

extension MergePlanner {
  private func refusal(
    _ merge: Merge, _ moved: Moved, _ changes: Changes, notes: String?
  ) -> Refusal? {
    let kinds: [SchoolClass] =
      merge.kind == .contact
      ? [.contact, .deal, .activity] : [.company, .contact, .deal, .activity]
    if let missing = kinds.first(where: { !school.complete.contains($0) }) {
      return Refusal("Not all \(missing.plural) are here yet; wait until they are.")
    }
    if let refusal = refusal(to: .delete, merge.kind, merge.gone) { return refusal }
    if !changes.isEmpty, let refusal = refusal(to: .update, merge.kind, merge.kept.id) {
      return refusal
    }
    for row in moved.ids {
      guard let refusal = refusal(to: .update, row.kind, row.id) else { continue }
      let name = school.label(row.kind, row.id) ?? row.kind.singular
      return Refusal("\(refusal.words.dropLast()): \(name).")
    }
    if (notes ?? "").utf16.count > FormField.mostNotes {
      return Refusal("The notes of both are too long for one record; shorten one first.")
    }
    return nil
  }

  private func refusal(
    to action: Rights.Action, _ kind: SchoolClass, _ id: RecordID
  ) -> Refusal? {
    rights.refusal(to: action, kind, isOwn: school.isOwn(kind, id, of: viewpoint.user))
  }
}

extension Editor {
  /// Makes two records one.
  package func merge(_ merge: Merge) throws(Refusal) -> Edit {
    let planner = MergePlanner(school: school, viewpoint: viewpoint)
    guard let (plan, writes) = planner.work(out: merge) else {
      throw Refusal("One of the two \(merge.kind.plural) is not here any more.")
    }
    if let refusal = plan.refusal { throw refusal }
    let moved = plan.movedCount == 0 ? "" : ", \(plan.movedWords) pointed anew"
    return Edit(
      words: "\(plan.goneName) merged into \(plan.keptName)\(moved)", writes: writes)
  }
}
