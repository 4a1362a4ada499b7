import CRM
import ParseCore
import Testing

struct AnswerTests {
  private static func school() -> School {
    var school = School.learner(progress: 30, changed: ago(days: 40))
    school.attempt("a1", 40, at: ago(days: 1))
    school.put(.user, "u1", ["username": "mara", "role": "coordinator"])
    school.put(
      .ticket, "t1", created: ago(hours: 3),
      [
        "ticketNumber": "T-1", "student": .to(.student, "s1"), "assignedTo": .to(.user, "u1"),
        "priority": "high", "status": "open",
      ])
    school.put(.company, "k1", ["name": "Mørk & Sønner"])
    school.put(.contact, "p1", ["name": "Petra", "company": .to(.company, "k1")])
    school.put(
      .deal, "d1",
      [
        "title": "Apprentices", "amount": 33_000, "stage": "lead",
        "company": .to(.company, "k1"), "assignedTo": .to(.user, "u1"),
      ])
    school.put(.activity, "v1", ["subject": "Call", "relatedTo": .to(.deal, "d1")])
    return school
  }

  private static let lists: [(ViewRequest, String)] = [
    (.completion(ListRequest(view: "at-risk")), "s1"), (.cohorts(ListRequest()), "2026-A"),
    (.quizzes(ListRequest()), QuizKey(course: "c1", title: "Quiz 1").id),
    (.latestAttempts(ListRequest()), "a1"), (.tickets(ListRequest()), "t1"),
    (.pipeline(ListRequest()), "d1"), (.people(ListRequest()), "p1"),
    (.companies(ListRequest()), "k1"), (.activities(ListRequest()), "v1"),
    (.courses(ListRequest()), "c1"),
  ]

  @Test(arguments: lists)
  func `each list answers with the ids of its rows`(request: ViewRequest, id: String) {
    #expect(Self.school().answer(request, look()).order == [id])
  }

  @Test(arguments: [
    ViewRequest.studentCard("s1"), .ticketCard("t1"), .dealCard("d1"),
    .partyCard(.contact("p1")), .partyCard(.company("k1")),
    .quizCard(QuizKey(course: "c1", title: "QUIZ 1")),
  ])
  func `each card answers, and without its record it is gone`(request: ViewRequest) {
    let answer = Self.school().answer(request, look())
    #expect(answer.order.isEmpty)
    if case .gone = answer { Issue.record("the record is here") }
    guard case .gone = School.whole().answer(request, look()) else {
      Issue.record("the record is not here")
      return
    }
  }

  @Test func `health answers with its checks`() {
    guard case .health(let answer) = Self.school().answer(.health(ListRequest()), look()) else {
      Issue.record("not health")
      return
    }
    #expect(answer.rowsChecked == 10)
  }

  @Test func `quad holds the four panes`() {
    let answer = Self.school().answer(.quad(), look())
    guard case .quad(let quad) = answer else {
      Issue.record("not quad")
      return
    }
    #expect(quad.completion.list.rows.map(\.id) == ["s1"])
    #expect(quad.cohorts.map(\.name) == ["2026-A"])
    #expect(quad.quizzes.list.rows.count == 1)
    #expect(quad.tickets.list.rows.map(\.id) == ["t1"])
    #expect(quad.pipeline.list.rows.map(\.id) == ["d1"])
    #expect(quad.opened == Array(repeating: 0, count: 13) + [1])
    #expect(quad.closed == Array(repeating: 0, count: 14))
    #expect(answer.order.count == 5)
  }

  @Test func `panes of quad keep their rows in place`() {
    var school = Self.school()
    school.put(
      .ticket, "t2", created: ago(hours: 2),
      ["assignedTo": .to(.user, "u1"), "priority": "high", "status": "open"])
    let first = school.answer(.quad(), look())
    school.put(
      .ticket, "t2", created: ago(hours: 2),
      ["assignedTo": .to(.user, "u1"), "priority": "urgent", "status": "open"])
    guard case .quad(let quad) = school.answer(.quad(), look(), previous: first.order) else {
      Issue.record("not quad")
      return
    }
    #expect(quad.tickets.list.rows.map(\.id) == ["t1", "t2"])
    #expect(quad.tickets.list.wouldMove == 1)
  }
}
