import CRM
import ParseCore
import Testing

struct PipelineTests {
  static func deal(
    _ school: inout School, _ id: String, _ stage: String = "lead", amount: JSON? = 1000,
    close: String? = "2026-12-10", owner: String? = "kai", touched: ParseDate = ago(days: 1)
  ) {
    var fields: JSONObject = ["title": .string(id), "stage": .string(stage)]
    fields["amount"] = amount
    fields["expectedCloseDate"] = close.map { instant($0 + "T12:00:00.000Z").json }
    fields["assignedTo"] = owner.map { .to(.user, $0) }
    fields["company"] = .to(.company, "co1")
    school.put(.deal, id, created: ago(days: 200), updated: touched, fields)
  }

  static func step(
    _ school: inout School, _ deal: String, due: String?, type: String = "call",
    done: ParseDate? = nil, made: ParseDate = ago(days: 100)
  ) {
    var fields: JSONObject = ["type": .string(type), "relatedTo": .to(.deal, deal)]
    fields["dueDate"] = due.map { instant($0).json }
    fields["completedAt"] = done?.json
    school.put(.activity, "\(deal)-\(due ?? "none")-\(type)", created: made, fields)
  }

  static func school() -> School {
    var school = School.whole()
    school.put(.user, "kai", ["username": "kai"])
    school.put(.company, "co1", ["name": "Nordlicht", "industry": "Education"])
    return school
  }

  let kai = look(as: "kai", .sales)

  @Test func `a lane runs late, today, no step, planned, then close date, then amount`() {
    var school = Self.school()
    for (id, due) in [
      ("planned", "2026-11-25T12:00:00.000Z"), ("late", "2026-11-18T12:00:00.000Z"),
      ("today", "2026-11-20T09:00:00.000Z"),
    ] {
      Self.deal(&school, id)
      Self.step(&school, id, due: due)
    }
    Self.deal(&school, "past close", close: "2026-11-14")
    Self.step(&school, "past close", due: "2026-11-25T12:00:00.000Z")
    Self.deal(&school, "none soon", close: "2026-11-30")
    Self.deal(&school, "none small", amount: 10)
    Self.deal(&school, "none large", amount: 99)
    Self.deal(&school, "none no date", close: nil)
    let lane = school.pipeline(ListRequest(), kai).lanes[0]
    #expect(
      lane.cards.map(\.title) == [
        "past close", "late", "today", "none soon", "none large", "none small", "none no date",
        "planned",
      ])
    #expect((lane.late, lane.today, lane.noStep) == (2, 1, 4))
  }

  @Test func `a row says its next step, close day, quiet days and worst fact`() throws {
    var school = Self.school()
    Self.deal(&school, "d", "proposal", close: "2026-11-14", touched: ago(days: 11))
    Self.step(&school, "d", due: "2026-11-18T12:00:00.000Z", type: "meeting")
    Self.step(&school, "d", due: nil, type: "note")
    Self.step(&school, "d", due: "2026-11-01T12:00:00.000Z", type: "email", done: ago(days: 4))
    let row = try #require(school.pipeline(ListRequest(), kai).list.rows.first)
    #expect(row.nextStep == .late(.known(.meeting), days: 2))
    #expect(row.daysToClose == -6)
    #expect(row.quietDays == 4)
    #expect(row.severity == .late)
    #expect(row.weighted == 500)
    #expect(row.company == "Nordlicht")
    #expect(row.owner == "kai")
  }

  static let severities: [(Int?, String?, Severity)] = [
    (nil, "2026-12-10", .soon), (1000, nil, .soon), (1000, "2026-11-20", .plain),
    (1000, "2026-11-19", .late),
  ]

  @Test(arguments: severities) func `missing amount or date is soon, a past close late`(
    amount: Int?, close: String?, severity: Severity
  ) {
    var school = Self.school()
    Self.deal(&school, "d", amount: amount.map { .integer($0) }, close: close)
    Self.step(&school, "d", due: "2026-11-25T12:00:00.000Z")
    #expect(school.pipeline(ListRequest(), kai).list.rows.first?.severity == severity)
  }

  @Test func `a deal without amount is not zero, an unknown stage has no chance`() {
    var school = Self.school()
    Self.deal(&school, "a", "negotiation", amount: 100)
    Self.deal(&school, "b", "negotiation", amount: nil)
    Self.deal(&school, "c", "Verbal yes", amount: 700)
    let answer = school.pipeline(ListRequest(), kai)
    #expect(answer.summary.open == 3)
    #expect(answer.summary.sum == 800)
    #expect(answer.summary.weighted == 80)
    #expect(answer.summary.withoutAmount == 1)
    #expect(
      answer.lanes.map(\.title) == [
        "lead", "qualified", "proposal", "negotiation", "won", "lost", "other",
      ])
    #expect(answer.lanes[3].withoutAmount == 1)
    #expect(answer.lanes[6].stage == Term("Verbal yes"))
    #expect(answer.lanes[6].sum == 700)
    #expect(answer.lanes[6].weighted == 0)
  }

  @Test func `sums do not lose cents`() {
    var school = Self.school()
    Self.deal(&school, "huge", amount: .init(1e15))
    for number in 0..<100 { Self.deal(&school, "d\(number)", amount: .init(0.01)) }
    Self.deal(&school, "back", amount: .init(-1e15))
    #expect(abs(school.pipeline(ListRequest(), kai).summary.sum - 1) < 1e-9)
  }

  @Test func `won and lost count in the quarter of their last change`() {
    var school = Self.school()
    Self.deal(&school, "w1", "won", amount: 300, touched: ago(days: 2))
    Self.deal(&school, "w2", "won", amount: 100, touched: instant("2026-10-01T00:00:00.000Z"))
    Self.deal(&school, "w3", "won", amount: 900, touched: instant("2026-09-30T23:59:00.000Z"))
    Self.deal(&school, "l1", "lost", amount: 100, touched: ago(days: 5))
    let answer = school.pipeline(ListRequest(), kai)
    #expect(answer.summary.wonThisQuarter == 2)
    #expect(answer.summary.wonSum == 400)
    #expect(answer.summary.winRate == 2 / 3.0)
    #expect(answer.summary.winRateByAmount == 0.8)
    #expect(answer.lanes[4].cards.map(\.title) == ["w1", "w2"])
    #expect(answer.lanes[4].older == 1)
    let closed = school.pipeline(ListRequest(view: "closed"), kai)
    #expect(closed.list.rows.map(\.title) == ["w1", "l1", "w2", "w3"])
    #expect(School.whole().pipeline(ListRequest(), kai).summary.winRate == nil)
  }

  @Test func `every open deal is in one row of the forecast`() {
    var school = Self.school()
    Self.deal(&school, "over", close: "2026-11-19")
    Self.deal(&school, "today", close: "2026-11-20")
    Self.deal(&school, "jan", "proposal", amount: 200, close: "2027-01-31")
    Self.deal(&school, "april", close: "2027-04-30")
    Self.deal(&school, "may", close: "2027-05-01")
    Self.deal(&school, "none", amount: nil, close: nil)
    Self.deal(&school, "won", "won", amount: 50, close: "2026-11-02")
    Self.deal(&school, "won undated", "won", amount: 7, close: nil, touched: ago(days: 3))
    Self.deal(&school, "won before", "won", amount: 7, close: "2026-10-02")
    let forecast = school.pipeline(ListRequest(), kai).forecast
    #expect(
      forecast.map(\.bucket) == [
        .overdue, .month(year: 2026, month: 11), .month(year: 2026, month: 12),
        .month(year: 2027, month: 1), .month(year: 2027, month: 2),
        .month(year: 2027, month: 3), .month(year: 2027, month: 4), .later, .noDate,
      ])
    #expect(forecast.map(\.deals) == [1, 1, 0, 1, 0, 0, 1, 1, 1])
    #expect(forecast[1].won == 2)
    #expect(forecast[1].wonSum == 57)
    #expect(forecast[3].weighted == 100)
    #expect(forecast[8].withoutAmount == 1)
  }

  @Test func `views count what they list`() {
    var school = Self.school()
    Self.deal(&school, "a", "lead", close: "2026-11-28", touched: ago(days: 7))
    Self.deal(&school, "b", "lead", owner: nil, touched: ago(days: 6))
    Self.deal(&school, "c", "qualified", amount: nil, close: "2026-11-01")
    Self.deal(&school, "d", "won")
    Self.deal(&school, "e", "lost")
    let views = school.pipeline(ListRequest(), kai).views
    #expect(
      views.map { "\($0.id) \($0.count)" } == [
        "all 3", "mine 2", "needs-care 3", "closing 2", "overdue 1", "no-step 3", "quiet 1",
        "won 1", "lost 1", "no-data 2", "snoozed 0", "closed 2",
      ])
    #expect(views[3].title == "Closing in Nov")
    for view in views {
      let rows = school.pipeline(ListRequest(view: view.id), kai).list.rows
      #expect(rows.count == view.count, "\(view.id)")
    }
  }

  @Test func `known cards stay where they are until a re-sort`() {
    var school = Self.school()
    Self.deal(&school, "a", close: "2026-12-01")
    Self.deal(&school, "b", close: "2026-12-02")
    let answer = school.pipeline(ListRequest(), kai, previous: ["b", "a"])
    #expect(answer.list.rows.map(\.title) == ["b", "a"])
    #expect(answer.lanes[0].cards.map(\.title) == ["b", "a"])
    #expect(answer.list.wouldMove == 1)
  }

  @Test func `owners are listed heaviest first`() {
    var school = Self.school()
    Self.deal(&school, "a", "negotiation", amount: 100)
    Self.deal(&school, "b", "lead", amount: 100, owner: nil)
    let owners = school.pipeline(ListRequest(), kai).owners
    #expect(owners.map(\.name) == ["kai", ""])
    #expect(owners.map(\.weighted) == [80, 10])
  }

  @Test func `the card tells the story backwards`() throws {
    var school = Self.school()
    Self.deal(&school, "d")
    Self.step(&school, "d", due: "2026-11-18T12:00:00.000Z")
    Self.step(&school, "d", due: "2026-11-25T10:00:00.000Z", type: "meeting")
    Self.step(&school, "d", due: "2026-11-02T12:00:00.000Z", type: "email", done: ago(days: 4))
    Self.step(&school, "d", due: "2026-11-01T12:00:00.000Z", type: "note", done: ago(days: 9))
    let card = try #require(school.dealCard("d", kai))
    #expect(card.timeline.map(\.type.label) == ["meeting", "call", "email", "note"])
    #expect(card.timeline.map(\.severity) == [.plain, .late, .plain, .plain])
    #expect(card.timeline.first?.about == "d")
    #expect(card.industry == "Education")
    #expect(school.dealCard("nope", kai) == nil)
  }
}

struct DirectoryTests {
  static func school() -> School {
    var school = PipelineTests.school()
    school.put(
      .contact, "k1",
      ["name": "Ann", "email": "ann@x.org", "company": .to(.company, "co1")])
    school.put(.contact, "k2", updated: ago(days: 40), ["name": "Bo", "email": "ANN@x.org"])
    school.put(.contact, "k3", ["name": "Cy"])
    school.put(.company, "co2", ["name": "Mørk", "website": "https://www.moerk.example/a"])
    school.put(.company, "co3", ["name": "Mork", "website": "MOERK.example"])
    school.put(
      .deal, "d1",
      [
        "title": "Open", "stage": "lead", "amount": 100, "contact": .to(.contact, "k1"),
        "company": .to(.company, "co1"),
      ])
    school.put(
      .deal, "d2",
      ["title": "Won", "stage": "won", "amount": 50, "company": .to(.company, "co1")])
    school.put(
      .activity, "a1",
      [
        "type": "call", "subject": "Ask", "dueDate": instant("2026-11-21T12:00:00.000Z").json,
        "relatedTo": .to(.deal, "d1"),
      ])
    school.put(
      .activity, "a2",
      [
        "type": "email", "subject": "Late", "dueDate": instant("2026-11-10T12:00:00.000Z").json,
        "relatedTo": [.to(.contact, "k1")],
      ])
    school.put(.activity, "a3", ["type": "task", "subject": "Orphan"])
    school.put(
      .activity, "a4", ["type": "call", "subject": "Done", "completedAt": ago(days: 1).json])
    return school
  }

  @Test func `people carry their deals and the most pressing step`() throws {
    let answer = Self.school().people(ListRequest(), look())
    let ann = try #require(answer.list.rows.first)
    #expect(ann.name == "Ann")
    #expect((ann.openDeals, ann.openValue) == (1, 100))
    #expect(ann.nextStep == .late(.known(.email), days: 10))
    #expect(
      answer.views.map { "\($0.id) \($0.count)" } == [
        "all 3", "mine 0", "open-deals 1", "no-company 2", "unreachable 1", "quiet 1", "doubles 2",
      ])
  }

  @Test func `companies sum what is open and what was won`() throws {
    let answer = Self.school().companies(ListRequest(), look())
    let first = try #require(answer.list.rows.first)
    #expect(first.name == "Nordlicht")
    #expect((first.contacts, first.openDeals, first.openValue, first.wonValue) == (1, 1, 100, 50))
    #expect(
      answer.views.map { "\($0.id) \($0.count)" } == [
        "all 3", "mine 0", "customers 1", "no-contact 2", "no-deal 2", "doubles 2",
      ])
  }

  @Test func `activities run overdue, due, undated, done`() {
    let school = Self.school()
    #expect(
      school.activities(ListRequest(view: "all"), look()).list.rows.map(\.subject)
        == ["Late", "Ask", "Orphan", "Done"])
    #expect(
      school.activities(ListRequest(), look()).views.map { "\($0.id) \($0.count)" } == [
        "open 3", "today 0", "overdue 1", "week 1", "no-date 1", "done 1", "mine 0", "orphans 2",
        "all 4",
      ])
  }
}
