import CRM
import ParseCore
import QuadApp
import Sandbox
import TerminalUI
import Testing

struct ServiceScreensTests {
  @Test(
    arguments: [ScreenID.people, .activities, .courses, .health],
    [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 50)])
  func `the screens are as pictured`(screen: ScreenID, size: Size) throws {
    let fixture = AppFixture(size.columns, size.rows, as: "admin", start: screen)
    let name = "\(screen)-\(size.columns)x\(size.rows)"
    try expectPicture(fixture.screen, name)
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `companies are as pictured, and each half names the other`(
    columns: Int, rows: Int
  ) throws {
    var fixture = AppFixture(columns, rows, as: "kai", start: .people)
    #expect(fixture.line(rows - 1).hasPrefix(" Enter open "))
    #expect(fixture.line(rows - 1).contains("b companies"))
    try fixture.type("b")
    #expect(fixture.line(rows - 1).hasPrefix(" Enter open "))
    #expect(fixture.line(rows - 1).contains("b contacts"))
    try expectPicture(fixture.screen, "companies-\(columns)x\(rows)")
  }

  /// Green is for what was won.
  @Test func `a company that never bought is not green`() throws {
    var fixture = AppFixture(as: "kai", start: .people)
    try fixture.type("bswon<Enter>G")
    #expect(fixture.screen.contains("   won 0   "))
    #expect(fixture.style(of: "0   win rate")?.role == .dim)
  }

  @Test func `companies are the other half of people`() throws {
    var fixture = AppFixture(as: "kai", start: .people)
    try fixture.type("b")
    try fixture.type("sname<Enter>")
    #expect(fixture.line(3).contains("Name ▴"))
    try fixture.type("b")
    #expect(fixture.line(1).hasPrefix(" All contacts"))
  }

  @Test func `the contact list follows what others make, change and delete`() throws {
    var fixture = AppFixture(as: "admin", start: .people)
    let count = fixture.school.contacts.all.count
    let first = try #require(fixture.school.contacts.all.first { $0.name.hasPrefix("Adaeze C") })
    func contact(_ id: RecordID, _ name: String) -> School.Row {
      School.Row(
        id: id,
        object: ParseObject(className: "Contact", objectId: id, fields: ["name": .string(name)]),
        isUnsent: false)
    }
    fixture.change { school in
      school.upsert(contact(first.id, "Adaeze Renamed"))
      school.upsert(contact("new1", "Aaron Arrived"))
    }
    #expect(fixture.row(of: "Adaeze Renamed") != nil && fixture.row(of: first.name) == nil)
    #expect(fixture.row(of: "Aaron Arrived") != nil)
    #expect(fixture.line(1).hasSuffix("\(count + 1) of \(count + 1)"))
    fixture.change { $0.remove(.contact, id: "new1") }
    #expect(fixture.row(of: "Aaron Arrived") == nil)
  }

  @Test func `deleting a contact names what it costs and asks for the name`() throws {
    var fixture = AppFixture(as: "admin", start: .people)
    try fixture.type("svalue<Enter>D")
    #expect(fixture.screen.contains("open deals lose their contact."))
    try fixture.type("wrong<Enter>")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.screen.contains("not the same") && !fixture.line(39).contains("Enter delete"))
  }

  @Test func `pushing an activity's day is one key`() throws {
    var fixture = AppFixture(as: "kai", start: .activities)
    try fixture.type("+")
    guard case .act(.pushDue(byDays: 1, let ids))? = fixture.taken().first else {
      Issue.record("nothing was pushed")
      return
    }
    #expect(ids.count == 1)
    #expect(fixture.line(6).hasPrefix("►~"))
  }

  @Test(arguments: [80, 120, 200])
  func `what is done is not late`(columns: Int) throws {
    var fixture = AppFixture(columns, 40, as: "admin", start: .activities)
    try fixture.type("]]]]]")
    let lines = fixture.screen.split(separator: "\n").filter { $0.contains(" ✓ ") }
    #expect(lines.count > 10)
    #expect(lines.filter { $0.contains("d ago ") }.count > 8, "\(lines)")
    #expect(lines.allSatisfy { !$0.contains("late") }, "\(lines)")
  }

  @Test(arguments: [
    ("", "Enter rows   x fix   o open   e edit"),
    ("<Enter>", "Enter open   Esc back   x fix   e edit"),
    ("<Enter><Esc>", "Enter rows   x fix   o open   e edit"),
  ])
  func `the footer of health names what the keys do in the checks and in the rows`(
    keys: String, words: String
  ) throws {
    var fixture = AppFixture(as: "admin", start: .health)
    try fixture.type(keys)
    #expect(fixture.line(39).hasPrefix(" " + words))
  }

  @Test func `health leads to the rows found and back`() throws {
    var fixture = AppFixture(as: "admin", start: .health)
    try fixture.type("/students<Enter><Enter>j")
    #expect(fixture.app.draw().cursor.map { $0.row > 10 } == true)
    try fixture.type("<Esc>")
    #expect(fixture.app.draw().cursor.map { $0.row < 10 } == true)
    try fixture.type("<Enter><Enter>")
    #expect(fixture.line(1).hasPrefix(" Health › "))
  }
}

struct OutboxScreenTests {
  static let rows = [
    OutboxRow(
      id: "1", made: "today 14:11", state: .waiting, kind: "update", record: "Retail academy",
      change: "stage proposal ▸ negotiation", tries: 2),
    OutboxRow(
      id: "2", made: "today 11:40", state: .conflict(words: "It was changed on both sides."),
      kind: "update", record: "Three year frame contract", change: "amount 195000, stage lead",
      tries: 1),
    OutboxRow(
      id: "3", made: "Thu 19 Nov 10:22", state: .refused(words: "Only an admin can delete a deal."),
      kind: "delete", record: "Chess club app", change: "", tries: 1),
  ]

  private func fixture(_ columns: Int = 120, _ rows: Int = 30) -> AppFixture {
    var fixture = AppFixture(columns, rows, as: "kai", start: .outbox, scale: .tiny)
    fixture.send(
      .sync(
        SyncState(
          connection: .offline(since: fixtureNow.advanced(bySeconds: -600)), queued: 3, refused: 1,
          conflicts: 1, asOf: fixtureNow.advanced(bySeconds: -660))))
    fixture.send(.outbox(Self.rows))
    return fixture
  }

  @Test(arguments: [(80, 24), (120, 30), (120, 40), (200, 50)])
  func `what waits is as pictured`(columns: Int, rows: Int) throws {
    try expectPicture(fixture(columns, rows).screen, "outbox-\(columns)x\(rows)")
  }

  @Test func `conflict is red, refused is amber, waiting is quiet`() {
    #expect(fixture().style(of: "conflict   update")?.role == .bad)
    #expect(fixture().style(of: "refused")?.role == .warn)
    #expect(fixture().style(of: "waiting    update")?.role == .dim)
  }

  @Test func `enter on an edit that waits opens its record`() throws {
    var fixture = AppFixture(as: "kai", start: .outbox, scale: .tiny)
    let deal = try #require(fixture.school.deals.all.first { $0.assignedTo != nil })
    let edit = { (target: OutboxRow.Target?) in
      OutboxRow(
        id: "1", made: "14:11", state: .waiting, kind: "update", record: deal.title,
        change: "stage lead ▸ won", tries: 0, target: target)
    }
    fixture.send(.outbox([edit(nil)]))
    try fixture.type("<Enter>")
    #expect(fixture.line(38).contains("has no card of its own."))
    fixture.send(.outbox([edit(.init(.deal, deal.id))]))
    try fixture.type("<Enter>")
    #expect(fixture.line(1).hasPrefix(" Outbox › \(deal.title)"))
  }

  @Test func `what waits goes by itself, what was refused goes again`() throws {
    var fixture = fixture()
    try fixture.type("r")
    #expect(fixture.screen.contains("It goes by itself; R tries now."))
    try fixture.type("jr")
    #expect(fixture.taken() == [.retry(outboxID: "2")])
    try fixture.type("R")
    #expect(fixture.taken() == [.refresh])
  }

  @Test func `dropping asks for the word`() throws {
    var fixture = fixture()
    try fixture.type("GD<Enter>y<Enter>")
    #expect(fixture.taken().isEmpty)
    try fixture.type("<C-u>drop<Enter>")
    #expect(fixture.taken() == [.discard(outboxID: "3")])
  }

  @Test func `views and filter narrow what waits`() throws {
    var fixture = fixture()
    try fixture.type("]]")
    #expect(fixture.line(1).hasSuffix("1 of 3"))
    #expect(fixture.screen.contains("Three year frame"))
    try fixture.type("[[/chess")
    #expect(fixture.line(1).hasSuffix("1 of 3"))
  }

  @Test func `an empty outbox says all is sent and how fresh the rows are`() {
    let fixture = AppFixture(start: .outbox, scale: .tiny)
    #expect(fixture.screen.contains("Everything is sent."))
    #expect(fixture.screen.contains("live, changes arrive by themselves"))
  }
}
