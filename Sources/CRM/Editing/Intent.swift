package import ParseCore

/// What a person asked for, on one row or on several: the same value for a key, the palette and the
/// command line. It becomes writes only against the rows as they are then.
package enum Intent: Sendable, Hashable {
  case claimTickets([RecordID])
  case assignTickets([RecordID], to: RecordID)
  case releaseTickets([RecordID])
  case setPriority(TicketPriority, tickets: [RecordID])
  case bumpPriority(up: Bool, tickets: [RecordID])
  case setTicketStatus(TicketStatus, tickets: [RecordID])
  case stepTicketStatus(forward: Bool, tickets: [RecordID])
  case touchTickets([RecordID])
  case claimDeals([RecordID])
  case assignDeals([RecordID], to: RecordID)
  case moveDeals([RecordID], to: Stage)
  case stepDeals(forward: Bool, deals: [RecordID])
  case loseDeals([RecordID], reason: String)
  case pushClose(byDays: Int, deals: [RecordID])
  case changeProgress(by: Double, enrollments: [RecordID])
  /// The active course furthest behind its target, for each student.
  case changeWorstProgress(by: Double, students: [RecordID])
  case setActive(Bool, enrollments: [RecordID])
  case setAttemptStatus(AttemptStatus, attempts: [RecordID])
  case claimStudents([RecordID])
  case assignStudents([RecordID], to: RecordID)
  case setDone(Bool, activities: [RecordID])
  case pushDue(byDays: Int, activities: [RecordID])
  case delete(SchoolClass, [RecordID])
  case merge(Merge)
  /// Put aside on this machine until then.
  case snooze(SchoolClass, [RecordID], until: ParseDate)
  case wake(SchoolClass, [RecordID])
  /// What a check of the data found, put right: in these rows, or in all it finds by then.
  case fix(HealthFix, only: [RecordID]? = nil)
  /// What a check found, left out of what is to fix on this machine, or taken in again.
  case ignore(HealthFinding)
  case heed(HealthFinding)
}

extension Intent {
  /// The writes it comes to now.
  package func edit(_ editor: Editor) throws(Refusal) -> Edit {
    switch self {
    case .claimTickets(let ids): try editor.claim(tickets: ids)
    case .assignTickets(let ids, let user): try editor.assign(tickets: ids, to: user)
    case .releaseTickets(let ids): try editor.release(tickets: ids)
    case .setPriority(let priority, let ids): try editor.setPriority(priority, tickets: ids)
    case .bumpPriority(let up, let ids): try editor.bumpPriority(up: up, tickets: ids)
    case .setTicketStatus(let status, let ids): try editor.setStatus(status, tickets: ids)
    case .stepTicketStatus(let forward, let ids):
      try editor.stepStatus(forward: forward, tickets: ids)
    case .touchTickets(let ids): try editor.touch(tickets: ids)
    case .claimDeals(let ids): try editor.claim(deals: ids)
    case .assignDeals(let ids, let user): try editor.assign(deals: ids, to: user)
    case .moveDeals(let ids, let stage): try editor.move(deals: ids, to: stage)
    case .stepDeals(let forward, let ids): try editor.stepStage(forward: forward, deals: ids)
    case .loseDeals(let ids, let reason): try editor.lose(deals: ids, reason: reason)
    case .pushClose(let days, let ids): try editor.pushClose(byDays: days, deals: ids)
    case .changeProgress(let points, let ids):
      try editor.changeProgress(by: points, enrollments: ids)
    case .changeWorstProgress(let points, let students):
      try editor.changeProgress(by: points, enrollments: try editor.worstEnrollments(of: students))
    case .setActive(let isActive, let ids): try editor.setActive(isActive, enrollments: ids)
    case .setAttemptStatus(let status, let ids): try editor.setStatus(status, attempts: ids)
    case .claimStudents(let ids): try editor.own(students: ids)
    case .assignStudents(let ids, let user): try editor.assign(students: ids, to: user)
    case .setDone(let isDone, let ids): try editor.setDone(isDone, activities: ids)
    case .pushDue(let days, let ids): try editor.pushDue(byDays: days, activities: ids)
    case .delete(let kind, let ids): try editor.delete(kind, ids)
    case .merge(let merge): try editor.merge(merge)
    case .snooze(let kind, let ids, let until): try editor.snooze(kind, ids, until: until)
    case .wake(let kind, let ids): try editor.wake(kind, ids)
    case .fix(let fix, let ids): try editor.fix(fix, only: ids)
    case .ignore(let finding): try editor.ignore(finding)
    case .heed(let finding): editor.heed(finding)
    }
  }

  /// The same on other rows, for "repeat" and for a part of the marked ones; nil where that makes no
  /// sense.
  package func retargeted(to ids: [RecordID]) -> Intent? {
    switch self {
    case .claimTickets: .claimTickets(ids)
    case .assignTickets(_, let user): .assignTickets(ids, to: user)
    case .releaseTickets: .releaseTickets(ids)
    case .setPriority(let priority, _): .setPriority(priority, tickets: ids)
    case .bumpPriority(let up, _): .bumpPriority(up: up, tickets: ids)
    case .setTicketStatus(let status, _): .setTicketStatus(status, tickets: ids)
    case .stepTicketStatus(let forward, _): .stepTicketStatus(forward: forward, tickets: ids)
    case .touchTickets: .touchTickets(ids)
    case .claimDeals: .claimDeals(ids)
    case .assignDeals(_, let user): .assignDeals(ids, to: user)
    case .moveDeals(_, let stage): .moveDeals(ids, to: stage)
    case .stepDeals(let forward, _): .stepDeals(forward: forward, deals: ids)
    case .pushClose(let days, _): .pushClose(byDays: days, deals: ids)
    case .changeWorstProgress(let points, _): .changeWorstProgress(by: points, students: ids)
    case .setAttemptStatus(let status, _): .setAttemptStatus(status, attempts: ids)
    case .claimStudents: .claimStudents(ids)
    case .assignStudents(_, let user): .assignStudents(ids, to: user)
    case .setDone(let isDone, _): .setDone(isDone, activities: ids)
    case .pushDue(let days, _): .pushDue(byDays: days, activities: ids)
    case .snooze(let kind, _, let until): .snooze(kind, ids, until: until)
    case .wake(let kind, _): .wake(kind, ids)
    case .loseDeals, .changeProgress, .setActive, .delete, .merge, .fix, .ignore, .heed: nil
    }
  }

  /// The class the rows belong to.
  package var schoolClass: SchoolClass {
    switch self {
    case .claimTickets, .assignTickets, .releaseTickets, .setPriority, .bumpPriority,
      .setTicketStatus, .stepTicketStatus, .touchTickets:
      .ticket
    case .claimDeals, .assignDeals, .moveDeals, .stepDeals, .loseDeals, .pushClose: .deal
    case .changeProgress, .setActive: .enrollment
    case .changeWorstProgress, .claimStudents, .assignStudents: .student
    case .setAttemptStatus: .attempt
    case .setDone, .pushDue: .activity
    case .fix(let fix, _): fix == .spelling ? .attempt : .student
    case .ignore(let finding), .heed(let finding): finding.schoolClass
    case .merge(let merge): merge.kind
    case .delete(let kind, _), .snooze(let kind, _, _), .wake(let kind, _): kind
    }
  }
}

extension Editor {
  /// For each student the active enrollment with the largest shortfall.
  func worstEnrollments(of students: [RecordID]) throws(Refusal) -> [RecordID] {
    let wanted = Set(students)
    var worst: [RecordID: (id: RecordID, gap: Double)] = [:]
    for row in school.enrollments.all where row.active {
      guard let student = row.student, wanted.contains(student) else { continue }
      let target = school.courses[row.course]?.targetCompletionRate ?? 100
      let gap = (row.progressPercent ?? 0) - target
      if gap < worst[student]?.gap ?? .infinity { worst[student] = (row.id, gap) }
    }
    let ids = students.compactMap { worst[$0]?.id }
    if ids.isEmpty { throw Refusal("There is no active course to change.") }
    return ids
  }
}
