import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct SnoozeDrawerTests {
  @Test func `shorthand says what it means and puts the ticket aside until then`() throws {
    var fixture = AppFixture(start: .tickets)
    let number = fixture.line(4).split(separator: " ")[2]
    try fixture.type("Z")
    #expect(fixture.screen.contains("Snooze \(number)"))
    try fixture.type("+3d")
    #expect(fixture.screen.contains("Mon 23 Nov 08:00"))
    try fixture.type("<Enter>")
    guard case .act(.snooze(.ticket, let ids, let until))? = fixture.taken().first else {
      Issue.record("nothing was put aside")
      return
    }
    #expect(ids.count == 1 && until == ParseDate(iso: "2026-11-23T08:00:00.000Z"))
    #expect(fixture.screen.contains("\(number) snoozed until Mon 23 Nov 08:00   u undo"))
    #expect(!fixture.line(4).contains(number))
    try fixture.type("fsnoo<Enter>")
    #expect(fixture.line(3).contains("Back ▴") && fixture.line(4).contains("in 3d"))
    #expect(fixture.screen.contains("snoozed until Mon 23 Nov 08:00"))
    try fixture.type("Zwake<Enter>")
    #expect(fixture.screen.contains("\(number) not snoozed any more"))
    #expect(fixture.screen.contains("Nothing in Snoozed."))
  }

  @Test func `a moment that is past cannot be chosen`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("Ztoday<Enter>")
    #expect(fixture.screen.contains("that is past"))
    #expect(fixture.taken().isEmpty)
    try fixture.type("<Esc>")
    #expect(!fixture.screen.contains("that is past"))
  }

  @Test func `in triage the next ticket follows and the snoozed one does not come back`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("N")
    let first = fixture.line(1)
    _ = fixture.taken()
    try fixture.type("Z4h<Enter>")
    guard case .act(.snooze)? = fixture.taken().first else {
      Issue.record("nothing was put aside")
      return
    }
    #expect(fixture.line(1) != first && fixture.line(1).hasPrefix(" Tickets › T-"))
    try fixture.type("<Esc>N")
    #expect(fixture.line(1) != first)
  }

  @Test func `marked rows are put aside together`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("<Space><Space>Ztom<Enter>")
    guard case .act(.snooze(_, let ids, _))? = fixture.taken().first else {
      Issue.record("nothing was put aside")
      return
    }
    #expect(ids.count == 2)
    #expect(fixture.screen.contains("2 tickets snoozed until Sat 21 Nov 08:00"))
    #expect(!fixture.screen.contains("marked"))
  }

  @Test(arguments: [
    ("mara", ScreenID.completion, SchoolClass.student), ("kai", .pipeline, .deal),
  ])
  func `students and deals too, from the list and from the card`(
    user: String, screen: ScreenID, kind: SchoolClass
  ) throws {
    for keys in ["Zmon<Enter>", "<Enter>Zmon<Enter>"] {
      var fixture = AppFixture(as: user, start: screen)
      try fixture.type(keys)
      guard case .act(.snooze(let what, let ids, _))? = fixture.taken().first else {
        Issue.record("nothing was put aside by \(keys)")
        continue
      }
      #expect(what == kind && ids.count == 1)
      #expect(fixture.screen.contains("snoozed until Mon 23 Nov 08:00"))
      try fixture.type("<Esc>fsnoo<Enter>")
      if screen == .pipeline { try fixture.type("b") }
      #expect(fixture.screen.contains("in 3d"))
    }
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the head says how many are put aside and which key leads to them`(
    columns: Int, rows: Int
  ) throws {
    var fixture = AppFixture(columns, rows, start: .tickets)
    #expect(!fixture.line(1).contains("f 0 snoozed"))
    try fixture.type("<Space><Space>Ztom<Enter>")
    #expect(fixture.line(1).hasSuffix("f 2 snoozed   18 of 420"))
    try fixture.type("fsnoo<Enter>")
    #expect(fixture.line(1).hasSuffix("2 of 420") && !fixture.line(1).contains("f 2 snoozed"))
  }

  @Test func `triage says how many are put aside and where they are`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("N")
    #expect(fixture.line(38).hasSuffix(" left after this"))
    try fixture.type("Z4h<Enter>")
    #expect(fixture.line(38).hasSuffix(" left after this, 1 snoozed"))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 60)))
    #expect(fixture.line(38).hasPrefix(" Esc the list, then f has the view Snoozed"))
    try fixture.type("<Esc>f")
    #expect(fixture.row(of: "Snoozed ") != nil)
  }

  @Test(arguments: [(80, 24, "Back"), (120, 40, "back in 3d"), (200, 50, "back in 3d")])
  func `the board says when a deal comes back`(columns: Int, rows: Int, words: String) throws {
    var fixture = AppFixture(columns, rows, as: "kai", start: .pipeline)
    try fixture.type("Zmon<Enter>")
    #expect(!fixture.screen.contains(words))
    try fixture.type("fsnoo<Enter>")
    #expect(fixture.screen.contains(words) && fixture.screen.contains("in 3d"))
  }

  @Test func `N takes the top of Next up from any view, and opens mine without a claim`() throws {
    var fixture = AppFixture(start: .tickets)
    let top = fixture.line(4).split(separator: " ")[2]
    try fixture.type("fclosed<Enter>N")
    guard case .act(.claimTickets)? = fixture.taken().first else {
      Issue.record("nothing was claimed")
      return
    }
    #expect(fixture.line(1).contains("› \(top)"))
    try fixture.type("<Esc>N")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.line(1).contains("› \(top)"))
  }
}
