import CRM
import ParseCore
import QuadApp
import Testing

/// What was seen to change, where it is shown.
struct ObservedTests {
  private static func moved(_ school: inout School, days: Int = 17) {
    var changes: [ObservedChange] = []
    for deal in school.deals.all.prefix(12) {
      changes.append(
        ObservedChange(
          at: fixtureNow.advanced(bySeconds: -40 * 86_400), id: deal.id,
          .stage(from: .known(.lead), to: .known(.qualified))))
    }
    for deal in school.deals.all {
      changes.append(
        ObservedChange(
          at: fixtureNow.advanced(bySeconds: -days * 86_400), id: deal.id,
          .stage(from: .known(.qualified), to: deal.stage)))
    }
    school.observed.append(changes)
  }

  @Test func `the forecast says how deals moved, over how many, since when`() throws {
    var fixture = AppFixture(as: "admin", start: .pipeline) { Self.moved(&$0) }
    try fixture.type("b")
    let line = try #require(fixture.row(of: "Seen here").map(fixture.line))
    #expect(line.contains("lead to qualified 100 % of 12   qualified to proposal"))
    #expect(line.contains("23.0d of "))
  }

  @Test func `a deal says how long it has been in its stage, if that was seen`() throws {
    var fixture = AppFixture(as: "admin", start: .pipeline) { Self.moved(&$0) }
    try fixture.type("<Enter>")
    let steps = try #require(fixture.row(of: "negotiation ─── won").map(fixture.line))
    #expect(steps.contains("   for 17d"))
    var unseen = AppFixture(as: "admin", start: .pipeline)
    try unseen.type("<Enter>")
    #expect(!unseen.screen.contains("   for "))
  }

  @Test func `the four panes tell what is new since the last look`() {
    let fixture = AppFixture(as: "admin") { school in
      school.observed.lookedAt = fixtureNow.advanced(bySeconds: -86_400)
      Self.moved(&school, days: 0)
    }
    let line = fixture.line(38)
    #expect(line.hasPrefix(" since Thu 19 Nov 14:12   "))
    #expect(line.contains("breaches   ") && line.contains("deals won"))
    let calm = AppFixture(as: "admin") { school in school.observed.lookedAt = fixtureNow }
    #expect(calm.line(38).hasPrefix(" since today 14:12   nothing new"))
    #expect(!AppFixture(as: "admin").line(38).contains("since"))
  }
}
