internal import ArgumentParser
internal import ParseClient
internal import ParseCore
internal import TerminalUI
internal import Workspace

/// A command that could not do its work: words for a person on stderr, and an exit code
/// (reference/terminal.md §6).
struct CommandFailure: Error, CustomStringConvertible {
  enum Reason {
    case usage, signIn, forbidden, notFound, network, configuration, cache, server

    var exitCode: Int32 {
      switch self {
      case .usage: 2
      case .signIn: 3
      case .forbidden: 4
      case .notFound: 5
      case .server: 9
      case .configuration, .cache: 10
      case .network: 11
      }
    }

    static func workspace(_ error: WorkspaceError) -> Reason {
      switch error {
      case .cache: .cache
      case .noHome, .profile: .configuration
      case .otherUser: .signIn
      case .client(.server(let refusal)):
        switch refusal.code {
        case 101, 209: .signIn
        case 119: .forbidden
        default: .server
        }
      case .client(.badConfiguration): .configuration
      case .client: .network
      }
    }
  }

  let description: String
  let reason: Reason

  init(_ words: String, _ reason: Reason) {
    description = SafeLine(words).text
    self.reason = reason
  }
}
