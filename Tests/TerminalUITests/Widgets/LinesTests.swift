import Testing

@testable import TerminalUI

struct LinesTests {
  private func drawn(_ columns: Int, _ draw: (inout Canvas) -> Void) -> Canvas {
    var canvas = Canvas(columns: columns, rows: 1)
    draw(&canvas)
    return canvas
  }

  private let screens: [SafeLine] = [
    "Quad", "Completion", "Quizzes", "Tickets", "Pipeline", "People", "Activities", "Courses",
    "Outbox", "Health",
  ]

  @Test func `the header names what fits`() {
    let who = [Span("live", .dim), Span("   "), Span("mara")]
    #expect(
      drawn(80) { HeaderBar(screens: screens, active: 3, right: who).draw(on: &$0, row: 0) }.text
        == " 0  1  2  3 Tickets   4  5  6  7  8  9                              live   mara")
    #expect(
      drawn(100) { HeaderBar(screens: screens, active: 8, right: who).draw(on: &$0, row: 0) }.text
        == " 0 Quad   1 Completion   2 Quizzes   3 Tickets   4 Pipeline   8 Outbox                  live   mara"
    )
    let wide = drawn(160) { HeaderBar(screens: screens, active: 0).draw(on: &$0, row: 0) }
    #expect(wide.text.hasSuffix("8 Outbox   9 Health"))
    #expect(wide.styleMap.hasPrefix("HHHHHHHH  d"))
    #expect(
      drawn(120) { HeaderBar(screens: screens, active: 3).draw(on: &$0, row: 0) }.text
        == " 0 Quad   1 Completion   2 Quizzes   3 Tickets   4 Pipeline   5-9 more")
  }

  @Test(arguments: [
    (120, " 0  1  2  3  4  5  6 Activities   7  8  9"),
    (82, " 0 1 2 3 4 5  6 Activities  7 8 9"), (80, " 6 Activities   0-9"),
    (124, " 0 Quad   1 Completion   2 Quizzes   3 Tickets   4 Pipeline   6 Activities"),
  ])
  func `long news takes names away, never a part of the active one`(columns: Int, left: String) {
    let news = [Span("offline since 05:25   4 queued   admin  admin")]
    let line = drawn(columns) {
      HeaderBar(screens: screens, active: 6, right: news).draw(on: &$0, row: 0)
    }.text
    #expect(line.hasPrefix(left + "   "))
    #expect(line.hasSuffix("   offline since 05:25   4 queued   admin  admin"))
  }

  @Test func `views that do not fit are counted and the active one stays`() {
    let items: [ViewsLine.Item] = [
      .init("Next up", count: "14"), .init("Mine", count: "9"), .init("Unassigned", count: "8"),
      .init("Breached", count: "4"),
    ]
    let right = [Span("14 of 418")]
    #expect(
      drawn(70) { ViewsLine(items, active: 0, right: right).draw(on: &$0, row: 0) }.text
        == " Next up 14   Mine 9   Unassigned 8   Breached 4            14 of 418")
    let narrow = drawn(50) { ViewsLine(items, active: 3, right: right).draw(on: &$0, row: 0) }
    #expect(narrow.text == " Next up 14   Breached 4   f +2         14 of 418")
    #expect(narrow.attributeMap == "              uuuuuuuu")
  }

  @Test func `the footer drops from the middle and keeps the last key`() {
    let footer = Footer([
      .init("N", "take next"), .init("c", "claim"), .init("a", "assign"), .init("?", "help"),
    ])
    #expect(
      drawn(60) { footer.draw(on: &$0, row: 0) }.text
        == " N take next   c claim   a assign   ? help")
    #expect(drawn(30) { footer.draw(on: &$0, row: 0) }.text == " N take next   ? help")
    #expect(drawn(60) { footer.draw(on: &$0, row: 0) }.styleMap.hasPrefix(" a dddd dddd   a"))
  }

  @Test func `a rule fills the line between its ends`() {
    let rule = TitledRule([Span("T-4821", .dim)], right: [Span("urgent", .strong)])
    #expect(drawn(24) { rule.draw(on: &$0, row: 0) }.text == " T-4821 ──────── urgent")
    let drawer = drawn(24) { TitledRule.drawer("Assign").draw(on: &$0, row: 0) }
    #expect(drawer.text == " Assign  ━━━━━━━━━━━━━━")
    #expect(drawer.styleMap == "HHHHHHHH 11111111111111")
  }

  @Test func `the status line keeps its right end whole`() {
    let line = StatusLine(left: [Span("a long toast that is cut")], right: [Span("3 of 14")])
    #expect(drawn(30) { line.draw(on: &$0, row: 0) }.text == " a long toast that…   3 of 14")
  }
}
