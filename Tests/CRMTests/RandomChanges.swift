import TestRandom
import CRM
import ParseCore

/// Changes drawn from few ids and few values, so that rows meet, tie and point nowhere.
struct RandomChanges {
  var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed) }

  mutating func apply(to live: LiveSchool) {
    let kinds = SchoolClass.allCases
    let kind = random.next(2) == 0 ? .attempt : kinds[random.next(kinds.count)]
    let id = id(kind)
    if random.next(8) == 0 {
      let until = now.advanced(bySeconds: (random.next(20) - 2) * 86_400)
      let seen = live.school.snoozeMark(kind, id)
      live.apply(SnoozeChange(kind, id, seen.map { Snooze(until: until, seen: $0) }))
    } else if random.next(4) == 0 {
      live.remove(kind, id: id)
    } else {
      let object = ParseObject(
        className: kind.rawValue, objectId: id, createdAt: date(400), updatedAt: date(60),
        fields: fields(kind))
      live.upsert(kind, RecordFields(id: id, object: object, isUnsent: random.next(5) == 0))
    }
  }

  mutating func requests() -> [ViewRequest] {
    let lists: [(ListRequest) -> ViewRequest] = [
      ViewRequest.completion, ViewRequest.cohorts, ViewRequest.quizzes,
      ViewRequest.latestAttempts, ViewRequest.tickets, ViewRequest.pipeline, ViewRequest.people,
      ViewRequest.companies, ViewRequest.activities, ViewRequest.courses, ViewRequest.health,
    ]
    var requests: [ViewRequest] = [.quad()] + lists.map { $0(ListRequest()) }
    for list in lists {
      requests.append(list(ListRequest(filter: pick(["a", "quiz 1", "zo"]), isReversed: true)))
    }
    for view in TicketView.allCases { requests.append(.tickets(ListRequest(view: view.rawValue))) }
    for view in CompletionView.allCases {
      requests.append(.completion(ListRequest(view: view.rawValue)))
    }
    for view in QuizView.allCases { requests.append(.quizzes(ListRequest(view: view.rawValue))) }
    for basis in QuizBasis.allCases {
      var list = ListRequest()
      list.basis = basis
      requests += [.quizzes(list), .latestAttempts(list)]
      list.view = QuizView.failing.rawValue
      requests.append(.quizzes(list))
    }
    for view in PipelineView.allCases {
      requests.append(.pipeline(ListRequest(view: view.rawValue, sort: "amount")))
    }
    for sort in AttemptSort.allCases {
      requests.append(.latestAttempts(ListRequest(sort: sort.rawValue, isReversed: true)))
    }
    for grouping in CohortGrouping.allCases {
      requests.append(.cohorts(ListRequest(sort: grouping.rawValue)))
    }
    requests += Self.sorted()
    for grouping in CohortGrouping.allCases {
      requests.append(
        .completion(ListRequest(view: "seed-order", group: GroupFilter(grouping, "ana"))))
    }
    for code in ["ART101", "∅"] {
      requests.append(
        .completion(ListRequest(view: "seed-order", group: GroupFilter(.course, code))))
    }
    return requests + [
      .studentCard("student1"), .ticketCard("ticket2"), .dealCard("deal3"),
      .partyCard(.contact("contact1")), .partyCard(.company("company2")),
      .merge(MergeRequest(.contact("contact1"))), .merge(MergeRequest(.company("company2"))),
      .quizCard(QuizKey(course: "course1", title: "Quiz 1")),
    ]
  }

  /// The long lists in all their orders.
  private static func sorted() -> [ViewRequest] {
    TicketSort.allCases.map { .tickets(ListRequest(view: "all", sort: $0.rawValue)) }
      + CompletionSort.allCases.map {
        .completion(ListRequest(view: "seed-order", sort: $0.rawValue))
      }
      + DealSort.allCases.map { .pipeline(ListRequest(sort: $0.rawValue, isReversed: true)) }
      + PeopleSort.allCases.map { .people(ListRequest(sort: $0.rawValue)) }
      + CompanySort.allCases.map { .companies(ListRequest(sort: $0.rawValue)) }
      + ActivitySort.allCases.map { .activities(ListRequest(view: "all", sort: $0.rawValue)) }
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[random.next(values.count)]
  }

  private mutating func id(_ kind: SchoolClass) -> String {
    let count =
      switch kind {
      case .user, .course: 4
      case .company: 5
      case .student, .contact: 8
      case .attempt: 60
      case .enrollment, .ticket, .deal, .activity: 20
      }
    return "\(kind)\(1 + random.next(count))"
  }

  private mutating func date(_ days: Int) -> ParseDate {
    // A few are ahead of now, for an hour or for days.
    random.next(12) == 0
      ? now.advanced(bySeconds: pick([3_600, 86_400 * 3])) : ago(days: random.next(days))
  }

  private mutating func pointer(_ kind: SchoolClass) -> JSON? {
    random.next(8) == 0 ? nil : .to(kind, id(kind))
  }

  private mutating func fields(_ kind: SchoolClass) -> JSONObject {
    var fields: JSONObject = [:]
    switch kind {
    case .user:
      fields["username"] = .string(pick(["ana", "bo", "triage"]))
      fields["role"] = .string(pick(["coordinator", "sales", "learner"]))
    case .course:
      fields["courseCode"] = .string(pick(["ART101", "LAW2"]))
      fields["status"] = .string(pick(["active", "draft", "odd"]))
      fields["instructor"] = pointer(.user)
      fields["targetCompletionRate"] = .init(Double(pick([0, 60, 80])))
    case .student:
      fields["fullName"] = .string(pick(["Zoë", "Ada", "Bo"]))
      fields["cohort"] = .string(pick(["2026-A", "2026-B", ""]))
      fields["currentCompletionRate"] = .init(Double(random.next(105)))
      fields["accountOwner"] = pointer(.user)
    case .enrollment:
      fields["student"] = pointer(.student)
      fields["course"] = pointer(.course)
      fields["active"] = .bool(random.next(4) > 0)
      fields["progressPercent"] = .init(Double(pick([0, 20, 70, 100])))
      fields["enrolledAt"] = date(90).json
    case .attempt:
      fields["student"] = pointer(.student)
      fields["course"] = pointer(.course)
      fields["quizTitle"] = .string(pick(["Quiz 1", "quiz 1", "Loops"]))
      fields["scorePercent"] = .init(Double(pick([0, 40, 55, 75, 100])) + 0.1)
      fields["attemptedAt"] = date(20).json
      fields["status"] = .string(pick(["graded", "in_progress"]))
    case .ticket:
      fields["ticketNumber"] = .string("T-\(random.next(30))")
      fields["student"] = pointer(.student)
      fields["assignedTo"] = pointer(.user)
      fields["priority"] = .string(pick(["low", "high", "urgent"]))
      fields["status"] = .string(pick(["new", "open", "pending", "closed"]))
      fields["lastMessageAt"] = date(10).json
    case .company, .contact, .deal, .activity: return salesFields(kind)
    }
    return fields
  }

  private mutating func salesFields(_ kind: SchoolClass) -> JSONObject {
    var fields: JSONObject = [:]
    switch kind {
    case .company:
      fields["name"] = .string(pick(["Acme", "Borg"]))
      fields["website"] = .string(pick(["https://acme.example", "www.borg.example/x"]))
    case .contact:
      fields["name"] = .string(pick(["Zoë", "Ada"]))
      fields["email"] = .string(pick(["a@b.example", "", "c@d.example"]))
      fields["company"] = pointer(.company)
      fields["createdBy"] = pointer(.user)
    case .deal:
      fields["title"] = .string(pick(["A", "B"]))
      fields["amount"] = random.next(5) == 0 ? nil : .init(Double(random.next(4)) * 10.1)
      fields["stage"] = .string(pick(["lead", "proposal", "won", "lost", "odd"]))
      fields["company"] = pointer(.company)
      fields["contact"] = pointer(.contact)
      fields["assignedTo"] = pointer(.user)
      fields["expectedCloseDate"] = now.advanced(bySeconds: (random.next(60) - 20) * 86_400).json
    case .activity:
      fields["type"] = .string(pick(["call", "note"]))
      fields["subject"] = .string(pick(["Ask", "Tell"]))
      fields["relatedTo"] = pointer(pick([.deal, .contact, .student]))
      fields["createdBy"] = pointer(.user)
      fields["dueDate"] = now.advanced(bySeconds: (random.next(20) - 10) * 86_400).json
      if random.next(2) == 0 { fields["completedAt"] = date(5).json }
    default: break
    }
    return fields
  }
}
