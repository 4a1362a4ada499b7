import CRM
import ParseCore
import Testing

struct StudentFactsTests {
  private func card(_ school: School) throws -> StudentCard {
    try #require(school.studentCard("s1", look()))
  }

  @Test func `the slope is the median of all pairs`() throws {
    let withOutlier: [(x: Double, y: Double)] = [(0, 0), (1, 2), (2, 4), (3, -90), (4, 8)]
    #expect(Statistics.slope(withOutlier) == 2)
    #expect(Statistics.slope([(0, 10), (1, 8), (2, 6)]) == -2)
    #expect(Statistics.slope([(0, 10), (1, 8)]) == nil)
    #expect(Statistics.slope([(1, 10), (1, 8), (1, 6)]) == nil)
  }

  @Test func `scores are summed up over tries and quizzes`() throws {
    var school = School.learner(progress: 80)
    school.attempt("a1", 90, at: ago(days: 21), quiz: "Quiz 1")
    school.attempt("a2", 50, at: ago(days: 14), quiz: "Quiz 2")
    school.attempt("a3", 70, at: ago(days: 7), quiz: "quiz 2")
    school.attempt("a4", 40, at: ago(days: 0), quiz: "Quiz 3")
    school.attempt("a5", 99, at: ago(days: 0), status: "abandoned")
    let scores = try card(school).scores
    #expect(scores.tries == 4)
    #expect(scores.quizzes == 3)
    #expect(scores.best == 90)
    #expect(scores.median == 60)
    #expect(scores.passing == 2)
    let slope = try #require(scores.perWeek)
    #expect(abs(slope + 40.0 / 3) < 1e-6)
  }

  @Test func `no tries have neither best nor slope`() throws {
    let scores = try card(.learner(progress: 80)).scores
    #expect(scores.best == nil)
    #expect(scores.perWeek == nil)
    #expect(scores.tries == 0)
  }

  @Test(arguments: [(6, nil), (7, 8)] as [(Int, Int?)])
  func `peers enrolled within a fortnight, at least eight with the learner`(
    others: Int, peers: Int?
  ) throws {
    var school = School.learner(progress: 50)
    for place in 0..<others {
      school.enrollment("p\(place)", progress: place < 2 ? 60 : 50, enrolled: ago(days: 60))
    }
    school.enrollment("early", progress: 99, enrolled: ago(days: 85))
    let rank = try card(school).peerRank
    #expect(rank?.peers == peers)
    #expect(rank?.rank == (peers == nil ? nil : 3))
  }

  @Test func `drift is stored against computed`() throws {
    var school = School.learner(progress: 50)
    school.enrollment("e2", student: "s1", progress: 70, enrolled: ago(days: 60))
    school.put(
      .student, "s1", ["fullName": "Zoë", "currentCompletionRate": 48, "lastQuizScore": 41])
    school.attempt("a1", 60, at: ago(days: 3))
    school.attempt("a2", 55, at: ago(days: 2))
    #expect(try card(school).drift == -12)
    #expect(try card(school).scoreDrift == -14)
  }

  @Test func `a card's tickets say how long they wait and for whom`() throws {
    var school = School.learner(progress: 50)
    school.put(.user, "u1", ["username": "mara"])
    school.put(
      .ticket, "t1", created: ago(days: 2),
      [
        "ticketNumber": "T-1", "student": .to(.student, "s1"), "priority": "urgent",
        "status": "open", "assignedTo": .to(.user, "u1"), "lastMessageAt": ago(minutes: 90).json,
      ])
    let ticket = try #require(try card(school).tickets.first)
    #expect(ticket.waiting == 90 * 60)
    #expect(ticket.responseTarget == 3600)
    #expect(ticket.severity == .late)
    #expect(ticket.assignee == .person("mara"))
    #expect(ticket.age == 2 * 86_400)
  }

  @Test func `a contact with the same address is found`() throws {
    var school = School.learner(progress: 50)
    school.put(.student, "s1", ["fullName": "Zoë", "email": "Zoe@example.org"])
    #expect(try card(school).contact == nil)
    school.put(.contact, "p1", ["name": "Zoë O'Brine", "email": "zoe@EXAMPLE.org"])
    #expect(try card(school).contact?.id == "p1")
    // Found alike by search, and no address of hers.
    school.put(.contact, "p0", created: ago(days: 102), ["email": "zoë@example.org"])
    #expect(try card(school).contact?.id == "p1")
    school.put(.contact, "p2", created: ago(days: 101), ["email": "Zoe@Example.org"])
    #expect(try card(school).contact?.id == "p2")
  }
}

extension School {
  fileprivate mutating func enrollment(
    _ id: String, student: String = "other", progress: Double, enrolled: ParseDate
  ) {
    put(
      .enrollment, id,
      [
        "student": .to(.student, student), "course": .to(.course, "c1"), "active": true,
        "progressPercent": .init(progress), "enrolledAt": enrolled.json,
      ])
  }
}
