import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

/// What a deal says about itself, alone and below the list.
struct DealScreenTests {
  private func deal(
    _ fields: JSONObject, changed: ParseDate? = nil, done: String? = nil
  ) -> AppFixture {
    AppFixture(as: "kai", start: .pipeline) { school in
      let kai = school.users.all.first { $0.username == "kai" }?.id ?? ""
      for deal in school.deals.all { school.remove(.deal, id: deal.id) }
      var fields = fields
      fields["title"] = "Chess club"
      fields["assignedTo"] = [
        "__type": "Pointer", "className": "_User", "objectId": .string(kai),
      ]
      let deal = ParseObject(
        className: "Deal", objectId: "d1", createdAt: changed, updatedAt: changed, fields: fields)
      school.upsert(School.Row(id: "d1", object: deal, isUnsent: false))
      guard let done else { return }
      let mail = ParseObject(
        className: "Activity", objectId: "a1",
        fields: [
          "type": "email", "subject": "Sent the offer",
          "completedAt": ["__type": "Date", "iso": .string(done)],
          "relatedTo": ["__type": "Pointer", "className": "Deal", "objectId": "d1"],
        ])
      school.upsert(School.Row(id: "a1", object: mail, isUnsent: false))
    }
  }

  /// A change of the deal is a touch, but no mail.
  @Test(arguments: [
    ("2026-11-20T10:00:00.000Z", "by a change"), ("2026-10-01T10:00:00.000Z", "Sent the offer"),
  ])
  func `the last touch is named by what it was`(changed: String, words: String) throws {
    var fixture = deal(
      ["stage": "proposal"], changed: ParseDate(iso: changed), done: "2026-10-05T10:00:00.000Z")
    try fixture.type("b")
    let below = fixture.line(try #require(fixture.row(of: "last touch")))
    #expect(below.contains(words), "\(below)")
    try fixture.type("<Enter>")
    let alone = fixture.line(try #require(fixture.row(of: "last touch")))
    #expect(alone.contains(words), "\(alone)")
  }

  @Test func `equals says what the deal weighs`() throws {
    var fixture = deal(["stage": "proposal", "amount": 1500])
    try fixture.type("b<Enter>=")
    for words in ["Chess club  750 weighted", "50 %   Quad's own for proposal", "21d   without"] {
      #expect(fixture.screen.contains(words), "\(words)")
    }
    try fixture.type("<Esc>")
    #expect(fixture.line(1).contains("› Chess club"))
  }

  @Test func `a deal without a stage says so in words`() throws {
    var fixture = deal([:])
    try fixture.type("b<Enter>")
    #expect(fixture.screen.contains("won   no stage yet"))
    fixture.resize(80, 24)
    try fixture.type("<Esc>")
    #expect(fixture.screen.contains("no stage  "))
  }
}
