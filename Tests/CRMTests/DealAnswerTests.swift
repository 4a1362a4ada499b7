import CRM
import ParseCore
import Testing

struct DealAnswerTests {
  let kai = look(as: "kai", .sales)

  @Test func `a lost deal says why on the board, a won one does not`() {
    var school = PipelineTests.school()
    for stage in ["lost", "won", "lead"] {
      PipelineTests.deal(&school, stage, stage)
      school.put(
        .deal, stage, updated: ago(days: 1),
        ["title": .string(stage), "stage": .string(stage), "notes": "[lost] price\nmore"])
    }
    let lanes = school.pipeline(ListRequest(), kai).lanes
    let reasons = lanes.flatMap(\.cards).map { [$0.title, $0.lostReason ?? "-"] }
    #expect(reasons == [["lead", "-"], ["won", "-"], ["lost", "price"]])
  }

  @Test func `people are all who can own a deal, with what is open and late on them`() {
    var school = PipelineTests.school()
    school.put(.user, "kai", ["username": "kai", "role": "sales"])
    school.put(.user, "noor", ["username": "noor", "role": "sales"])
    school.put(.user, "boss", ["username": "boss", "role": "admin"])
    school.put(.user, "mara", ["username": "mara", "role": "coordinator"])
    PipelineTests.deal(&school, "late", close: "2026-11-14")
    PipelineTests.deal(&school, "fine")
    PipelineTests.deal(&school, "over", "won")
    let people = school.pipeline(ListRequest(), kai).people
    #expect(people.map(\.name) == ["boss", "kai", "noor"])
    #expect(people.map(\.open) == [0, 2, 0])
    #expect(people.map(\.late) == [0, 1, 0])
  }

  @Test func `a deal card holds the other deals of its company, itself first`() throws {
    var school = PipelineTests.school()
    school.put(.contact, "p1", ["name": "Kerstin", "company": .to(.company, "co1")])
    PipelineTests.deal(&school, "old", "won", touched: ago(days: 90))
    PipelineTests.deal(&school, "this", touched: ago(days: 40))
    PipelineTests.deal(&school, "new", touched: ago(days: 2))
    let card = try #require(school.dealCard("this", kai))
    #expect(card.companyDeals.map(\.title) == ["this", "new", "old"])
    #expect(card.contacts == 1)
  }

  @Test(arguments: [(nil, true), ("mine", true), ("won", true), ("needs-care", false)])
  func `a view says whether closed deals are on its board`(view: String?, shows: Bool) {
    let answer = PipelineTests.school().pipeline(ListRequest(view: view), kai)
    #expect(answer.showsClosed == shows)
  }
}
