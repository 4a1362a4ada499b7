package import ParseCore
package import TerminalUI

/// The program while there is no account: try the demo, or sign in.
package struct Welcome: Program {
  package enum Ending: Sendable, Hashable {
    case demo
    /// The request of this number was let in.
    case signedIn(Int)
    /// Work with the known account and without the server.
    case offline
  }

  enum Choice: Sendable, Hashable, CaseIterable {
    case demo, back4app, parseServer
  }

  enum Page: Sendable, Hashable {
    case choices
    case signIn(ServerKind)
  }

  /// How the program ended; nil when the person quit.
  package private(set) var ending: Ending?
  /// What the person saw better with; nil leaves it as it was.
  package private(set) var theme: Theme.Name?
  package private(set) var isASCII: Bool
  private(set) var page: Page
  private(set) var cursor = 0
  /// What was typed stays while one looks around.
  private(set) var forms: [ServerKind: SignInForm]
  private(set) var size: Size
  private var requests = 0
  let known: KnownAccount?
  let version: SafeLine
  /// The kind of server the known account is on.
  let knownKind: ServerKind?

  /// - Parameter known: The account used last, signed out; the program then starts at its password.
  package init(size: Size, version: String, known: KnownAccount? = nil, isASCII: Bool = false) {
    self.size = size
    self.version = SafeLine(version)
    self.known = known
    self.isASCII = isASCII
    knownKind = known.map(ServerKind.init)
    forms = [.back4app: SignInForm(.back4app), .parseServer: SignInForm(.parseServer)]
    page = .choices
    if let known, let knownKind {
      forms[knownKind] = SignInForm(knownKind, known)
      page = .signIn(knownKind)
    }
  }

  package var hasAnswer: Bool { true }
  package var nextTick: ParseDate? { nil }
  package mutating func start() -> [Effect] { [] }

  package mutating func handle(_ message: Message) -> [Effect] {
    switch message {
    case .key(let key): return press(key)
    case .resized(let size): self.size = size
    case .signIn(let number, let trouble): return receive(number, trouble)
    case .answer, .form, .sync, .outbox, .cache, .stored, .done, .refused, .failed, .tick,
      .session:
      break
    }
    return []
  }

  private mutating func receive(_ number: Int, _ trouble: SignInTrouble?) -> [Effect] {
    guard case .signIn(let kind) = page, forms[kind]?.answer(number, trouble) == true,
      trouble == nil
    else { return [] }
    ending = .signedIn(number)
    return [.quit]
  }

  private mutating func press(_ key: Key) -> [Effect] {
    switch key {
    case .control("c"): return [.quit]
    case .control("l"): return [.repaint]
    case .control("z"): return [.suspend]
    default: break
    }
    switch page {
    case .choices: return pressChoices(key)
    case .signIn(let kind): return pressForm(key, kind)
    }
  }

  private mutating func pressChoices(_ key: Key) -> [Effect] {
    let last = Choice.allCases.count - 1
    switch key {
    case .down, .tab, .character("j"): cursor = min(last, cursor + 1)
    case .up, .backTab, .character("k"): cursor = max(0, cursor - 1)
    case .home, .character("g"): cursor = 0
    case .end, .character("G"): cursor = last
    case .enter: return choose()
    case .character("q"): return [.quit]
    case .character("A"), .character("a"): isASCII.toggle()
    case .character("B"), .character("b"): return look(theme == .light ? .dark : .light)
    case .character("M"), .character("m"): return look(theme == .mono ? .auto : .mono)
    default: break
    }
    return []
  }

  private mutating func look(_ name: Theme.Name) -> [Effect] {
    theme = name
    return [.theme(name)]
  }

  private mutating func choose() -> [Effect] {
    switch Choice.allCases[cursor] {
    case .demo:
      ending = .demo
      return [.quit]
    case .back4app: page = .signIn(.back4app)
    case .parseServer: page = .signIn(.parseServer)
    }
    return []
  }

  private mutating func pressForm(_ key: Key, _ kind: ServerKind) -> [Effect] {
    guard var form = forms[kind] else { return [] }
    if key == .control("o"), kind == knownKind {
      ending = .offline
      return [.quit]
    }
    let outcome = form.handle(key, next: requests + 1)
    forms[kind] = form
    switch outcome {
    case .open: return []
    case .closed:
      page = .choices
      return []
    case .signIn(let number):
      requests = number
      return [.signIn(form.request(number))]
    }
  }
}
