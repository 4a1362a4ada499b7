package import ParseCore

/// A row put aside on this machine until a moment, or until the row changes. The server never hears
/// of it.
package struct Snooze: Sendable, Hashable {
  package let until: ParseDate
  /// What the row looked like then (`School.snoozeMark`); any other look brings it back at once.
  package let seen: String

  package init(until: ParseDate, seen: String) {
    self.until = until
    self.seen = seen
  }

  /// When a snooze until a day ends where no office hours are set: the start of the working day, in
  /// seconds after midnight.
  package static let morning: Int64 = 8 * 3600

  /// `2h`, `tom`, `fri`, `+3d`, `25.11 14:00` as a moment; a day alone means its morning. Nil for
  /// what is none of these.
  package static func moment(_ text: String, _ viewpoint: Viewpoint) -> ParseDate? {
    switch MomentShorthand(viewpoint: viewpoint).parse(text) {
    case .instant(let instant): instant
    case .day(let day):
      viewpoint.instant(
        day, secondsIntoDay: viewpoint.officeHours.map { Int64($0.opens) } ?? morning)
    case nil: nil
    }
  }
}

/// When a row that is put aside comes back, and how far ahead that is.
package struct Snoozed: Sendable, Hashable {
  package let until: ParseDate
  /// Whole seconds from now.
  package let seconds: Int
  /// Civil days from today.
  package let days: Int

  package init(until: ParseDate, _ viewpoint: Viewpoint) {
    self.until = until
    seconds = Int((until.milliseconds - viewpoint.now.milliseconds) / 1000)
    days = viewpoint.day(at: until) - viewpoint.today
  }
}

/// Few rows are put aside, and all have room for it: one word.
final class SnoozedBox: Sendable {
  let snoozed: Snoozed

  init?(_ snoozed: Snoozed?) {
    guard let snoozed else { return nil }
    self.snoozed = snoozed
  }
}

/// A row put aside, or taken back with nil.
package struct SnoozeChange: Sendable, Hashable {
  package let kind: SchoolClass
  package let id: RecordID
  package let snooze: Snooze?

  package init(_ kind: SchoolClass, _ id: RecordID, _ snooze: Snooze?) {
    self.kind = kind
    self.id = id
    self.snooze = snooze
  }
}

extension School {
  /// When a row that is put aside comes back; nil for one that is not, or that has changed since.
  package func snoozed(_ kind: SchoolClass, _ id: RecordID, _ viewpoint: Viewpoint) -> Snoozed? {
    guard let snooze = snoozes[kind]?[id], snooze.until > viewpoint.now,
      snooze.seen == snoozeMark(kind, id)
    else { return nil }
    return Snoozed(until: snooze.until, viewpoint)
  }

  /// The fields whose change brings a row back, as one text. Not `updatedAt`: own edits on their way
  /// to the server and restamped rights move that too. Nil for rows that cannot be put aside.
  package func snoozeMark(_ kind: SchoolClass, _ id: RecordID) -> String? {
    let fields: [String?]
    switch kind {
    case .ticket:
      guard let row = tickets[id] else { return nil }
      fields = [
        row.status.label, row.priority.label, row.assignedTo, row.student, row.subject,
        row.lastMessageAt?.iso,
      ]
    case .student:
      guard let row = students[id] else { return nil }
      fields = [
        row.currentCompletionRate.map { "\($0)" }, row.lastQuizScore.map { "\($0)" },
        row.cohort, row.accountOwner,
      ]
    case .deal:
      guard let row = deals[id] else { return nil }
      fields = [
        row.stage.label, row.amount.map { "\($0)" }, row.expectedCloseDate?.iso, row.assignedTo,
        row.contact, row.company, row.title,
      ]
    case .user, .course, .enrollment, .attempt, .company, .contact, .activity: return nil
    }
    return fields.map { $0 ?? "" }.joined(separator: "\n")
  }
}
