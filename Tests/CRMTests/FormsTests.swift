import TestRandom
import CRM
import ParseCore
import Testing

struct FormsTests {
  static func school() -> School {
    var school = School.learner(progress: 40)
    school.put(.user, "u1", ["username": "mara"])
    school.put(.user, "q", ["username": "triage"])
    school.put(.contact, "k1", ["name": "Kerstin", "company": .to(.company, "co1")])
    school.put(
      .deal, "d1",
      [
        "title": "Old", "stage": "Verbal yes", "amount": -5, "assignedTo": .to(.user, "kai"),
        "company": .to(.company, "co1"),
      ])
    return school
  }

  let mara = Forms(school: school(), viewpoint: look())
  let kai = Forms(school: school(), viewpoint: look(as: "kai", .sales))

  @Test func `a ticket is created with the defaults and without a number`() throws {
    let form = try mara.ticket(student: "s1")
    let edit = try form.edit(["subject": " Exam  upload "], look())
    #expect(edit.words == "ticket Exam upload created")
    #expect(
      edit.writes == [
        .create(
          .ticket,
          fields: [
            "student": .to(.student, "s1"), "subject": "Exam upload", "priority": "normal",
            "status": "new", "assignedTo": .to(.user, "q"), "lastMessageAt": now.json,
          ])
      ])
  }

  @Test func `one form makes a ticket for each of several students, and never for one twice`()
    throws
  {
    #expect(FormRequest.ticket(forEach: ["s1", "s1"]) == .ticket(student: "s1"))
    let request = FormRequest.ticket(forEach: ["s1", "s2", "s1"])
    let form = try request.definition(mara)
    #expect(form.title == "New ticket for each of 2 students")
    #expect(form.field("student") == nil)
    let edit = try form.edit(["subject": "Exam upload"], look())
    #expect(edit.words == "2 tickets created")
    let students = edit.writes.map { write -> JSON? in
      guard case .create(.ticket, let fields) = write else { return nil }
      return fields["subject"] == "Exam upload" ? fields["student"] : nil
    }
    #expect(students == [.to(.student, "s1"), .to(.student, "s2")])
    #expect(throws: Refusal.self) { try request.definition(kai) }
  }

  @Test func `an attempt is created with its score and time`() throws {
    let form = try mara.attempt(student: "s1", course: "c1")
    let edit = try form.edit(
      ["quizTitle": "Quiz 3: Loops", "scorePercent": "41,5 %", "status": "failed"], look())
    #expect(
      edit.writes == [
        .create(
          .attempt,
          fields: [
            "student": .to(.student, "s1"), "course": .to(.course, "c1"),
            "quizTitle": "Quiz 3: Loops", "scorePercent": 41.5, "attemptedAt": now.json,
            "status": "failed",
          ])
      ])
  }

  @Test func `a deal takes the contact's company and leaves empty fields out`() throws {
    let form = try kai.deal(contact: "k1")
    let edit = try form.edit(
      ["title": "Academy", "expectedCloseDate": "eom"], look(as: "kai", .sales))
    #expect(
      edit.writes == [
        .create(
          .deal,
          fields: [
            "title": "Academy", "stage": "lead", "contact": .to(.contact, "k1"),
            "company": .to(.company, "co1"),
            "expectedCloseDate": instant("2026-11-30T12:00:00.000Z").json,
            "assignedTo": .to(.user, "kai"),
          ])
      ])
  }

  @Test func `a contact has notes`() throws {
    let sales = look(as: "u2", .sales)
    let contact = try kai.contact(company: "co1").edit(
      ["name": "Ann", "notes": "Calls back\nin May"], sales)
    guard case .create(.contact, let fields) = contact.writes.first else {
      Issue.record("no contact: \(contact.writes)")
      return
    }
    #expect(fields["notes"] == "Calls back\nin May")
  }

  @Test func `contacts, companies and activities name their maker`() throws {
    let sales = look(as: "kai", .sales)
    let contact = try kai.contact(company: "co1").edit(["name": "Ann"], sales)
    #expect(
      contact.writes == [
        .create(
          .contact,
          fields: [
            "name": "Ann", "company": .to(.company, "co1"), "createdBy": .to(.user, "kai"),
          ])
      ])
    let company = try kai.company().edit(["name": "Nordlicht"], sales)
    #expect(
      company.writes == [
        .create(.company, fields: ["name": "Nordlicht", "createdBy": .to(.user, "kai")])
      ])
    let step = try kai.activity(deal: "d1").edit(["subject": "Ask", "dueDate": "+3d"], sales)
    #expect(
      step.writes == [
        .create(
          .activity,
          fields: [
            "type": "call", "subject": "Ask",
            "dueDate": instant("2026-11-23T12:00:00.000Z").json,
            "relatedTo": .to(.deal, "d1"), "createdBy": .to(.user, "kai"),
          ])
      ])
  }

  @Test func `an activity is about one thing`() throws {
    let form = try kai.activity()
    let values = ["subject": "Ask", "deal": "d1", "contact": "k1"]
    #expect(throws: Refusal("Either deal or contact, not both.")) {
      try form.edit(values, look(as: "kai", .sales))
    }
  }

  @Test(arguments: [
    ("subject", "Ex", "3 letters or more."), ("subject", "", "Subject is needed."),
    ("priority", "huge", "One of: low, normal, high, urgent."),
    ("lastMessageAt", "tom", "That lies ahead."),
    ("lastMessageAt", "soonish", "A time, like now, 14:30, fri 9:00, -2h or 25.11."),
  ]) func `a field says what is wrong with it`(id: String, text: String, words: String) throws {
    #expect(try mara.ticket().validate(id, text, look()) == words)
  }

  @Test(arguments: [
    ("amount", "-5", "From 0 to 1 000 000 million."),
    ("amount", "lots", "A number, like 12k, 1.5m or 1 200,50."),
    ("expectedCloseDate", "31.11", "A day, like today, fri, +3d, eom, 25.11 or 2026-12-01."),
    ("title", String(repeating: "x", count: 201), "At most 200 letters; these are 201."),
  ]) func `a deal's fields say what is wrong`(id: String, text: String, words: String) throws {
    #expect(try kai.deal().validate(id, text, look()) == words)
  }

  @Test(arguments: ["ann", "ann@", "@x.org", "a b@x.org", "a@b", "a@b..org", "a@b@c.org"])
  func `an address must look like one`(text: String) throws {
    #expect(
      try kai.contact().validate("email", text, look()) == "An address like name@example.org.")
    #expect(try kai.contact().validate("email", "ann@x.example.org", look()) == nil)
  }

  @Test func `shorthand is echoed`() throws {
    let form = try kai.deal()
    #expect(form.understood("amount", "1.5m", look()) == "1 500 000")
    #expect(form.understood("expectedCloseDate", "fri", look()) == "Fri 27 Nov 2026, in 7d")
    #expect(form.understood("expectedCloseDate", "?", look()) == nil)
    #expect(form.understood("title", "x", look()) == nil)
  }

  @Test(arguments: [("39.2", "39.2"), ("39,25", "39.25"), ("40", "40"), ("0040", "40")])
  func `a percentage is echoed as it is written`(text: String, echo: String) throws {
    #expect(try mara.attempt().understood("scorePercent", text, look()) == echo)
  }

  @Test func `a ticket's priority says how soon it wants an answer`() throws {
    let form = try Forms(school: School.whole(), viewpoint: look()).ticket()
    #expect(form.understood("priority", "high", look()) == "first answer in 4h")
    #expect(form.understood("status", "new", look()) == nil)
  }

  @Test func `editing writes only what was changed`() throws {
    let form = try kai.editing(.deal, "d1")
    #expect(form.field("stage")?.initial == "Verbal yes")
    let sales = look(as: "kai", .sales)
    #expect(throws: Refusal("Nothing has changed.")) { try form.edit([:], sales) }
    let edit = try form.edit(["title": "New", "company": ""], sales)
    #expect(
      edit.writes == [
        .update(.deal, id: "d1", changes: ["title": .set("New"), "company": .delete])
      ])
  }

  @Test func `an activity can be moved from a deal to a contact`() throws {
    var school = Self.school()
    school.put(
      .activity, "a1",
      ["subject": "Ask", "relatedTo": .to(.deal, "d1"), "createdBy": .to(.user, "kai")])
    let sales = look(as: "kai", .sales)
    let form = try Forms(school: school, viewpoint: sales).editing(.activity, "a1")
    let edit = try form.edit(["deal": "", "contact": "k1"], sales)
    #expect(
      edit.writes == [
        .update(.activity, id: "a1", changes: ["relatedTo": .set(.to(.contact, "k1"))])
      ])
  }

  @Test func `a form the role cannot save does not open`() {
    #expect(throws: Refusal("Deals are not open to coordinators.")) { try mara.deal() }
    #expect(throws: Refusal("Only an admin or the owner can update a deal.")) {
      try Forms(school: Self.school(), viewpoint: look(as: "noor", .sales)).editing(.deal, "d1")
    }
  }

  @Test func `random values never stop the program`() throws {
    var random = SplitMix(7)
    let form = try mara.attempt()
    let alphabet = Array("0123456789.,-+ %kfri:now\0\u{202E}é")
    for _ in 0..<2_000 {
      var values: [String: String] = [:]
      for field in form.fields {
        let length = Int(random.next() % 8)
        values[field.id] = String(
          (0..<length).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
      }
      let problems = form.problems(values, look())
      let edit = try? form.edit(values, look())  // Refusing is one of the two right answers.
      #expect((edit == nil) == !problems.isEmpty)
    }
  }
}
