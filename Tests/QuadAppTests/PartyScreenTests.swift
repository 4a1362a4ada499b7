import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

/// The cards of contacts and companies.
struct PartyScreenTests {
  private func contact(_ columns: Int = 120, _ rows: Int = 40, as user: String = "kai") throws
    -> AppFixture
  {
    var fixture = AppFixture(columns, rows, as: user, start: .people)
    try fixture.type("/adaeze v<Enter><Enter>")
    return fixture
  }

  private func company(_ columns: Int = 120, _ rows: Int = 40, as user: String = "kai") throws
    -> AppFixture
  {
    var fixture = AppFixture(columns, rows, as: user, start: .people)
    try fixture.type("b<Enter>")
    return fixture
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the cards look as their pictures`(columns: Int, rows: Int) throws {
    try expectPicture(try contact(columns, rows).screen, "contact-\(columns)x\(rows)")
    try expectPicture(try company(columns, rows).screen, "company-\(columns)x\(rows)")
  }

  @Test func `from a contact to its company, a deal there, its contact, and back`() throws {
    var fixture = try contact()
    let name = "Adaeze Vandermeer"
    #expect(fixture.line(1).contains("People › \(name)"))
    try fixture.type("o")
    #expect(fixture.line(1).contains("\(name) › Sternfeld Optik"))
    let row = try #require(fixture.row(of: "►"))
    let title = fixture.line(row).dropFirst(3).prefix(8)
    try fixture.type("<Enter>")
    #expect(fixture.line(1).contains("Sternfeld Optik › \(title)"))
    try fixture.type("o")
    #expect(fixture.screen.contains("   contact "))
    try fixture.type("<Backspace><Backspace><Backspace>")
    #expect(fixture.line(1).contains("People › \(name)"))
    try fixture.type("<Esc>")
    #expect(fixture.line(1).contains("All contacts"))
  }

  @Test func `an activity is about the deal under the cursor, else about the contact`() throws {
    var fixture = try contact()
    try fixture.type("t")
    #expect(fixture.screen.contains("Adaeze Vandermeer"))
    try fixture.type("<Esc>jt")
    let row = try #require(fixture.row(of: "►"))
    let title = String(fixture.line(row).dropFirst(3).prefix(12))
    let lines = fixture.screen.split(separator: "\n")
    #expect(lines.count { $0.contains(title) } > 1)
    // Not about a colleague the cursor happens to be on.
    try fixture.type("<Esc>Gt")
    let colleague = try #require(fixture.row(of: "►"))
    let name = String(fixture.line(colleague).dropFirst(3).prefix(12))
    #expect(name.hasPrefix("Greta"))
    #expect(fixture.screen.split(separator: "\n").count { $0.contains(name) } == 1)
  }

  @Test func `a company says where to go to log something`() throws {
    var fixture = AppFixture(120, 40, as: "kai", start: .people) { school in
      for deal in school.deals.all { school.remove(.deal, id: deal.id) }
      for contact in school.contacts.all { school.remove(.contact, id: contact.id) }
    }
    try fixture.type("b<Enter>A")
    #expect(fixture.line(38).contains("Go to a deal or a contact"))
    #expect(!fixture.line(39).contains("A log"))
    #expect(!fixture.line(39).contains("o company"))
  }

  @Test func `a step is ticked off on the line it stands on`() throws {
    var fixture = try contact(as: "admin")
    let rule = try #require(fixture.row(of: "Timeline"))
    let planned = fixture.line(rule + 1)
    while try #require(fixture.row(of: "►")) < rule + 1 { try fixture.type("j") }
    let subject = String(planned.dropFirst(44).prefix(20))
    try fixture.type("x")
    guard case .act(.setDone(true, let ids))? = fixture.taken().first else {
      Issue.record("nothing ticked off")
      return
    }
    #expect(fixture.school.activities[ids.first]?.subject.hasPrefix(subject) == true)
  }

  @Test func `a learner and the contact of the same address lead to each other`() throws {
    var fixture = AppFixture(120, 40, as: "admin", start: .people)
    let pair = try #require(
      fixture.school.contacts.all.lazy.compactMap { contact -> (Contact, Student)? in
        fixture.school.students.all
          .first { $0.email != nil && $0.email == contact.email && contact.email != "" }
          .map { (contact, $0) }
      }.first)
    try fixture.type("/\(pair.0.name)<Enter><Enter>G")
    #expect(fixture.screen.contains("As a learner"))
    try fixture.type("<Enter>")
    #expect(fixture.line(1).contains("\(pair.0.name) › \(pair.1.fullName)"))
    try fixture.type("G<Enter>")
    #expect(fixture.line(1).contains("› \(pair.0.name)"))
  }

  @Test func `an activity about a contact leads to its card`() throws {
    var fixture = AppFixture(120, 40, as: "kai", start: .activities)
    let contact = try #require(
      fixture.school.activities.all.lazy.compactMap { activity -> (Contact, Activity)? in
        guard let about = activity.relatedTo, about.className == "Contact",
          activity.completedAt == nil
        else { return nil }
        return fixture.school.contacts[about.objectId].map { ($0, activity) }
      }.first)
    try fixture.type("/\(contact.1.subject) \(contact.0.name)<Enter>o")
    #expect(fixture.line(1).contains("Activities › \(contact.0.name)"))
  }

  @Test func `the rules of a card name what may be done, as the footer does`() throws {
    for (user, mayEdit) in [("kai", false), ("admin", true)] {
      let fixture = try company(as: user)
      let notes = try #require(fixture.row(of: " Notes "))
      for line in [notes, 39] {
        #expect(fixture.line(line).contains("e edit") == mayEdit, "\(user), row \(line)")
      }
    }
  }

  @Test func `only who recorded a contact edits it, and the footer says so first`() throws {
    for (user, mayEdit) in [("kai", true), ("noor", false), ("admin", true)] {
      var fixture = try contact(as: user)
      #expect(fixture.screen.contains("recorded by kai"))
      #expect(fixture.line(39).contains("e edit") == mayEdit, "\(user)")
      try fixture.type("e")
      #expect(fixture.screen.contains("Edit contact") == mayEdit, "\(user)")
      #expect(fixture.screen.contains("Only an admin") == !mayEdit, "\(user)")
    }
  }

  @Test(arguments: [(8, false), (9, false), (10, true)])
  func `of many contacts the rest is counted, never one alone`(count: Int, isCut: Bool) throws {
    var fixture = AppFixture(200, 50, as: "kai", start: .people) { school in
      guard let company = school.companies.all.first?.id else { return }
      for contact in school.contacts.all { school.remove(.contact, id: contact.id) }
      for other in school.companies.all where other.id != company {
        school.remove(.company, id: other.id)
      }
      for number in 0..<count {
        let fields: JSONObject = [
          "name": .string("Person \(number)"),
          "company": Pointer(className: "Company", objectId: company).json,
        ]
        let object = ParseObject(className: "Contact", objectId: "p\(number)", fields: fields)
        school.upsert(.contact, RecordFields(id: "p\(number)", object: object, isUnsent: false))
      }
    }
    try fixture.type("b<Enter>")
    #expect(fixture.screen.contains("2 more contacts") == isCut)
    #expect(fixture.screen.contains("Person \(count - 1) ") == !isCut)
    #expect(!fixture.screen.contains("1 more"))
  }

  @Test func `a card whose row is gone says so`() throws {
    var fixture = try contact()
    fixture.change { school in
      for contact in school.contacts.all { school.remove(.contact, id: contact.id) }
    }
    #expect(fixture.screen.contains("This contact is gone"))
    try fixture.type("A")
    #expect(fixture.line(38).contains("There is no contact here."))
  }
}
