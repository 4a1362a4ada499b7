import CRM
import QuadApp
import TerminalUI
import Testing

/// Keys typed in the moment between asking for a form and its opening.
struct HeldKeysTests {
  private func asked() throws -> (app: App, form: OpenForm) {
    let fixture = AppFixture(120, 40, as: "admin", start: .tickets)
    var app = fixture.app
    let effects = app.handle(.key(.character("e")))
    let request = try #require(
      effects.lazy.compactMap { effect -> FormRequest? in
        if case .form(let request) = effect { request } else { nil }
      }.first)
    return (app, try fixture.school.open(request, app.context.viewpoint))
  }

  private let typed: [Key] = [.character("w"), .character("4"), .character("q"), .tab]

  @Test func `they go into the form and not to the screen`() throws {
    var (early, form) = try asked()
    for key in typed { #expect(early.handle(.key(key)) == []) }
    #expect(early.current == .tickets)
    guard case nil = early.drawer else {
      Issue.record("a drawer is open before the form")
      return
    }
    #expect(early.handle(.form(form)) == [])

    var late = try asked().app
    _ = late.handle(.form(form))
    let untouched = late.draw().text
    for key in typed { _ = late.handle(.key(key)) }
    #expect(early.draw().text == late.draw().text)
    #expect(early.draw().text != untouched)
  }

  @Test func `a form that will not come gives them to the screen`() throws {
    var (app, _) = try asked()
    _ = app.handle(.key(.character("4")))
    _ = app.handle(.refused("It is gone."))
    #expect(app.current == .pipeline)
    _ = app.handle(.key(.character("3")))
    #expect(app.current == .tickets)
  }

  /// Types the keys at once, as a slow link hands them over, and lets the answers to what they ask
  /// for come after them.
  private func burst(_ keys: String, on start: ScreenID) throws -> (app: App, effects: [Effect]) {
    let fixture = AppFixture(120, 40, as: "admin", start: start)
    var (app, effects) = (fixture.app, [Effect]())
    var asked = try Key.script(keys).flatMap { app.handle(.key($0)) }
    while !asked.isEmpty {
      let effect = asked.removeFirst()
      guard case .watch(let slot, let request) = effect else {
        effects.append(effect)
        continue
      }
      let answer = fixture.school.answer(request, app.context.viewpoint)
      asked += app.handle(.answer(slot, request, answer))
    }
    return (app, effects)
  }

  @Test(arguments: [
    (ScreenID.tickets, "/audio<Enter>c"), (.tickets, "5jj4jjm"), (.quizzes, "3<Enter>c"),
    (.tickets, "fjjj<Enter>jc"),
  ])
  func `keys that come with those before them act on what those ask for`(
    start: ScreenID, keys: String
  ) throws {
    func acts(_ effects: [Effect]) -> [Effect] {
      effects.filter { if case .act = $0 { true } else { false } }
    }
    var slow = AppFixture(120, 40, as: "admin", start: start)
    try slow.type(keys)
    let (app, effects) = try burst(keys, on: start)
    #expect(acts(effects) == acts(slow.taken()))
    if acts(effects).isEmpty {
      #expect(app.draw().text == slow.app.draw().text)
    } else {
      var untouched = AppFixture(120, 40, as: "admin", start: start)
      try untouched.type(String(keys.suffix(1)))
      #expect(acts(effects) != acts(untouched.taken()))
    }
  }

  @Test func `an answer to what was asked for before is not taken`() throws {
    let fixture = AppFixture(120, 40, as: "mara", start: .tickets)
    var app = fixture.app
    let first = app.handle(.key(.character("/"))) + app.handle(.key(.character("p")))
    let asked = first.compactMap { effect -> (Slot, ViewRequest)? in
      if case .watch(let slot, let request) = effect, slot.part == .list {
        (slot, request)
      } else {
        nil
      }
    }
    let (slot, request) = try #require(asked.last)
    _ = app.handle(.key(.character("r")))
    let before = app.draw()
    let answer = fixture.school.answer(request, app.context.viewpoint)
    #expect(app.handle(.answer(slot, request, answer)).isEmpty)
    #expect(app.draw() == before)
  }

  @Test func `the way out does not wait for a form`() throws {
    var (app, _) = try asked()
    #expect(app.handle(.key(.control("c"))) == [.quit])
  }
}
