import CRM
import ParseCore
import Testing

/// A contact or a company with its deals, its people and its story.
struct PartyCardTests {
  private let kai = look(as: "kai", .sales)

  private static func school() -> School {
    var school = PipelineTests.school()
    school.put(.company, "co", ["name": "Nordlicht", "address": "Hafen 1", "notes": "Pays late."])
    school.put(
      .contact, "ida",
      ["name": "Ida", "email": "Ida@Example.org", "company": .to(.company, "co")])
    school.put(.contact, "bo", ["name": "Bo", "company": .to(.company, "co")])
    school.put(.contact, "alone", ["name": "Alone"])
    school.put(.student, "old", ["fullName": "Ida L", "email": "ida@example.ORG", "cohort": "A"])
    school.put(.student, "ben", ["fullName": "Ben", "email": "ben@example.org"])
    for (id, stage, who) in [
      ("won", "won", "ida"), ("open", "lead", "ida"), ("lost", "lost", "bo"),
    ] {
      school.put(
        .deal, id,
        [
          "title": .string(id), "stage": .string(stage), "amount": 10,
          "contact": .to(.contact, who), "company": .to(.company, "co"),
        ])
    }
    func activity(_ id: String, _ kind: SchoolClass, _ about: String, _ fields: JSONObject) {
      var fields = fields
      fields["subject"] = .string(id)
      fields["type"] = "call"
      fields["relatedTo"] = .to(kind, about)
      school.put(.activity, id, fields)
    }
    activity("asked", .contact, "ida", ["completedAt": ago(days: 3).json])
    activity("met", .deal, "won", ["completedAt": ago(days: 9).json])
    activity("soon", .deal, "open", ["dueDate": ago(days: -2).json])
    activity("later", .contact, "bo", ["dueDate": ago(days: -5).json])
    activity("theirs", .deal, "lost", ["completedAt": ago(days: 1).json])
    // Of a row of another class with the same id.
    activity("stray", .student, "ida", ["completedAt": ago(days: 1).json])
    return school
  }

  @Test func `a contact has its own deals and all that was done with it and with them`() throws {
    let card = try #require(Self.school().partyCard(.contact("ida"), kai))
    #expect(card.deals.map(\.title) == ["open", "won"])
    #expect(card.timeline.map(\.subject) == ["soon", "asked", "met"])
    #expect(card.people.map(\.name) == ["Bo"])
    #expect(card.company?.name == "Nordlicht")
    #expect(card.learner == Choice(id: "old", label: "Ida L", detail: "A"))
    guard case .contact(let row) = card.head else {
      Issue.record("not a contact")
      return
    }
    #expect(row.openDeals == 1 && row.openValue == 10)
  }

  @Test func `a company has the deals and the story of all its contacts`() throws {
    let card = try #require(Self.school().partyCard(.company("co"), kai))
    #expect(card.deals.map(\.title).first == "open")
    #expect(Set(card.deals.map(\.title)) == ["open", "won", "lost"])
    #expect(card.timeline.map(\.subject) == ["later", "soon", "theirs", "asked", "met"])
    #expect(card.people.map(\.name) == ["Bo", "Ida"])
    #expect(card.address == "Hafen 1" && card.notes == "Pays late.")
    #expect(card.learner == nil)
  }

  @Test func `who may be the same person is told apart from colleagues`() throws {
    var school = Self.school()
    school.put(.contact, "twin", ["name": "IDA", "company": .to(.company, "co")])
    school.put(.contact, "mail", ["name": "I. L.", "email": "ida@example.org"])
    let card = try #require(school.partyCard(.contact("ida"), kai))
    #expect(card.doubles.map(\.name) == ["I. L.", "IDA"])
    #expect(card.people.map(\.name) == ["Bo"])
    #expect(school.partyCard(.contact("bo"), kai)?.doubles.isEmpty == true)
  }

  @Test func `one who stands alone has an empty card, one who is gone none`() throws {
    let school = Self.school()
    let card = try #require(school.partyCard(.contact("alone"), kai))
    #expect(card.deals.isEmpty && card.people.isEmpty && card.timeline.isEmpty)
    #expect(card.company == nil && card.learner == nil)
    #expect(school.partyCard(.contact("nobody"), kai) == nil)
    #expect(school.partyCard(.company("ida"), kai) == nil)
  }
}
