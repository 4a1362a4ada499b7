import CRM
import ParseCore
import QuadApp
import Sandbox
import TerminalUI
import Testing

struct PipelineScreenTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the board looks like its pictures`(columns: Int, rows: Int) throws {
    let fixture = AppFixture(columns, rows, as: "kai", start: .pipeline)
    try expectPicture(fixture.screen, "pipeline-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the list has the forecast below or beside it`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, as: "kai", start: .pipeline)
    try fixture.type("b")
    try expectPicture(fixture.screen, "pipeline-list-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `a deal alone walks its timeline`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, as: "kai", start: .pipeline)
    try fixture.type("<Enter>j")
    try expectPicture(fixture.screen, "deal-\(columns)x\(rows)")
  }

  @Test func `ASCII has every sign of the board`() throws {
    let fixture = AppFixture(120, 40, as: "kai", start: .pipeline, ascii: true)
    let signs = fixture.screen.unicodeScalars.filter { "►▌▎━╍╌─∅…".unicodeScalars.contains($0) }
    #expect(String(String.UnicodeScalarView(signs)) == "")
  }

  @Test func `h and l go from lane to lane and stay within them`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    #expect(fixture.screen.contains(" in lead"))
    try fixture.type("l")
    #expect(fixture.screen.contains("in qualified"))
    try fixture.type("hhh")
    #expect(fixture.screen.contains(" in lead"))
    try fixture.type("lllllllll")
    #expect(fixture.screen.contains("h opens"))
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `L takes the card, the cursor and the totals a lane on, and H back`(
    columns: Int, rows: Int
  ) throws {
    var fixture = AppFixture(columns, rows, as: "kai", start: .pipeline)
    let before = try #require(fixture.card)
    try fixture.type("L")
    #expect(fixture.taken() == [.act(.stepDeals(forward: true, deals: [before.id]))])
    let after = try #require(fixture.card)
    #expect(after.id == before.id)
    #expect(after.stage.word == .qualified)
    #expect(fixture.cursorLine.contains("~") || fixture.cursorLine.contains(before.title.prefix(8)))
    try fixture.type("H")
    #expect(fixture.card?.id == before.id)
    #expect(fixture.card?.stage.word == .lead)
  }

  @Test func `a card won from another terminal takes the cursor along`() throws {
    var fixture = AppFixture(200, 50, as: "kai", start: .pipeline)
    let card = try #require(fixture.card)
    try fixture.type("w")
    #expect(fixture.taken() == [.act(.moveDeals([card.id], to: .won))])
    #expect(fixture.screen.contains("lane 5 of"))
    #expect(fixture.cursorLine.contains(card.title.prefix(12)))
  }

  @Test func `turning to the list and back keeps the deal under the cursor`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    try fixture.type("ljj")
    let card = try #require(fixture.card)
    try fixture.type("b")
    #expect(fixture.cursorLine.contains(card.title))
    try fixture.type("b")
    #expect(fixture.card?.id == card.id)
  }

  @Test func `marks on the board are those the keys act on`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    let first = try #require(fixture.card)
    try fixture.type("<Space>")
    let second = try #require(fixture.card)
    try fixture.type("<Space>w")
    #expect(fixture.screen.contains("Win 2 deals?"))
    #expect(fixture.screen.contains(first.title) && fixture.screen.contains(second.title))
    try fixture.type("y")
    #expect(fixture.screen.contains("2 deals moved to won"))
    guard case .act(.moveDeals(let ids, to: .won)) = fixture.taken().first else {
      Issue.record("nothing moved")
      return
    }
    #expect(Set(ids) == [first.id, second.id])
    try fixture.type("c")
    guard case .act(.claimDeals(let next)) = fixture.taken().first else {
      Issue.record("the marks were kept")
      return
    }
    #expect(next.count == 1)
  }

  @Test func `W asks why and writes the answer on top of the notes`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    let card = try #require(fixture.card)
    try fixture.type("W")
    #expect(fixture.screen.contains("Lost: \(card.title)"))
    try fixture.type("price<Enter>")
    #expect(fixture.taken() == [.act(.loseDeals([card.id], reason: "price"))])
    #expect(fixture.school.deals[card.id]?.lostReason == "price")
  }

  @Test func `deleting a deal asks for its title, and only its owner may`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    let card = try #require(fixture.card)
    try fixture.type("D")
    #expect(fixture.screen.contains("Delete the deal \(card.title)?"))
    try fixture.type("yes<Enter>")
    #expect(fixture.taken().isEmpty)
    try fixture.type("<Backspace><Backspace><Backspace>")
    #expect(card.title == "Ministry frame, all schools")
    try fixture.type("Ministry frame, all<Enter>")
    #expect(fixture.taken() == [.act(.delete(.deal, [card.id]))])
    #expect(fixture.school.deals[card.id] == nil)
  }

  @Test func `A logs on the deal under the cursor and t plans its next step`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    try fixture.type("A")
    #expect(fixture.row(of: "C-s") != nil)
    try fixture.type("<Esc>t")
    #expect(fixture.row(of: "C-s") != nil)
  }

  @Test func `only an admin hands a deal over, from a list of who has how many`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    try fixture.type("a")
    #expect(fixture.screen.contains("Only an admin can hand a deal to somebody."))
    var admin = AppFixture(as: "admin", start: .pipeline)
    let card = try #require(admin.card)
    try admin.type("a")
    #expect(admin.screen.contains("Owner of"))
    #expect(admin.screen.contains("open deals per person"))
    try admin.type("noor<Enter>")
    guard case .act(.assignDeals([card.id], to: let user)) = admin.taken().first else {
      Issue.record("nobody was named")
      return
    }
    #expect(admin.school.users[user]?.username == "noor")
  }

  @Test func `a coordinator reads why there are no deals`() {
    let fixture = AppFixture(as: "mara", start: .pipeline)
    #expect(fixture.screen.contains("Deals are not open to coordinators."))
  }

  @Test func `colour repeats what the words say`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    #expect(fixture.style(of: "call 9d late") == .bad)
    #expect(fixture.style(of: "no next step") == .warn)
    #expect(fixture.style(of: "mail today") == .info)
    #expect(fixture.style(of: "H L") == .accent)
    let roles = fixture.roles.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(roles[9].dropFirst().first == "b")
    try fixture.type("L")
    #expect(fixture.style(of: "~") == .info)
    var strip = AppFixture(80, 24, as: "kai", start: .pipeline)
    try strip.type("l")
    #expect(strip.style(of: "qualified") == .strong.underlined())
  }

  @Test func `the bar tints the whole card, a drawer dims the cursor`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline, hasCursorBar: true)
    let attributes = fixture.attributes.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(attributes[9].contains("+"))
    #expect(attributes[10].contains("s") && attributes[11].contains("s"))
    try fixture.type("m")
    #expect(fixture.style(of: "►") == .dim)
  }

  @Test func `a filter without a match says what it hides`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    try fixture.type("/zzzz<Enter>")
    #expect(fixture.screen.contains("Nothing matches."))
    try fixture.type("F")
    #expect(fixture.screen.contains("open of"))
  }

  @Test func `going away and back, or another size, leaves the cursor where it is`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    let card = try #require(fixture.card)
    try fixture.type("04")
    fixture.resize(80, 24)
    fixture.resize(200, 50)
    #expect(fixture.card?.id == card.id)
  }
}

struct PipelineMoneyTests {
  /// One open deal of each kind: with an amount, with zero, without one, and of an unknown stage.
  private func fixture(_ columns: Int, _ rows: Int) -> AppFixture {
    AppFixture(columns, rows, as: "kai", start: .pipeline, scale: .tiny) { school in
      let kai = school.users.all.first { $0.username == "kai" }?.id ?? ""
      for deal in school.deals.all { school.remove(.deal, id: deal.id) }
      let deals: [(String, String, JSON?)] = [
        ("Full price", "lead", 10000), ("For nothing", "lead", 0), ("No price yet", "lead", nil),
        ("Handshake", "Verbal yes", 5000),
      ]
      for (title, stage, amount) in deals {
        var fields: JSONObject = [
          "title": .string(title), "stage": .string(stage),
          "assignedTo": Pointer(className: "_User", objectId: kai).json,
        ]
        fields["amount"] = amount
        let object = ParseObject(
          className: "Deal", objectId: title, createdAt: fixtureNow, updatedAt: fixtureNow,
          fields: fields)
        school.upsert(School.Row(id: title, object: object, isUnsent: false))
      }
    }
  }

  @Test func `a missing amount is not zero and is in no sum`() throws {
    let narrow = fixture(120, 40)
    let empty = try #require(narrow.row(of: "No price yet"))
    #expect(narrow.line(empty + 1).contains("∅"))
    #expect(narrow.style(of: "∅") == .warn)
    let zero = try #require(narrow.row(of: "For nothing"))
    #expect(narrow.line(zero + 1).hasSuffix(" 0") || narrow.line(zero + 1).contains(" 0 "))
    #expect(narrow.line(5).contains("1k  10k"))
    #expect(narrow.line(3).contains("1 without amount"))
  }

  @Test func `a wide card has the word beside the sign`() {
    #expect(fixture(200, 50).screen.contains("∅ amount"))
  }

  @Test func `an unknown stage has its lane and its word, and weighs nothing`() {
    let narrow = fixture(120, 40)
    #expect(narrow.screen.contains("other 1 5k \"Verbal yes\""))
    #expect(narrow.style(of: "\"Verbal yes\"") == .info)
    let wide = fixture(200, 50)
    #expect(wide.screen.contains("stage words Quad does not know"))
    #expect(wide.line(3).contains("4 open   1k weighted   15k sum"))
  }

  @Test func `the weighted sum says what it is made of and what it leaves out`() throws {
    var fixture = fixture(120, 40)
    try fixture.type("=")
    #expect(fixture.screen.contains("1k weighted"))
    #expect(fixture.screen.contains("1 open deal without amount"))
    #expect(fixture.screen.contains("1 deal in an unknown stage, 5 000"))
    #expect(fixture.screen.contains("yes, all 4 deals are here"))
    let lead = try #require(fixture.row(of: "x 10 %"))
    #expect(fixture.line(lead).contains("lead           3      10 000  x 10 %       1 000"))
  }

  @Test func `an amount in the list is empty too`() throws {
    var fixture = fixture(120, 40)
    try fixture.type("b")
    #expect(fixture.line(fixture.row(of: "No price yet") ?? 0).contains("∅"))
    #expect(fixture.screen.contains("1 without amount"))
  }
}

extension AppFixture {
  /// The deal under the cursor of the pipeline: that on the board's cursor line.
  var card: DealRow? {
    let id = app.target
    guard let id else { return nil }
    let answer = school.pipeline(ListRequest(), app.context.viewpoint)
    return (answer.lanes.flatMap(\.cards) + answer.list.rows).first { $0.id == id }
  }

  /// The line the hardware cursor stands on.
  var cursorLine: String {
    let canvas = app.draw()
    return canvas.cursor.map { canvas.text(row: $0.row) } ?? ""
  }
}
