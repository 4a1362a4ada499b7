import QuadApp
import TerminalUI
import Testing

/// The screens before there is an account.
struct WelcomeTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 50),
  ]

  private static let known = KnownAccount(
    server: "https://campus.example/parse", applicationId: "campus", username: "mara",
    lastUsed: "today 12:40")

  private func welcome(
    _ size: Size = sizes[0], known: KnownAccount? = nil, isASCII: Bool = false
  ) -> Welcome {
    Welcome(size: size, version: "1.0", known: known, isASCII: isASCII)
  }

  /// Presses the keys and gives what they asked for.
  @discardableResult
  private func type(_ script: String, _ welcome: inout Welcome) throws -> [Effect] {
    try Key.script(script).flatMap { welcome.handle(.key($0)) }
  }

  private static let typed =
    "jj<Enter>https://campus.example/parse<Tab>campus<Tab><Tab>mara<Tab>secret<Enter>"

  @Test(arguments: sizes)
  func `the first screen is as pictured`(size: Size) throws {
    try expectPicture(welcome(size).draw().text, "first-run-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes)
  func `the sign-in is as pictured`(size: Size) throws {
    var welcome = welcome(size, known: Self.known)
    try type("wrong<Enter>", &welcome)
    _ = welcome.handle(.signIn(1, SignInTrouble(.password, "Name or password is not right.")))
    try expectPicture(welcome.draw().text, "sign-in-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [(0, "Back4app"), (1, "Back4app"), (2, "Parse Server")])
  func `Back4app and a Parse Server are asked for what each has`(row: Int, title: String) throws {
    var welcome = welcome()
    let effects = try type(String(repeating: "j", count: row) + "<Enter>", &welcome)
    if row == 0 {
      #expect(effects == [.quit] && welcome.ending == .demo)
    } else {
      #expect(effects == [] && welcome.ending == nil)
      #expect(welcome.draw().text.contains(title))
      #expect(
        welcome.draw().text.contains("https://parseapi.back4app.com") == (title == "Back4app"))
    }
  }

  @Test func `what is typed is what is asked for, and the password is never drawn`() throws {
    var welcome = welcome()
    let effects = try type(Self.typed, &welcome)
    guard case .signIn(let request)? = effects.first, effects.count == 1 else {
      Issue.record("\(effects.count) effects")
      return
    }
    #expect(request.server == "https://campus.example/parse")
    #expect(request.applicationId == "campus" && request.restKey == nil)
    #expect(request.username == "mara" && request.password == "secret")
    let picture = welcome.draw().text
    #expect(picture.contains("Asking campus.example…") && picture.contains("Esc stop"))
    #expect(!picture.contains("secret"))
    #expect(welcome.handle(.signIn(request.number, nil)) == [.quit])
    #expect(welcome.ending == .signedIn(request.number))
  }

  @Test(arguments: [
    (SignInTrouble(.server, "No connection to the server."), "Server"),
    (SignInTrouble(.applicationId, "The server does not take this app's keys."), "App id"),
    (SignInTrouble(.password, "Name or password is not right."), "Password"),
  ])
  func `a refusal stands under its field and nothing typed is lost`(
    trouble: SignInTrouble, label: String
  ) throws {
    var welcome = welcome()
    try type(Self.typed, &welcome)
    #expect(welcome.handle(.signIn(1, trouble)) == [])
    let lines = welcome.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
    let field = try #require(lines.firstIndex { $0.contains("► \(label)") })
    #expect(lines[field + 1].contains("! \(trouble.words)"))
    for text in ["https://campus.example/parse", "campus", "mara"] {
      #expect(welcome.draw().text.contains(text))
    }
    guard case .signIn(let again)? = try type("<C-s>", &welcome).first else {
      Issue.record("nothing is asked the second time")
      return
    }
    #expect(again.password == "secret" && again.number == 2)
  }

  @Test func `the next letter replaces a refused password, since nobody sees it`() throws {
    var welcome = welcome()
    try type(Self.typed, &welcome)
    _ = welcome.handle(.signIn(1, SignInTrouble(.password, "Name or password is not right.")))
    guard case .signIn(let request)? = try type("demo<Enter>", &welcome).first else {
      Issue.record("nothing is asked")
      return
    }
    #expect(request.password == "demo")
  }

  @Test func `an answer nobody waits for is dropped`() throws {
    var welcome = welcome()
    try type(Self.typed, &welcome)
    try type("<Esc>", &welcome)
    #expect(welcome.handle(.signIn(1, nil)) == [])
    #expect(welcome.ending == nil)
    #expect(!welcome.draw().text.contains("Asking"))
    // The other form's next request has a number of its own.
    try type("<Esc>k<Enter>app<Tab>key<Tab><Tab>mara<Tab>secret<Enter>", &welcome)
    #expect(welcome.handle(.signIn(1, nil)) == [])
    #expect(welcome.handle(.signIn(2, nil)) == [.quit])
  }

  @Test func `Enter goes to what is missing first`() throws {
    var welcome = welcome()
    try type("jj<Enter><Enter>", &welcome)
    #expect(welcome.draw().text.contains("! Type it here first."))
    try type("https://campus.example<Enter>", &welcome)
    #expect(welcome.draw().text.contains("► App id"))
    #expect(!welcome.draw().text.contains("!"))
  }

  @Test func `looking back keeps what was typed`() throws {
    var welcome = welcome()
    try type("jj<Enter>https://campus.example<Esc>", &welcome)
    #expect(welcome.draw().text.contains("Try the demo"))
    try type("<Enter>", &welcome)
    #expect(welcome.draw().text.contains("https://campus.example"))
  }

  @Test func `a known account asks for its password, or works offline`() throws {
    var welcome = welcome(known: Self.known)
    #expect(welcome.draw().text.contains("► Password"))
    #expect(welcome.draw().text.contains("mara @ campus.example"))
    #expect(try type("<C-o>", &welcome) == [.quit])
    #expect(welcome.ending == .offline)
    var stranger = self.welcome()
    #expect(try type("jj<Enter><C-o>", &stranger) == [])
    #expect(stranger.ending == nil)
  }

  @Test func `the look is tried out at once, and how to keep it is said`() throws {
    var welcome = welcome()
    #expect(try type("B", &welcome) == [.theme(.light)])
    #expect(try type("B", &welcome) == [.theme(.dark)])
    #expect(try type("M", &welcome) == [.theme(.mono)])
    #expect(try type("A", &welcome) == [])
    #expect(welcome.draw().text.contains("Next time: quad --theme mono --ascii"))
    #expect(!welcome.draw().text.contains { "━─▁►│".contains($0) })
    #expect(welcome.theme == .mono && welcome.isASCII)
  }

  @Test(arguments: [(40, 10), (60, 16), (80, 20), (99, 29)])
  func `no size breaks the sign-in`(columns: Int, rows: Int) throws {
    for keys in ["", "j<Enter>", "jj<Enter><Tab><Tab><Tab><Tab>"] {
      var welcome = welcome(Size(columns: columns, rows: rows))
      try type(keys, &welcome)
      let picture = welcome.draw()
      #expect(picture.fullSize == Size(columns: columns, rows: rows))
      #expect(picture.text.contains("►"))
      #expect(picture.text(row: rows - 1).contains(keys.isEmpty ? "quit" : "Esc back"))
    }
  }
}
