import CRM
import ParseCore
import Testing

/// Which classes an answer depends on, found out by leaving each class out.
struct ViewClassesTests {
  private static let requests: [ViewRequest] = [
    .quad(), .completion(ListRequest(view: "seed-order")), .cohorts(ListRequest(sort: "owner")),
    .cohorts(ListRequest(sort: "instructor")), .quizzes(ListRequest()),
    .quizzes(ListRequest(view: "by-cohort")), .quizzes(ListRequest(view: "never")),
    .latestAttempts(ListRequest(view: "never")), .tickets(ListRequest(view: "all")),
    .pipeline(ListRequest()),
    .people(ListRequest()), .companies(ListRequest()), .activities(ListRequest(view: "all")),
    .courses(ListRequest(view: "all")), .health(ListRequest(view: "all")), .studentCard("s1"),
    .ticketCard("t1"), .dealCard("d1"), .partyCard(.contact("k1")), .partyCard(.company("co1")),
    .merge(MergeRequest(.contact("k1"))),
    .quizCard(QuizKey(course: "c1", title: "Quiz 1")),
  ]

  /// Every class with rows, and every pointer of the schema in use.
  private static func school() -> School {
    var school = School.learner(progress: 50)
    let user: JSON = .to(.user, "u1")
    school.put(.user, "u1", ["username": "mara", "role": "coordinator"])
    school.put(
      .course, "c1", ["courseCode": "ART101", "targetCompletionRate": 80, "instructor": user])
    school.put(
      .student, "s1",
      [
        "fullName": "Zoë", "cohort": "A", "email": "zoe@example.org", "accountOwner": user,
        "currentCompletionRate": 50,
      ])
    school.put(.student, "s2", ["fullName": "Ada", "cohort": "B", "currentCompletionRate": 10])
    school.put(
      .enrollment, "e2",
      [
        "student": .to(.student, "s2"), "course": .to(.course, "c1"), "active": true,
        "progressPercent": 10,
      ])
    // Two points of risk for the gap and none for the score: the late ticket makes it at risk.
    school.attempt("a1", 90, at: ago(days: 2))
    school.put(
      .ticket, "t1",
      [
        "student": .to(.student, "s1"), "assignedTo": user, "priority": "urgent",
        "status": "open", "lastMessageAt": ago(hours: 5).json,
      ])
    school.put(.company, "co1", ["name": "Nordlicht", "createdBy": user])
    school.put(
      .contact, "k1",
      [
        "name": "Zoë", "email": "zoe@example.org", "company": .to(.company, "co1"),
        "createdBy": user,
      ])
    school.put(.contact, "k2", ["name": "Zoe", "email": "ZOE@example.org"])
    school.put(
      .deal, "d1",
      [
        "title": "Licences", "stage": "lead", "amount": 100, "assignedTo": user,
        "company": .to(.company, "co1"), "contact": .to(.contact, "k1"),
      ])
    for kind in [SchoolClass.deal, .contact, .student] {
      let id = kind == .deal ? "d1" : kind == .contact ? "k1" : "s1"
      school.put(
        .activity, "v-\(id)",
        [
          "type": "call", "subject": "Ask", "relatedTo": .to(kind, id), "createdBy": user,
          "dueDate": ago(days: -2).json,
        ])
    }
    return school
  }

  private func words(_ answer: ViewAnswer) -> String { answer.wholeText }

  @Test(arguments: requests, SchoolClass.allCases)
  func `rows of other classes do not show in an answer`(
    request: ViewRequest, kind: SchoolClass
  ) {
    let whole = Self.school()
    var other = whole
    other.take(kind, from: School())
    let isSame =
      words(whole.answer(request, look())) == words(other.answer(request, look()))
    if !request.classes.contains(kind) { #expect(isSame) }
  }

  /// A list of all classes would always be right, and answer everything at each change.
  @Test(arguments: requests) func `what an answer names does show in it`(request: ViewRequest) {
    let whole = Self.school()
    let shown = words(whole.answer(request, look()))
    guard request.classes.count < SchoolClass.allCases.count else { return }
    for kind in request.classes {
      var other = whole
      other.take(kind, from: School())
      #expect(words(other.answer(request, look())) != shown, "\(kind)")
    }
  }
}
