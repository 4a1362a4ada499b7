import CRM
import ParseCore
import Testing

/// What the lists of contacts, companies and activities know besides their rows' own fields.
struct SalesListTests {
  private static func school() -> School {
    var school = School.whole()
    school.put(.user, "kai", ["username": "kai"])
    school.put(.company, "co", ["name": "Nordlicht", "createdBy": .to(.user, "kai")])
    school.put(.company, "new", ["name": "Untried"])
    school.put(
      .contact, "ida", created: instant("2026-03-09T22:30:00.000Z"),
      ["name": "Ida", "company": .to(.company, "co")])
    for (id, stage, amount) in [
      ("w1", "won", 100.0), ("w2", "won", 50), ("l1", "lost", 900), ("o1", "lead", 7),
    ] {
      school.put(
        .deal, id,
        [
          "title": .string(id), "stage": .string(stage), "amount": .init(amount),
          "contact": .to(.contact, "ida"), "company": .to(.company, "co"),
        ])
    }
    return school
  }

  @Test func `a contact tells what it bought and since when it is known`() throws {
    let rows = Self.school().people(ListRequest(), look(zoneOffset: 7200)).list.rows
    let ida = try #require(rows.first)
    #expect(ida.wonDeals == 2 && ida.wonValue == 150)
    // 22:30 in Greenwich is the next day two hours to the east.
    #expect(ida.createdDay.map(Wording.fullDay) == "10 Mar 2026")
  }

  @Test func `a company tells who recorded it and how often it was won`() {
    let rows = Self.school().companies(ListRequest(sort: "name"), look()).list.rows
    #expect(rows.map(\.name) == ["Nordlicht", "Untried"])
    #expect(rows.map(\.creator) == ["kai", ""])
    #expect(rows.map(\.closedDeals) == [3, 0])
    #expect(rows.map(\.winRate) == [2.0 / 3, nil])
  }

  @Test func `the days ahead are counted over all that is to do`() {
    var school = Self.school()
    func due(_ id: String, days: Int?, isDone: Bool = false) {
      var fields: JSONObject = ["type": "call", "subject": .string(id)]
      fields["dueDate"] = days.map { ago(days: -$0).json }
      if isDone { fields["completedAt"] = now.json }
      school.put(.activity, id, fields)
    }
    for (place, days) in [-1, 0, 0, 3, 13, 14].enumerated() { due("a\(place)", days: days) }
    due("none", days: nil)
    due("done", days: 0, isDone: true)
    let answer = school.activities(ListRequest(view: "overdue", filter: "a0"), look())
    var wanted = [Int](repeating: 0, count: 14)
    (wanted[0], wanted[3], wanted[13]) = (2, 1, 1)
    #expect(answer.days == wanted)
    #expect(answer.list.rows.map(\.subject) == ["a0"])
    #expect(answer.views.first { $0.id == "today" }?.count == 2)
  }
}
