import TerminalUI

/// Fields that say where and as whom to sign in, with what went wrong under the field it concerns.
///
/// What was typed stays through every refusal; a refused password is replaced by the next letter,
/// because nobody sees what it would be appended to.
package struct SignInForm: Sendable {
  enum FieldID: Sendable, Hashable {
    case server, applicationId, restKey, liveQueryURL, username, password
  }

  struct Field: Sendable {
    let id: FieldID
    let label: SafeLine
    let hint: SafeLine
    let isRequired: Bool
    fileprivate(set) var input: TextField
  }

  enum Outcome: Sendable, Hashable {
    case open, closed
    /// Sign in with what is typed; the number comes back with the answer.
    case signIn(Int)
  }

  private(set) var fields: [Field]
  private(set) var focus: Int
  private(set) var trouble: (field: FieldID, words: SafeLine)?
  /// The request under way.
  private(set) var asked: Int?
  private var isPasswordRefused = false

  /// All fields, for a server of the kind.
  init(_ kind: ServerKind, _ known: KnownAccount? = nil) {
    let server = known?.server ?? kind.address
    var fields = [
      Field(.server, "Server", "https://school.example/parse", server),
      Field(.applicationId, "App id", kind.keyHint, known?.applicationId ?? ""),
      Field(.restKey, "REST key", kind.restKeyHint, known?.restKey ?? "", isRequired: false),
    ]
    if kind == .back4app || known?.liveQueryURL != nil {
      fields.append(
        Field(
          .liveQueryURL, "Live URL", "wss://your-app.b4a.io, for live rows",
          known?.liveQueryURL ?? "", isRequired: false))
    }
    fields += [Field(.username, "Name", "", known?.username ?? ""), .password]
    self.fields = fields
    focus = fields.firstIndex { $0.input.isEmpty && $0.isRequired } ?? 0
  }

  /// The password only, for an account whose session ended.
  init() {
    fields = [.password]
    focus = 0
  }

  func text(_ id: FieldID) -> String { fields.first { $0.id == id }?.input.text ?? "" }

  /// What is typed, for the request of this number.
  func request(_ number: Int) -> SignInRequest {
    func optional(_ id: FieldID) -> String? { text(id).isEmpty ? nil : text(id) }
    return SignInRequest(
      number: number, server: text(.server), applicationId: text(.applicationId),
      restKey: optional(.restKey), liveQueryURL: optional(.liveQueryURL),
      username: text(.username), password: text(.password))
  }

  /// - Parameter next: The number of the request, should the key begin one.
  mutating func handle(_ key: Key, next: Int) -> Outcome {
    if asked != nil {
      if key == .escape { asked = nil }
      return .open
    }
    switch key {
    case .escape: return .closed
    case .enter, .control("s"): return submit(next)
    case .tab, .down: focus = (focus + 1) % fields.count
    case .backTab, .up: focus = (focus + fields.count - 1) % fields.count
    default: edit(key)
    }
    return .open
  }

  private mutating func edit(_ key: Key) {
    let id = fields[focus].id
    if id == .password, isPasswordRefused {
      fields[focus].input.set("")
      isPasswordRefused = false
    }
    if fields[focus].input.handle(key), trouble?.field == id { trouble = nil }
  }

  /// Goes to the first field that must be filled; asks when none is left.
  private mutating func submit(_ next: Int) -> Outcome {
    if let missing = fields.firstIndex(where: { $0.isRequired && $0.input.isEmpty }) {
      if missing == focus { trouble = (fields[missing].id, "Type it here first.") }
      focus = missing
      return .open
    }
    trouble = nil
    asked = next
    return .signIn(next)
  }

  /// Takes the answer; false when nobody waits for it any more.
  mutating func answer(_ number: Int, _ trouble: SignInTrouble?) -> Bool {
    guard asked == number else { return false }
    asked = nil
    guard let trouble else { return true }
    let wanted: FieldID =
      switch trouble.place {
      case .server: .server
      case .applicationId: .applicationId
      case .password: .password
      }
    let index = fields.firstIndex { $0.id == wanted } ?? fields.count - 1
    focus = index
    self.trouble = (fields[index].id, SafeLine(trouble.words))
    isPasswordRefused = trouble.place == .password
    return true
  }
}

extension SignInForm.Field {
  fileprivate static var password: Self { Self(.password, "Password", "", "") }

  fileprivate init(
    _ id: SignInForm.FieldID, _ label: SafeLine, _ hint: SafeLine, _ text: String,
    isRequired: Bool = true
  ) {
    self.id = id
    self.label = label
    self.hint = hint
    self.isRequired = isRequired
    input = TextField(text, isSecret: id == .password, limit: 1000)
  }
}

/// What one signs in to.
package enum ServerKind: Sendable, Hashable {
  case back4app, parseServer

  var title: SafeLine { self == .back4app ? "Back4app" : "Parse Server" }
  /// Where every Back4app application is served (back4app.com, Core settings, "Parse API Address").
  var address: String { self == .back4app ? "https://parseapi.back4app.com" : "" }
  fileprivate var keyHint: SafeLine { self == .back4app ? "App settings, Security & Keys" : "" }
  fileprivate var restKeyHint: SafeLine {
    self == .back4app ? "beside it, REST API key" : "where the server has one"
  }

  init(_ account: KnownAccount) {
    self = account.server.hasPrefix(Self.back4app.address) ? .back4app : .parseServer
  }
}
