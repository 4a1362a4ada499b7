import CRM
import ParseCore

/// What one live change costs: the row taken in, and a screen's answer made anew.
struct LiveBenchmarks {
  let live: LiveSchool
  let viewpoint: Viewpoint
  private let rounds = 3

  func run(_ requests: [(String, ViewRequest)]) {
    for (name, request) in requests {
      var order = live.answer(request, viewpoint).order
      Measure.milliseconds("\(name), shown again", aim: 30, clock: .cpu, rounds: rounds) {
      } _: {
        order = live.answer(request, viewpoint, previous: order).order
      }
      for kind in SchoolClass.allCases where request.classes.contains(kind) {
        var number = 0
        Measure.milliseconds(
          "\(name), one \(kind.singular) changed", aim: 50, clock: .cpu, rounds: rounds
        ) {
          number += 1
          return change(kind, number)
        } _: { row in
          live.upsert(kind, row)
          order = live.answer(request, viewpoint, previous: order).order
        }
      }
    }
  }

  /// Another row of the class with one value that its screens show turned over.
  private func change(_ kind: SchoolClass, _ number: Int) -> RecordFields {
    let place = number * 1009
    let school = live.school
    switch kind {
    case .user: return row(kind, school.users, place, ["role": "sales", "username": "zoe"])
    case .course: return row(kind, school.courses, place, ["courseCode": "ZZZ999"])
    case .student: return row(kind, school.students, place, ["fullName": "Zoë", "cohort": "Z"])
    case .enrollment:
      let old = school.enrollments.all[place % school.enrollments.count]
      return row(
        kind, school.enrollments, place,
        [
          "progressPercent": 55, "active": true, "student": pointer(.student, old.student),
          "course": pointer(.course, old.course),
        ])
    case .attempt:
      let old = school.attempts.all[place % school.attempts.count]
      return row(
        kind, school.attempts, place,
        [
          "scorePercent": 41, "quizTitle": .string(old.quizTitle),
          "attemptedAt": viewpoint.now.json,
          "student": pointer(.student, old.student), "course": pointer(.course, old.course),
        ])
    case .ticket:
      let old = school.tickets.all[place % school.tickets.count]
      return row(
        kind, school.tickets, place,
        [
          "status": "open", "priority": "urgent", "student": pointer(.student, old.student),
          "lastMessageAt": viewpoint.now.advanced(bySeconds: -7000).json,
        ])
    case .company: return row(kind, school.companies, place, ["name": "Zeta"])
    case .contact: return row(kind, school.contacts, place, ["name": "Zeta"])
    case .deal:
      let old = school.deals.all[place % school.deals.count]
      return row(
        kind, school.deals, place,
        ["stage": "proposal", "amount": 4100, "company": pointer(.company, old.company)])
    case .activity:
      let old = school.activities.all[place % school.activities.count]
      return row(
        kind, school.activities, place,
        ["type": "call", "dueDate": viewpoint.now.json, "relatedTo": old.relatedTo?.json ?? .null])
    }
  }

  private func pointer(_ kind: SchoolClass, _ id: RecordID?) -> JSON {
    id.map { Pointer(className: kind.rawValue, objectId: $0).json } ?? .null
  }

  private func row<Row: Record>(
    _ kind: SchoolClass, _ table: RecordTable<Row>, _ place: Int, _ fields: JSONObject
  ) -> RecordFields {
    let old = table.all[place % table.count]
    let object = ParseObject(
      className: kind.rawValue, objectId: old.id, createdAt: old.meta.createdAt,
      updatedAt: viewpoint.now, fields: fields)
    return RecordFields(id: old.id, object: object, isUnsent: false)
  }
}
