import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

/// The picture of the last session, until the first answer.
struct KeptPictureTests {
  /// A session that has ended, and the start of the next one with what it kept.
  private let before: App
  private let next: App

  init() {
    before = AppFixture(120, 40, as: "mara").app
    var app = App(context: before.context)
    app.show(kept: [before.keptName: before.draw().kept])
    next = app
  }

  private func answered(_ app: App) -> App {
    let fixture = AppFixture(120, 40, as: "mara") { school in
      for ticket in school.tickets.all { school.remove(.ticket, id: ticket.id) }
    }
    var app = app
    for case .watch(let slot, let request) in app.start() {
      _ = app.handle(
        .answer(
          slot, request, fixture.school.answer(request, app.context.viewpoint, previous: [])))
    }
    return app
  }

  @Test func `the next session shows the same rows at once`() {
    #expect(next.showsKept && next.showsKeptOfThisWindow)
    #expect(!next.hasAnswer)
    #expect(next.draw() == before.draw())
    #expect(next.keptName == before.keptName)
  }

  @Test func `the first answer takes its place`() {
    var fresh = App(context: before.context)
    fresh = answered(fresh)
    let app = answered(next)
    #expect(!app.showsKept)
    #expect(app.draw() == fresh.draw())
    #expect(app.draw() != before.draw())
  }

  @Test func `the header tells the news of this session over the kept rows`() {
    var app = next
    _ = app.handle(.sync(SyncState(connection: .offline(since: fixtureNow))))
    let lines = app.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    let kept = before.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].contains("offline since"))
    #expect(!lines[0].contains("live"))
    #expect(lines.dropFirst() == kept.dropFirst())
  }

  @Test func `it stands until its rows are here, and a key is told why nothing moves`() {
    var app = next
    let slots = app.start().compactMap { effect -> (Slot, ViewRequest)? in
      if case .watch(let slot, let request) = effect { (slot, request) } else { nil }
    }
    _ = app.handle(.tick(fixtureNow.advanced(bySeconds: 20)))
    #expect(app.draw() == before.draw())
    _ = app.handle(.key(.down))
    let lines = app.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    let rows = before.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[38] == " ! These rows are of the last session; those of now are being read.")
    #expect(lines[..<38] == rows[..<38] && lines[39] == rows[39])
    for (slot, request) in slots { _ = app.handle(.answer(slot, request, .gone)) }
    #expect(!app.showsKept && !app.draw().text.contains("last session"))
  }

  @Test func `what is opened over it, or instead of it, shows`() {
    var help = next
    _ = help.handle(.key(.character("?")))
    #expect(!help.showsKept && help.drawer != nil)
    var other = next
    _ = other.handle(.key(.character("3")))
    #expect(other.draw().text.contains("Reading the cache."))
    _ = other.handle(.key(.character("0")))
    #expect(other.showsKept)
  }

  @Test func `rows that will not come leave the truth`() {
    var app = next
    _ = app.handle(.refused("It is damaged."))
    #expect(!app.showsKept)
    #expect(app.draw().text.contains("Reading the cache."))
    #expect(app.draw().text.contains("It is damaged."))
  }

  @Test func `a window of another size has the largest picture that fits, its end at the end`() {
    var pictures: [String: String] = [:]
    for (columns, rows) in [(80, 24), (100, 30), (120, 40), (200, 50)] {
      let app = AppFixture(columns, rows, as: "mara").app
      pictures[app.keptName] = app.draw().kept
    }
    var context = before.context
    context.size = Size(columns: 131, rows: 43)
    var app = App(context: context)
    app.show(kept: pictures)
    #expect(app.showsKept && !app.showsKeptOfThisWindow)
    let lines = app.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    let kept = before.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1..<38] == kept[1..<38])
    #expect(lines[38..<41].joined().isEmpty)
    #expect(lines[41...] == kept[38...])

    _ = app.handle(.resized(Size(columns: 120, rows: 40)))
    #expect(app.showsKeptOfThisWindow && app.draw() == before.draw())
    _ = app.handle(.resized(Size(columns: 79, rows: 40)))
    #expect(!app.showsKept)
  }

  @Test(arguments: [
    SyncState.Connection.starting, .offline(since: fixtureNow), .live,
    .syncing(done: 10, total: 20),
  ])
  func `what has not been answered is being read, whatever the connection`(
    connection: SyncState.Connection
  ) {
    let quad = AppFixture(120, 40, as: "admin").app
    for key in "0123456789" {
      var app = quad
      _ = app.handle(.sync(SyncState(connection: connection)))
      let isKnown = app.seen.contains { $0.rawValue == key.wholeNumberValue } || key == "8"
      _ = app.handle(.key(.character(key)))
      let text = app.draw().text
      #expect(text.contains("Reading the cache.") == !isKnown, "\(key)")
      #expect(isKnown || !text.contains(" of 0") && !text.contains("here yet"), "\(key)")
    }
  }

  @Test func `a card is read before it is shown, and the list below it stands`() {
    var app = AppFixture(120, 40, as: "mara", start: .tickets).app
    #expect(app.hasAnswer)
    func watches(_ effects: [Effect]) -> [(Slot, ViewRequest)] {
      effects.compactMap { effect in
        if case .watch(let slot, let request) = effect { (slot, request) } else { nil }
      }
    }
    let slots = watches(app.handle(.key(.enter)))
    #expect(!app.hasAnswer && !slots.isEmpty)
    #expect(app.draw().text.contains("Reading the cache."))
    for (slot, request) in slots { _ = app.handle(.answer(slot, request, .gone)) }
    #expect(app.hasAnswer)
    let list = watches(app.handle(.key(.escape)))
    #expect(app.hasAnswer)
    for (slot, request) in list { _ = app.handle(.answer(slot, request, .gone)) }
    _ = app.handle(.key(.enter))
    #expect(!app.hasAnswer)
  }

  /// The rows of a large school are tens of megabytes, twice while the new day's come.
  @Test func `rows of yesterday are let go of, but not the cursor nor what is marked`() throws {
    var fixture = AppFixture(120, 40, as: "admin", start: .people)
    try fixture.type("jjj")
    let contact = try #require(fixture.app.target)
    try fixture.type("6jj 3j")
    let seen = fixture.app.seen
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 3600)))
    #expect(fixture.app.seen == seen)
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 86_400)))
    #expect(seen.subtracting(fixture.app.seen) == [.people])
    #expect(fixture.screen.contains("Pressure"))
    try fixture.type("6")
    #expect(fixture.screen.contains("1 marked"))
    try fixture.type("5")
    #expect(fixture.app.hasAnswer)
    #expect(fixture.app.target == contact)
    let row = try #require(fixture.row(of: "►"))
    let name = try #require(fixture.school.contacts[contact]?.name)
    #expect(fixture.line(row).contains(name))
  }

  @Test func `the screens that were seen are told`() throws {
    var fixture = AppFixture(120, 40, as: "mara")
    try fixture.type("3")
    #expect(fixture.app.seen.isSuperset(of: [.quad, .tickets]))
    #expect(!fixture.app.seen.contains(.people))
    var outbox = App(context: before.context, start: .outbox)
    #expect(!outbox.hasAnswer)
    _ = outbox.handle(.outbox([]))
    #expect(outbox.hasAnswer)
  }

  @Test func `damaged text and text of another size are ignored`() {
    for text in ["", "nonsense", AppFixture(80, 24, as: "mara").app.draw().kept] {
      var app = App(context: before.context)
      app.show(kept: [app.keptName: text, app.keptGroup: text, "0 120x40": text])
      #expect(!app.showsKept)
      #expect(app.draw().text.contains("Reading the cache."))
    }
  }

  @Test func `nothing kept comes after an answer`() {
    var app = before
    app.show(kept: [next.keptName: next.draw().kept])
    #expect(!app.showsKept)
  }

  @Test func `screens, sizes, roles and looks have their own names`() {
    let apps = [
      before, AppFixture(80, 24, as: "mara").app, AppFixture(120, 40, as: "kai").app,
      AppFixture(120, 40, as: "mara", start: .tickets).app,
      AppFixture(120, 40, as: "mara", ascii: true).app,
      AppFixture(120, 40, as: "mara", hasCursorBar: true).app,
    ]
    #expect(Set(apps.map(\.keptName)).count == apps.count)
  }
}
