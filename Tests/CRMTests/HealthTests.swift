import CRM
import ParseCore
import Testing

struct HealthTests {
  static func found(_ school: School, _ id: String) -> HealthRow? {
    school.health(ListRequest(view: "all"), look(as: "u1", .admin)).list.rows.first { $0.id == id }
  }

  @Test func `a sound school has nothing to fix`() {
    let answer = School.learner(progress: 40).health(ListRequest(), look())
    #expect(answer.list.rows.map(\.id) == ["Course.word.status"])
    #expect(answer.rowsChecked == 3)
  }

  @Test func `a pointer is gone only where the other class is here in full`() {
    var school = School.whole()
    school.put(.activity, "a1", ["subject": "Ask", "relatedTo": .to(.deal, "d9")])
    school.put(.activity, "a2", ["subject": "Odd", "relatedTo": .to(.user, "u")])
    #expect(Self.found(school, "Activity.pointer")?.found == 2)
    #expect(Self.found(school, "Activity.pointer")?.exampleIDs.sorted() == ["a1", "a2"])
    school.complete = []
    #expect(Self.found(school, "Activity.pointer")?.found == 0)
  }

  @Test func `each pointer that leads nowhere is named`() {
    var school = School.whole()
    school.put(.user, "u", ["username": "mara"])
    let gone: JSON = .to(.student, "s9")
    school.put(
      .ticket, "t1", ["ticketNumber": "T-1", "student": gone, "assignedTo": .to(.user, "u")])
    school.put(
      .ticket, "t2", ["ticketNumber": "T-2", "student": gone, "assignedTo": .to(.user, "u9")])
    #expect(
      Self.found(school, "SupportTicket.pointer")?.examples
        == ["T-1, learner gone", "T-2, learner and owner gone"])
  }

  /// An instructor reads the enrollments and attempts of own courses only, and own students: the
  /// checks are not there.
  @Test(arguments: [(Role.admin, 1 as Int?), (.coordinator, 1), (.instructor, nil), (.learner, 1)])
  func `stored numbers are checked by who reads all they rest on`(role: Role, found: Int?) {
    var school = School.learner(progress: 40)
    school.put(.student, "s1", ["currentCompletionRate": 90, "lastQuizScore": 90])
    school.put(
      .attempt, "a1", ["student": .to(.student, "s1"), "scorePercent": 50, "status": "graded"])
    let rows = school.health(ListRequest(view: "all"), look(as: "u1", role)).list.rows
    #expect(rows.first { $0.id == "Student.completion" }?.found == found)
    #expect(rows.first { $0.id == "Student.score" }?.found == found)
    let card = school.studentCard("s1", look(as: "u1", role))
    #expect((card?.drift != nil) == (found == 1) && (card?.scoreDrift != nil) == (found == 1))
  }

  @Test(arguments: [(Role.admin, 1 as Int?), (.instructor, 0), (.learner, nil)])
  func `a learner who is not open is not called gone`(role: Role, found: Int?) {
    var school = School.whole()
    school.put(.ticket, "t1", ["subject": "Ask", "student": .to(.student, "s9")])
    let rows = school.health(ListRequest(view: "all"), look(as: "u1", role)).list.rows
    #expect(rows.first { $0.id == "SupportTicket.pointer" }?.found == found)
  }

  /// Nobody's rows but their own are open to learners: whom these point to looks gone.
  @Test(arguments: [(Role.admin, 1 as Int?), (.coordinator, 1), (.learner, nil)])
  func `a learner's pointers are not called gone`(role: Role, found: Int?) {
    var school = School.whole()
    school.put(.ticket, "t1", ["subject": "Ask", "assignedTo": .to(.user, "u9")])
    let rows = school.health(ListRequest(view: "all"), look(as: "u1", role)).list.rows
    #expect(rows.first { $0.id == "SupportTicket.pointer" }?.found == found)
  }

  @Test func `rows of the same words tell whose they are`() {
    var school = School.learner(progress: 40)
    school.put(.student, "s1", ["fullName": "Zoë"])
    school.put(.student, "s2", ["fullName": "Ada"])
    for (id, student, quiz) in [
      ("a1", "s1", "Loops"), ("a2", "s2", "Loops"), ("a3", "s1", "Types"),
    ] {
      school.put(
        .attempt, id,
        ["quizTitle": .string(quiz), "status": "lost", "student": .to(.student, student)])
    }
    let examples = Self.found(school, "QuizAttempt.word.status")?.examples ?? []
    #expect(Set(examples).count == 3)
    #expect(examples.contains { $0.hasPrefix("Loops is lost, Zoë") })
    #expect(examples.contains { $0.hasPrefix("Loops is lost, Ada") })
    #expect(examples.contains("Types is lost"))
  }

  @Test(arguments: [(45.0, 0), (45.1, 1), (30, 1), (36, 0)])
  func `completion may drift by five points`(stored: Double, found: Int) {
    var school = School.learner(progress: 40)
    school.put(.student, "s1", ["fullName": "Zoë", "currentCompletionRate": .init(stored)])
    let row = Self.found(school, "Student.completion")
    #expect(row?.found == found)
    if stored == 30 { #expect(row?.examples == ["Zoë 30, mean of active 40, −10"]) }
  }

  @Test func `the stored score is that of the newest scored attempt`() {
    var school = School.learner(progress: 40)
    school.put(.student, "s1", ["fullName": "Zoë", "lastQuizScore": 55])
    school.attempt("a1", 55, at: ago(days: 9))
    #expect(Self.found(school, "Student.score")?.found == 0)
    school.attempt("a2", 41, at: ago(days: 1))
    school.attempt("a3", 99, at: ago(hours: 1), status: "in_progress")
    #expect(Self.found(school, "Student.score")?.examples == ["Zoë 55, last try 41"])
  }

  @Test func `zero without attempts is no score, not a stale one`() {
    var school = School.learner(progress: 40)
    school.put(.student, "s1", ["fullName": "Zoë", "lastQuizScore": 0])
    #expect(Self.found(school, "Student.score")?.found == 0)
  }

  @Test func `doubles are found in enrollments, numbers, contacts and titles`() {
    var school = School.learner(progress: 40)
    school.put(
      .enrollment, "e2", ["student": .to(.student, "s1"), "course": .to(.course, "c1")])
    school.put(.ticket, "t1", ["ticketNumber": "T-1"])
    school.put(.ticket, "t2", ["ticketNumber": "T-1"])
    school.put(.ticket, "t3", ["ticketNumber": ""])
    school.put(.ticket, "t4", ["ticketNumber": ""])
    school.put(.contact, "k1", ["name": "Ann", "email": "ann@x.org"])
    school.put(.contact, "k2", ["name": "An", "email": "Ann@x.org"])
    for day in 1...3 { school.attempt("a\(day)", 50, at: ago(days: day), quiz: "Quiz 1") }
    school.attempt("a4", 50, at: ago(days: 4), quiz: "quiz-1")
    #expect(Self.found(school, "Enrollment.double")?.found == 2)
    #expect(Self.found(school, "SupportTicket.number")?.found == 2)
    #expect(Self.found(school, "Contact.double")?.found == 2)
    #expect(Self.found(school, "QuizAttempt.spelling")?.examples == ["quiz-1, mostly Quiz 1"])
  }

  @Test func `unknown words, ranges, dates and owners are found`() {
    var school = School.whole()
    school.put(
      .deal, "d1", ["title": "Odd", "stage": "Verbal yes", "amount": -1])
    school.put(.enrollment, "e1", ["progressPercent": .init(100.4)])
    school.put(.attempt, "a1", ["quizTitle": "Q", "attemptedAt": ago(days: -1).json])
    #expect(Self.found(school, "Deal.word.stage")?.examples == ["Odd is Verbal yes"])
    #expect(Self.found(school, "Deal.range")?.found == 1)
    #expect(Self.found(school, "Deal.owner")?.examples == ["Odd"])
    #expect(Self.found(school, "Enrollment.range")?.found == 1)
    #expect(Self.found(school, "QuizAttempt.future")?.found == 1)
  }

  @Test(arguments: [
    ("Anna Petrova", false), ("Аnna Рetrova", true), ("Ярина Їжакевич", false),
    ("corporate/β", false), ("Анна Petrova", false), ("иван@example.org", false),
    ("иvan@example.org", true), ("Θάλεια", false), ("Łucja Żdźbłowska", false),
    ("林原 Anna", false),
  ]) func `one word in two scripts is found`(name: String, isMixed: Bool) {
    var school = School.whole()
    school.put(.contact, "k1", ["name": .string(name)])
    #expect(Self.found(school, "Contact.script")?.found == (isMixed ? 1 : 0))
  }

  @Test func `to fix comes worst first and counts`() {
    var school = School.whole()
    school.put(.deal, "d1", ["title": "Odd", "stage": "Verbal yes"])
    school.put(.contact, "k1", ["name": "Аnna"])
    let answer = school.health(ListRequest(), look(as: "u1", .admin))
    #expect(answer.list.rows.map(\.severity) == [.late, .soon, .soon])
    #expect(answer.views.map(\.count) == [3, 0, answer.list.all])
  }
}
