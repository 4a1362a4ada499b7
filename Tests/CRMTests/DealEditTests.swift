import CRM
import ParseCore
import Testing

struct DealEditTests {
  static func editor(_ fields: JSONObject) -> Editor {
    var school = School.whole()
    school.put(.user, "kai", ["username": "kai"])
    var all: JSONObject = [
      "title": "Retail academy", "stage": "proposal", "assignedTo": .to(.user, "kai"),
    ]
    for member in fields.members { all[member.key] = member.value }
    school.put(.deal, "d1", all)
    return Editor(school: school, viewpoint: look(as: "kai", .sales))
  }

  static func changes(_ edit: Edit) -> Changes {
    guard case .update(_, _, let changes)? = edit.writes.first else { return [:] }
    return changes
  }

  @Test func `moving says from where to where`() throws {
    let edit = try Self.editor([:]).move(deals: ["d1"], to: .negotiation)
    #expect(edit.words == "Retail academy moved from proposal to negotiation")
    #expect(Self.changes(edit) == ["stage": .set("negotiation")])
  }

  @Test(arguments: [
    ("lead", true, "qualified"), ("negotiation", true, "won"), ("won", false, "negotiation"),
    ("Closed Won", false, "negotiation"), ("proposal", false, "qualified"),
  ]) func `stages step in order`(stage: String, forward: Bool, expected: String) throws {
    let editor = Self.editor(["stage": .string(stage)])
    let edit = try editor.stepStage(forward: forward, deals: ["d1"])
    #expect(Self.changes(edit) == ["stage": .set(.string(expected))])
  }

  @Test(arguments: [
    ("won", true, "Retail academy is won already."),
    ("lead", false, "Retail academy is lead already."),
    ("lost", true, "Retail academy is lost; pick its stage from the list."),
    ("Verbal yes", true, "Retail academy is Verbal yes; pick its stage from the list."),
  ]) func `where there is no next stage it says so`(stage: String, forward: Bool, words: String) {
    #expect(throws: Refusal(words)) {
      try Self.editor(["stage": .string(stage)]).stepStage(forward: forward, deals: ["d1"])
    }
  }

  @Test(arguments: [
    ("price:\ntoo dear", "Wants it", "[lost] price: too dear\nWants it"),
    ("price", "", "[lost] price"),
  ]) func `a lost reason goes on top of the notes`(
    reason: String, notes: String, expected: String
  ) throws {
    let editor = Self.editor(["notes": .string(notes)])
    let edit = try editor.lose(deals: ["d1"], reason: reason)
    #expect(
      Self.changes(edit) == ["stage": .set("lost"), "notes": .set(.string(expected))])
  }

  @Test func `without a reason the notes stay`() throws {
    let edit = try Self.editor(["notes": "x"]).lose(deals: ["d1"], reason: "  ")
    #expect(Self.changes(edit) == ["stage": .set("lost")])
    #expect(edit.words == "Retail academy lost, was proposal")
  }

  @Test func `a day is written as noon in UTC`() throws {
    let day = CivilDay(year: 2026, month: 12, day: 1)
    let edit = try Self.editor([:]).setCloseDay(day, deals: ["d1"])
    #expect(
      Self.changes(edit) == [
        "expectedCloseDate": .set(["__type": "Date", "iso": "2026-12-01T12:00:00.000Z"])
      ])
    #expect(edit.words == "Retail academy closes 1 Dec, was no date")
  }

  /// Two days of one month of the next year would read alike.
  @Test func `a close in another year is told with its day`() throws {
    let edit = try Self.editor(["expectedCloseDate": "2027-01-05T12:00:00.000Z"])
      .pushClose(byDays: 7, deals: ["d1"])
    #expect(edit.words == "Retail academy closes 12 Jan 2027, was 5 Jan 2027")
  }

  @Test(arguments: [
    ("2026-12-01T00:00:00.000Z", 7, "2026-12-08"), ("2026-12-28T12:00:00.000Z", 7, "2027-01-04"),
    (nil, 7, "2026-11-27"),
  ]) func `a push counts from the stored day, or from today`(
    stored: String?, days: Int, expected: String
  ) throws {
    var fields = JSONObject()
    fields["expectedCloseDate"] = stored.map { instant($0).json }
    let edit = try Self.editor(fields).pushClose(byDays: days, deals: ["d1"])
    #expect(
      Self.changes(edit)["expectedCloseDate"]
        == .set(instant(expected + "T12:00:00.000Z").json))
  }

  @Test(arguments: [("2026-12-05", "2026-12-31"), ("2026-12-31", "2027-01-31")])
  func `the end of the month moves on from itself`(stored: String, expected: String) throws {
    let fields: JSONObject = ["expectedCloseDate": instant(stored + "T12:00:00.000Z").json]
    let edit = try Self.editor(fields).pushCloseToMonthEnd(deals: ["d1"])
    #expect(
      Self.changes(edit)["expectedCloseDate"]
        == .set(instant(expected + "T12:00:00.000Z").json))
  }

  @Test func `clearing deletes, it never writes null`() throws {
    let editor = Self.editor(["amount": 5, "expectedCloseDate": now.json])
    #expect(Self.changes(try editor.setAmount(nil, deals: ["d1"])) == ["amount": .delete])
    #expect(
      Self.changes(try editor.setCloseDay(nil, deals: ["d1"])) == ["expectedCloseDate": .delete])
  }

  @Test func `an amount says what it was`() throws {
    let edit = try Self.editor([:]).setAmount(38_400, deals: ["d1"])
    #expect(edit.words == "Retail academy at 38 400, was no amount")
    #expect(Self.changes(edit) == ["amount": .set(38_400)])
  }

  @Test func `somebody else's deal is not a rep's to move`() {
    let editor = Self.editor(["assignedTo": .to(.user, "noor")])
    #expect(throws: Refusal("Only an admin or the owner can update a deal.")) {
      try editor.win(deals: ["d1"])
    }
  }

  @Test func `done stamps now, undone deletes the stamp`() throws {
    var school = School.whole()
    school.put(
      .activity, "a1", ["type": "call", "subject": "Kerstin", "createdBy": .to(.user, "kai")])
    school.put(
      .activity, "a2",
      ["type": "call", "completedAt": now.json, "createdBy": .to(.user, "kai")])
    let editor = Editor(school: school, viewpoint: look(as: "kai", .sales))
    let done = try editor.setDone(true, activities: ["a1", "a2"])
    #expect(done.words == "call Kerstin done, 1 left as it is")
    #expect(Self.changes(done) == ["completedAt": .set(now.json)])
    #expect(
      Self.changes(try editor.setDone(false, activities: ["a2"])) == ["completedAt": .delete])
  }

  @Test func `logging makes a finished activity about the deal`() throws {
    let target = Pointer(className: "Deal", objectId: "d1")
    let edit = try Self.editor([:]).log(.call, subject: " Board\nvotes ", about: target)
    #expect(edit.words == "call logged on Retail academy")
    #expect(
      edit.writes == [
        .create(
          .activity,
          fields: [
            "type": "call", "subject": "Board votes", "completedAt": now.json,
            "relatedTo": target.json, "createdBy": .to(.user, "kai"),
          ])
      ])
  }

  @Test(arguments: [ActivityType.call, .email, .meeting, .note])
  func `each of the four words for the type is written as the server knows it`(
    type: ActivityType
  ) throws {
    let edit = try Self.editor([:]).log(
      type, subject: "", about: Pointer(className: "Deal", objectId: "d1"))
    guard case .create(.activity, let fields)? = edit.writes.first else {
      Issue.record("nothing is created")
      return
    }
    #expect(fields["type"] == .string("\(type)") && fields["subject"] == .string("\(type)"))
  }
}
