internal import ParseClient
internal import ParseCore
internal import QuadApp
internal import Workspace

extension SignInTrouble {
  /// Puts an error under the field where it can be mended, with what to do.
  init(_ error: WorkspaceError) {
    let words = error.words(duringSignIn: true)
    switch error {
    case .client(.server(let refusal)): self.init(Self.place(of: refusal), words)
    case .client(.notParse(let status)):
      self.init(Self.place(of: ParseError(code: nil, message: "", httpStatus: status)), words)
    case .client(.noNetwork), .client(.timedOut):
      self.init(.server, words + " Check the address and the network; Enter tries again.")
    case .client(.badConfiguration(let text)) where text.contains("insecure HTTP"):
      self.init(.server, words + " For that: quad login --allow-insecure-http")
    case .client: self.init(.server, words)
    case .cache, .noHome, .profile, .otherUser: self.init(.password, words)
    }
  }

  private static func place(of refusal: ParseError) -> Place {
    guard refusal.code == nil else { return .password }
    switch refusal.httpStatus {
    case 401?, 403?: return .applicationId
    default: return .server
    }
  }
}
