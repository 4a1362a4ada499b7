import CRM
import ParseCore

/// What one live change costs: the row taken in, and a screen's answer made anew. What a screen costs
/// that is shown again, in any of its orders, and the first after the clock was looked at.
struct LiveBenchmarks {
  let live: LiveSchool
  private(set) var viewpoint: Viewpoint
  private let rounds = 3

  init(live: LiveSchool, viewpoint: Viewpoint) {
    self.live = live
    self.viewpoint = viewpoint
  }

  mutating func run(_ requests: [(String, ViewRequest)]) {
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
    for (name, request) in requests { runClock(name, request) }
  }

  /// A screen that stays, and one that is shown again, after the clock has moved on.
  private mutating func runClock(_ name: String, _ request: ViewRequest) {
    for (words, seconds) in [("a minute", 60), ("five minutes", 300)] {
      var order = live.answer(request, viewpoint).order
      for isLeft in [false, true] {
        var times: [Double] = []
        for _ in 0..<rounds {
          viewpoint.now = viewpoint.now.advanced(bySeconds: seconds)
          let start = Measure.Clock.cpu.now
          order = live.answer(request, viewpoint, previous: isLeft ? [] : order).order
          times.append(Measure.Clock.cpu.now - start)
        }
        Measure.report(
          "\(name), \(isLeft ? "shown again" : "on the screen") \(words) later", times,
          aim: seconds == 60 ? 30 : 50)
      }
    }
  }

  /// Each long list in all of its orders, one after another, as many times as there are rounds: no
  /// more than a few of them are kept.
  func runOrders(_ screen: String?) {
    for (name, orders) in Self.orders where screen == nil || screen == name {
      var times = orders.map { _ in [Double]() }
      for _ in 0...rounds {
        for (place, request) in orders.enumerated() {
          let start = Measure.Clock.cpu.now
          let count = live.answer(request.1, viewpoint).order.count
          times[place].append(Measure.Clock.cpu.now - start)
          precondition(count > 0)
        }
      }
      for (order, times) in zip(orders, times) {
        Measure.report("\(name) by \(order.0), first", [times[0]], aim: .infinity)
        Measure.report("\(name) by \(order.0), again", Array(times.dropFirst()), aim: 30)
      }
    }
  }

  private static func orders<Order: CaseIterable & RawRepresentable<String>>(
    _: Order.Type, view: String, _ list: (ListRequest) -> ViewRequest
  ) -> [(String, ViewRequest)] {
    Order.allCases.map { ($0.rawValue, list(ListRequest(view: view, sort: $0.rawValue))) }
  }

  private static let orders: [(String, [(String, ViewRequest)])] = [
    ("tickets", orders(TicketSort.self, view: "open") { .tickets($0) }),
    ("tickets", orders(TicketSort.self, view: "all") { .tickets($0) }),
    ("completion", orders(CompletionSort.self, view: "seed-order") { .completion($0) }),
    ("quizzes", orders(QuizSort.self, view: "by-quiz") { .quizzes($0) }),
    ("attempts", orders(AttemptSort.self, view: "by-quiz") { .latestAttempts($0) }),
    ("pipeline", orders(DealSort.self, view: "all") { .pipeline($0) }),
    ("people", orders(PeopleSort.self, view: "all") { .people($0) }),
    ("companies", orders(CompanySort.self, view: "all") { .companies($0) }),
    ("activities", orders(ActivitySort.self, view: "all") { .activities($0) }),
  ]

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
