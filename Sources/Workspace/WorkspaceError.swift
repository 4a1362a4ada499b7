package import JSONCache
package import ParseClient
internal import ParseCore

/// Why a workspace cannot open or answer.
package enum WorkspaceError: Error, Sendable {
  case cache(CacheError)
  case client(ClientError)
  /// Neither `XDG_CACHE_HOME` nor `HOME` says where the cache belongs.
  case noHome
  case profile(ProfileError)
  /// The name belongs to another user now than the one whose rows are here.
  case otherUser(String)

  package var words: String {
    switch self {
    case .cache(let error): error.words
    case .client(let error): error.words
    case .profile(let error): error.words
    case .otherUser(let name):
      "The server knows another person as \(name) now. Sign in anew: quad login"
    case .noHome: "There is no home folder for the cache. Set HOME or XDG_CACHE_HOME."
    }
  }

  /// During a sign-in, code 101 means name or password and not a missing row.
  package func words(duringSignIn: Bool) -> String {
    if duringSignIn, case .client(let error) = self { return error.words(during: .signIn) }
    return words
  }
}
