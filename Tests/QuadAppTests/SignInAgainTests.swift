import CRM
import QuadApp
import Sandbox
import TerminalUI
import Testing

/// The session ends while one works.
struct SignInAgainTests {
  private func ended(queued: Int = 2) -> AppFixture {
    var fixture = AppFixture(80, 24, start: .tickets, scale: .tiny)
    fixture.send(.sync(SyncState(connection: .live, queued: queued, needsSignIn: true)))
    return fixture
  }

  @Test(arguments: [(120, 40), (200, 50)])
  func `the password is asked below the rows`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, start: .tickets)
    fixture.send(.sync(SyncState(connection: .live, queued: 2, needsSignIn: true)))
    try fixture.type("<C-s>")
    try expectPicture(fixture.screen, "sign-in-again-\(columns)x\(rows)")
  }

  @Test func `the header and the footer say it, and one key asks for the password`() throws {
    var fixture = ended()
    #expect(fixture.line(0).contains("sign in again"))
    #expect(fixture.line(23).hasPrefix(" C-s sign in again"))
    try fixture.type("<C-s>")
    try expectPicture(fixture.screen, "sign-in-again-80x24")
  }

  @Test(arguments: [(0, "can be read and edited"), (1, "1 edit waits"), (3, "3 edits wait")])
  func `it says what waits`(queued: Int, words: String) throws {
    var fixture = ended(queued: queued)
    try fixture.type("<C-s>")
    #expect(fixture.screen.contains(words))
  }

  @Test func `an edit made while it is open counts, too`() throws {
    var fixture = ended(queued: 0)
    try fixture.type("<C-s>")
    fixture.send(.sync(SyncState(connection: .live, queued: 1, needsSignIn: true)))
    #expect(fixture.screen.contains("1 edit waits"))
  }

  @Test func `a wrong password may be given again, the right one closes the drawer`() throws {
    var fixture = ended()
    try fixture.type("<C-s>nope<Enter>")
    #expect(fixture.taken() == [.signInAgain(number: 1, password: "nope")])
    #expect(!fixture.screen.contains("nope"))
    fixture.send(.signIn(1, SignInTrouble(.password, "Name or password is not right.")))
    #expect(fixture.screen.contains("! Name or password is not right."))
    try fixture.type("demo<Enter>")
    #expect(fixture.taken() == [.signInAgain(number: 2, password: "demo")])
    fixture.send(.signIn(2, nil))
    #expect(fixture.app.drawer == nil)
    #expect(fixture.screen.contains("Signed in again"))
  }

  @Test func `closed while the server thinks, the drawer hears no trouble but the good news`()
    throws
  {
    var fixture = ended()
    try fixture.type("<C-s>demo<Enter><Esc><Esc>")
    fixture.send(.signIn(1, SignInTrouble(.server, "No connection to the server.")))
    #expect(!fixture.screen.contains("No connection"))
    fixture.send(.signIn(1, nil))
    #expect(fixture.screen.contains("Signed in again"))
  }

  @Test func `while the session holds the key says so`() throws {
    var fixture = AppFixture(start: .tickets, scale: .tiny)
    try fixture.type("<C-s>")
    #expect(fixture.screen.contains("The session still holds"))
    #expect(!fixture.line(39).contains("C-s"))
  }
}
