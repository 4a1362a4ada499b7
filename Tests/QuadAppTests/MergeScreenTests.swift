import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

/// Two records of the same person or company, looked at before they are made one.
struct MergeScreenTests {
  /// On the list of the doubles, the cursor on a contact whose double has three deals.
  private func list(
    _ columns: Int = 120, _ rows: Int = 40, as user: String = "admin",
    change: (inout School) -> Void = { _ in }
  ) throws -> AppFixture {
    var fixture = AppFixture(columns, rows, as: user, start: .people, change: change)
    try fixture.type("]]]]]]/lorcan alm<Enter>")
    #expect(fixture.line(4).contains("Lorcan Almásy"))
    return fixture
  }

  private func card(_ columns: Int = 120, _ rows: Int = 40) throws -> AppFixture {
    var fixture = try list(columns, rows)
    try fixture.type("<Enter>")
    return fixture
  }

  private func merges(_ fixture: inout AppFixture) -> [Merge] {
    fixture.taken().compactMap { effect in
      if case .act(.merge(let merge)) = effect { merge } else { nil }
    }
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `the preview looks as its picture`(columns: Int, rows: Int) throws {
    var fixture = try list(columns, rows)
    try fixture.type("M")
    try expectPicture(fixture.screen, "merge-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `that of companies too`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, as: "admin", start: .people)
    try fixture.type("b]]]]]M")
    try expectPicture(fixture.screen, "merge-company-\(columns)x\(rows)")
  }

  @Test func `from the list M, y makes two one and comes back to the list`() throws {
    var fixture = try list()
    #expect(fixture.line(39).contains("M merge"))
    let school = fixture.school
    try fixture.type("M")
    #expect(fixture.line(1).contains("People › Merge"))
    try fixture.type("y")
    let merge = try #require(merges(&fixture).first)
    #expect(school.contacts[merge.kept.id]?.name == "Lorcan Almásy")
    #expect(fixture.school.contacts[merge.gone] == nil)
    #expect(school.deals[.contact, merge.gone].count == 3)
    #expect(fixture.school.deals[.contact, merge.gone].isEmpty)
    #expect(fixture.line(1).contains("Doubles"))
    #expect(fixture.line(38).contains("Lorcan Jarnsaxa merged into Lorcan Almásy"))
    #expect(fixture.line(38).contains("u undo"))
  }

  @Test func `from the card of the one that goes it leads to the one that stays`() throws {
    var fixture = try card()
    #expect(fixture.line(39).contains("M merge"))
    try fixture.type("Msy")
    let merge = try #require(merges(&fixture).first)
    #expect(fixture.school.contacts[merge.kept.id]?.name == "Lorcan Jarnsaxa")
    #expect(fixture.line(1).contains("People › Lorcan Jarnsaxa"))
    try fixture.type("<Esc>")
    #expect(fixture.line(1).contains("Doubles"))
  }

  @Test func `s twice keeps the first again, and Esc changes nothing`() throws {
    var fixture = try card()
    try fixture.type("M")
    let before = fixture.screen
    try fixture.type("s")
    #expect(fixture.screen != before)
    try fixture.type("s")
    #expect(fixture.screen == before)
    try fixture.type("<Esc>")
    #expect(merges(&fixture).isEmpty)
    #expect(fixture.line(1).contains("People › Lorcan Almásy"))
  }

  @Test func `of several doubles n shows the next, and the footer names it only then`() throws {
    var fixture = try list { school in
      guard let email = school.contacts.all.first(where: { $0.name == "Lorcan Almásy" })?.email
      else { return }
      let fields: JSONObject = ["name": "Lorcan Third", "email": .string(email)]
      let object = ParseObject(className: "Contact", objectId: "third", fields: fields)
      school.upsert(.contact, RecordFields(id: "third", object: object, isUnsent: false))
    }
    try fixture.type("M")
    #expect(fixture.screen.contains("double 1 of 2") && fixture.line(39).contains("n next"))
    try fixture.type("n")
    #expect(fixture.screen.contains("double 2 of 2"))
    #expect(fixture.screen.contains("Lorcan Third"))
    try fixture.type("sn")
    #expect(fixture.screen.contains("double 1 of 2"))

    var alone = try list()
    try alone.type("Mn")
    #expect(alone.line(38).contains("There is no other double."))
    #expect(!alone.line(39).contains("n next"))
  }

  @Test func `a contact without a double says what a double would be`() throws {
    var fixture = AppFixture(120, 40, as: "admin", start: .people)
    try fixture.type("/adaeze v<Enter>")
    #expect(!fixture.line(39).contains("M merge"))
    try fixture.type("M")
    #expect(fixture.line(38).contains("No other contact has its e-mail"))
    try fixture.type("<Enter>M")
    #expect(fixture.line(38).contains("No other contact has its e-mail"))
    #expect(!fixture.line(39).contains("M merge"))
  }

  @Test func `who may not delete it reads why, in the preview and in the help`() throws {
    var fixture = try list(as: "kai") { school in
      for contact in school.contacts.all where contact.name.hasPrefix("Lorcan") {
        let fields: JSONObject = ["name": .string(contact.name), "email": "l@example.com"]
        let object = ParseObject(className: "Contact", objectId: contact.id, fields: fields)
        school.upsert(.contact, RecordFields(id: contact.id, object: object, isUnsent: false))
      }
    }
    try fixture.type("M")
    #expect(fixture.screen.contains("Only an admin or whoever made it can delete a contact."))
    try fixture.type("y")
    #expect(merges(&fixture).isEmpty)
    #expect(fixture.line(38).contains("Only an admin or whoever made it"))
    #expect(!fixture.line(39).contains("y merge"))
    try fixture.type("<Esc><Enter>M")
    #expect(fixture.line(38).contains("Only an admin or whoever made it"))
  }

  @Test func `many rows ask for their number first`() throws {
    var fixture = try list { school in
      guard
        let gone = school.contacts.all.first(where: { $0.name == "Lorcan Jarnsaxa" })?.id
      else { return }
      for number in 0..<25 {
        let fields: JSONObject = [
          "title": .string("Deal \(number)"),
          "contact": Pointer(className: "Contact", objectId: gone).json,
        ]
        let object = ParseObject(className: "Deal", objectId: "n\(number)", fields: fields)
        school.upsert(.deal, RecordFields(id: "n\(number)", object: object, isUnsent: false))
      }
    }
    try fixture.type("My")
    #expect(fixture.screen.contains("28 deals"))
    #expect(merges(&fixture).isEmpty)
    let count = try #require(fixture.screen.firstMatch(of: /type (\d+) and/)?.1)
    try fixture.type("\(count)<Enter>")
    #expect(merges(&fixture).count == 1)
  }

  @Test func `a double that goes meanwhile leaves a word, not a plan`() throws {
    var fixture = try card()
    try fixture.type("M")
    fixture.change { school in
      for contact in school.contacts.all where contact.name == "Lorcan Jarnsaxa" {
        school.remove(.contact, id: contact.id)
      }
    }
    #expect(fixture.screen.contains("No other contact may be the same any more."))
    try fixture.type("y")
    #expect(fixture.line(38).contains("There is no double any more."))
  }
}
