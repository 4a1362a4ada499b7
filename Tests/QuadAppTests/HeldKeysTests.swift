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

  @Test func `the way out does not wait for a form`() throws {
    var (app, _) = try asked()
    #expect(app.handle(.key(.control("c"))) == [.quit])
  }
}
