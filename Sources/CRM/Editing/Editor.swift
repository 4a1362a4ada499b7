package import ParseCore

/// Makes the edits of the one-key actions, on one row or on several alike.
///
/// Every maker takes ids and gives one edit with a write per row that changes. Rows already as
/// wanted, gone, or not open to the role are left out; when that leaves none, the refusal says why.
package struct Editor: Sendable {
  package let school: School
  package let viewpoint: Viewpoint

  package init(school: School, viewpoint: Viewpoint) {
    self.school = school
    self.viewpoint = viewpoint
  }

  package var rights: Rights { Rights(role: viewpoint.role) }

  /// The signed-in user, who becomes the owner of what is claimed.
  func me() throws(Refusal) -> RecordID {
    guard let user = viewpoint.user else { throw Refusal("Sign in first.") }
    return user
  }

  /// What an action comes to on one row.
  enum Outcome {
    case change(Changes, words: String)
    /// Nothing to write, and why.
    case leave(String)
  }

  /// Runs an action over the rows of one class.
  /// - Parameter many: words for n changed rows, e.g. `5 tickets set to high`.
  func edit<Row: Record>(
    _ ids: [RecordID], in table: RecordTable<Row>, many: (Int) -> String,
    outcome: (Row) -> Outcome
  ) throws(Refusal) -> Edit {
    let kind = Row.schoolClass
    if let refusal = rights.refusal(to: .update, kind) { throw refusal }
    var writes: [Edit.Write] = []
    var words = ""
    var reason: String?
    var seen: Set<RecordID> = []
    for id in ids where seen.insert(id).inserted {
      guard let row = table[id] else {
        reason = reason ?? "That \(kind.singular) is not here any more."
        continue
      }
      let isOwn = school.isOwn(kind, id, of: viewpoint.user)
      if let refusal = updateRefusal(kind, isOwn: isOwn) {
        reason = reason ?? refusal.words
        continue
      }
      switch outcome(row) {
      case .change(let changes, let said):
        writes.append(.update(kind, id: id, changes: changes))
        words = said
      case .leave(let said): reason = reason ?? said
      }
    }
    guard !writes.isEmpty else {
      throw Refusal(reason ?? "There is no \(kind.singular) to change.")
    }
    if writes.count > 1 { words = many(writes.count) }
    let left = seen.count - writes.count
    if left > 0 { words += ", \(left) left as \(left == 1 ? "it is" : "they are")" }
    return Edit(words: words, writes: writes)
  }

  private func updateRefusal(_ kind: SchoolClass, isOwn: Bool) -> Refusal? {
    rights.refusal(to: .update, kind, isOwn: isOwn)
  }

  /// Deletes rows of one class; asking first is the screen's part.
  package func delete(_ kind: SchoolClass, _ ids: [RecordID]) throws(Refusal) -> Edit {
    if let refusal = rights.refusal(to: .delete, kind) { throw refusal }
    var writes: [Edit.Write] = []
    var reason: Refusal?
    for id in ids {
      let isOwn = school.isOwn(kind, id, of: viewpoint.user)
      if let refusal = rights.refusal(to: .delete, kind, isOwn: isOwn) {
        reason = reason ?? refusal
      } else {
        writes.append(.delete(kind, id: id))
      }
    }
    guard let first = ids.first, !writes.isEmpty else {
      throw reason ?? Refusal("There is no \(kind.singular) to delete.")
    }
    let name = school.label(kind, first) ?? "1 \(kind.singular)"
    let words = writes.count == 1 ? "\(name) deleted" : "\(writes.count) \(kind.plural) deleted"
    return Edit(words: words, writes: writes)
  }
}

extension School {
  /// What people call a row, unsafe text as stored; nil for a row that is not here.
  package func label(_ kind: SchoolClass, _ id: RecordID) -> String? {
    switch kind {
    case .user: users[id]?.username
    case .course: courses[id]?.courseCode
    case .student: students[id]?.fullName
    case .enrollment: enrollments[id].map(label(of:))
    case .attempt: attempts[id]?.quizTitle
    case .ticket: tickets[id]?.label
    case .company: companies[id]?.name
    case .contact: contacts[id]?.name
    case .deal: deals[id]?.title
    case .activity: activities[id]?.label
    }
  }

  /// `Zoë in ART101`.
  func label(of enrollment: Enrollment) -> String {
    let student = students[enrollment.student]?.fullName ?? "hidden student"
    let course = courses[enrollment.course]?.courseCode ?? "hidden course"
    return "\(student) in \(course)"
  }
}

extension SupportTicket {
  /// Its number; its subject while the server has given none.
  package var label: String { ticketNumber.isEmpty ? subject : ticketNumber }
}

extension Activity {
  /// `call Ask for the shift plan`.
  package var label: String { subject.isEmpty ? type.said : "\(type.said) \(subject)" }
}

extension SchoolClass {
  package func pointer(_ id: RecordID) -> JSON {
    Pointer(className: rawValue, objectId: id).json
  }
}
