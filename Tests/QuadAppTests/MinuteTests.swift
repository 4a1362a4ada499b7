import ParseCore
import QuadApp
import Testing

/// What the clock alone asks for.
struct MinuteTests {
  @Test func `each minute is told once, when it begins`() {
    var app = AppFixture(80, 24, as: "mara").app
    let minute = fixtureNow.milliseconds / 60_000 * 60
    func effects(_ second: Int64) -> [Effect] {
      app.handle(.tick(ParseDate(milliseconds: (minute + second) * 1000)))
    }
    #expect(effects(59) == [])
    #expect(effects(60) == [.passMinute])
    #expect(effects(61) == [])
    #expect(effects(119) == [])
    #expect(effects(310) == [.passMinute])
  }
}
