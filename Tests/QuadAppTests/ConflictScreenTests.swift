import CRM
import ParseCore
import QuadApp
import Sandbox
import TerminalUI
import Testing

struct ConflictScreenTests {
  private static let conflict = Conflict(
    kind: .deal, record: "Three year frame contract",
    fields: [
      Conflict.Field(
        name: "amount", label: "amount", base: "180 000", mine: "195 000", theirs: "210 000",
        verdict: .both, seen: 210_000, entry: .number),
      Conflict.Field(
        name: "notes", label: "notes", base: "Frame contract, (2 lines)",
        mine: "Frame contract, (3 lines)", theirs: "Frame contract, (2 lines)", verdict: .both,
        merge: LineMerge(
          base: "Frame contract, price per seat under 140.\nWaiting for the budget figure.",
          mine:
            "Frame contract, price per seat under 140.\nLegal wants the data clause in annex B.\n"
            + "Waiting for the budget figure.",
          theirs: "Frame contract, price per seat under 140.\nBoard moved the vote to 4 Dec."),
        seen: "theirs", entry: .text),
      Conflict.Field(
        name: "stage", label: "stage", base: "proposal", mine: "negotiation", theirs: "proposal",
        verdict: .onlyMine, seen: "proposal", entry: .text),
      Conflict.Field(
        name: "expectedCloseDate", label: "close", base: "30 Nov", mine: "30 Nov",
        theirs: "7 Dec", verdict: .onlyTheirs),
      Conflict.Field(
        name: "assignedTo", label: "owner", base: "kai", mine: "kai", theirs: "kai",
        verdict: .same),
    ], baseTime: "09:10", mineTime: "11:40", theirsTime: "12:05", theirsAt: fixtureNow, behind: 2,
    others: 4)

  private static let rows = [
    OutboxRow(
      id: "1", made: "today 14:11", state: .waiting, kind: "update", record: "Retail academy",
      change: "stage proposal ▸ negotiation", tries: 2),
    OutboxRow(
      id: "2", made: "today 11:40", state: .conflict(words: conflict.summary), kind: "update",
      record: conflict.record, change: "amount 195 000", tries: 1, conflict: conflict,
      target: .init(.deal, "d")),
    OutboxRow(
      id: "3", made: "today 11:41", state: .refused(words: "This deal is gone."), kind: "update",
      record: "Chess club app", change: "stage lead ▸ won, amount 5", tries: 1, reason: .gone,
      target: .init(.deal, "e")),
    OutboxRow(
      id: "4", made: "today 11:42", state: .held(words: "It waits for an earlier change."),
      kind: "update", record: conflict.record, change: "stage won", tries: 0),
    OutboxRow(
      id: "5", made: "today 11:43", state: .refused(words: "You may not do this."), kind: "create",
      record: "Nordlicht", change: "name Nordlicht", tries: 1,
      dependants: ["create call Nordlicht", "update Nordlicht"]),
  ]

  private func fixture(
    _ columns: Int = 120, _ rows: Int = 40, start: ScreenID = .quad, ascii: Bool = false
  ) -> AppFixture {
    var fixture = AppFixture(
      columns, rows, as: "kai", start: start, scale: .tiny, ascii: ascii, hasCursorBar: true)
    fixture.send(.sync(SyncState(connection: .live, queued: 2, refused: 2, conflicts: 1)))
    fixture.send(.outbox(Self.rows))
    return fixture
  }

  @Test(arguments: [(80, 24), (120, 30), (120, 40), (200, 50)])
  func `a conflict is as pictured`(columns: Int, rows: Int) throws {
    var fixture = fixture(columns, rows)
    try fixture.type("8<Enter>l")
    try expectPicture(fixture.screen, "conflict-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `a row that is gone is as pictured`(columns: Int, rows: Int) throws {
    var fixture = fixture(columns, rows)
    try fixture.type("8j<Enter>")
    try expectPicture(fixture.screen, "gone-\(columns)x\(rows)")
  }

  @Test func `the header's conflict leads to it, and it starts on the open choice`() throws {
    var fixture = fixture()
    #expect(fixture.line(0).contains("1 conflict"))
    try fixture.type("8<Enter>")
    #expect(fixture.line(1).hasPrefix(" Outbox › Three year frame contract"))
    let row = try #require(fixture.row(of: "180 000"))
    #expect(fixture.line(row).hasPrefix("►▌ amount") && fixture.line(row).hasSuffix("h or l"))
    #expect(fixture.screen.contains("1 to choose"))
  }

  @Test func `an open field keeps the result from being written`() throws {
    var fixture = fixture()
    try fixture.type("8<Enter>jj<Enter>")
    #expect(fixture.screen.contains("amount is open: h takes yours, l takes theirs."))
    #expect(fixture.app.draw().cursor?.row == fixture.row(of: "180 000"))
    #expect(fixture.taken().isEmpty)
  }

  private func choices(_ script: String) throws -> [String: Conflict.Choice] {
    var fixture = fixture()
    try fixture.type("8<Enter>" + script + "<Enter>")
    guard case .resolve(outboxID: "2", let resolution)? = fixture.taken().first else {
      Issue.record("nothing was written after \(script)")
      return [:]
    }
    #expect(resolution.seen["amount"] == 210_000 && resolution.seenAt == fixtureNow)
    #expect(fixture.line(1).contains("To send"))
    return resolution.choices
  }

  @Test(arguments: [
    ("h", Conflict.Choice.mine, Conflict.Choice.merged, Conflict.Choice.mine),
    ("l", .theirs, .merged, .mine), ("lh", .mine, .merged, .mine),
    ("M", .mine, .mine, .mine), ("T", .theirs, .theirs, .theirs),
    ("ljh", .theirs, .mine, .mine), ("ljl", .theirs, .theirs, .mine),
    ("ljhl", .theirs, .merged, .mine), ("ljjl", .theirs, .merged, .theirs),
    ("Tk<Up>h", .mine, .theirs, .theirs),
    ("e<C-u>200k<Enter>", .typed(200_000), .merged, .mine),
  ])
  func `each key does what the footer says`(
    keys: String, amount: Conflict.Choice, notes: Conflict.Choice, stage: Conflict.Choice
  ) throws {
    let chosen = try choices(keys)
    #expect(chosen["amount"] == amount && chosen["notes"] == notes && chosen["stage"] == stage)
    #expect(chosen["expectedCloseDate"] == nil)
  }

  @Test func `what is no number is not taken`() throws {
    var fixture = fixture()
    try fixture.type("8<Enter>e<C-u>much<Enter>")
    #expect(fixture.screen.contains("A number, like 12k"))
    try fixture.type("<Esc>")
    #expect(fixture.screen.contains("1 to choose"))
  }

  @Test func `dropping says what is lost and wants the word`() throws {
    var fixture = fixture()
    try fixture.type("8<Enter>D")
    #expect(fixture.screen.contains("lost  amount 195 000"))
    try fixture.type("y<Enter>")
    #expect(fixture.taken().isEmpty)
    try fixture.type("<C-u>drop<Enter>")
    #expect(fixture.taken() == [.discard(outboxID: "2")])
    #expect(fixture.line(1).contains("To send"))
  }

  @Test func `dropping a new row names what goes with it`() throws {
    var fixture = fixture()
    try fixture.type("8GD")
    #expect(fixture.screen.contains("with it  create call Nordlicht"))
    #expect(fixture.screen.contains("with it  update Nordlicht"))
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `a new row that may have arrived is shown beside the one like it`(
    columns: Int, rows: Int
  ) throws {
    var fixture = fixture(columns, rows)
    try fixture.type("8<Enter>t")
    #expect(fixture.screen.contains("no row on the server that could be it"))
    fixture.send(.outbox([Self.twin]))
    try fixture.type("<Esc>8<Enter>")
    try expectPicture(fixture.screen, "twin-\(columns)x\(rows)")
    try fixture.type("t")
    #expect(fixture.taken().contains(.takeAsArrived(outboxID: "9")))
    try fixture.type("8<Enter>r")
    #expect(fixture.taken().contains(.retry(outboxID: "9")))
  }

  private static let twin = OutboxRow(
    id: "9", made: "today 11:50", state: .conflict(words: "The answer was lost."), kind: "create",
    record: "T-7f3a", change: "priority normal, status new, subject Cannot sign in", tries: 2,
    reason: .twin("priority high, status open, subject Cannot sign in"),
    target: .init(.ticket, "local"))

  @Test func `a row that is gone is made anew by one key, and only that one`() throws {
    var fixture = fixture()
    try fixture.type("8<Enter>n")
    #expect(fixture.screen.contains("nothing has to be made anew"))
    try fixture.type("<Esc>j<Enter>n")
    #expect(fixture.taken() == [.remake(outboxID: "3")])
    try fixture.type("<Enter>r")
    #expect(fixture.taken() == [.retry(outboxID: "3")])
  }

  @Test func `later leaves it as it is, and one decided elsewhere says so`() throws {
    var fixture = fixture()
    try fixture.type("8<Enter><Esc>")
    #expect(fixture.taken().isEmpty && fixture.line(1).contains("To send"))
    try fixture.type("<Enter>")
    fixture.send(.outbox([]))
    #expect(fixture.screen.contains("not waiting any more"))
  }

  @Test(arguments: ["update", "delete"])
  func `without the right the outbox and its card say so alike`(kind: String) throws {
    var fixture = AppFixture(start: .outbox)
    fixture.send(
      .outbox([
        OutboxRow(
          id: "1", made: "today 11:40", state: .refused(words: "Not here, or not open to you."),
          kind: kind, record: "T-4816", change: "priority high", tries: 1, reason: .noRight)
      ]))
    let verb = kind == "delete" ? "delete" : "change"
    #expect(fixture.screen.contains("You have no right to \(verb) it."))
    #expect(!fixture.screen.contains("Not here"))
    try fixture.type("<Enter>")
    #expect(fixture.screen.contains("You may not \(verb) T-4816\n"))
    #expect(fixture.screen.contains("An admin can give you the right"))
  }

  @Test(arguments: [(80, 24), (200, 50)])
  func `a long answer is told to its end`(columns: Int, rows: Int) throws {
    var fixture = fixture(columns, rows, start: .outbox)
    try fixture.type("j")
    let words = fixture.screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let last = try #require(Self.conflict.summary.split(separator: ", ").last)
    #expect(words.contains(last))
    #expect(!fixture.screen.split(separator: "\n").contains { $0.hasSuffix("…") })
  }

  @Test func `what is held has its own word and no choice`() throws {
    var fixture = fixture(start: .outbox)
    try fixture.type("G<Up>")
    #expect(fixture.style(of: "held ")?.role == .warn)
    try fixture.type("<Enter>")
    #expect(fixture.line(1).contains("To send"))
    #expect(fixture.screen.contains("It waits for an earlier change."))
  }

  @Test func `it reads in plain signs`() throws {
    var fixture = fixture(ascii: true)
    try fixture.type("8<Enter>l")
    #expect(fixture.screen.contains("<210 000>"))
    #expect(fixture.screen.unicodeScalars.allSatisfy { $0.isASCII })
  }
}
