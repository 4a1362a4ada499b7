package import JSONCache
package import ParseClient

/// Why a workspace cannot open or answer.
package enum WorkspaceError: Error, Sendable {
  case cache(CacheError)
  case client(ClientError)
  /// Neither `XDG_CACHE_HOME` nor `HOME` says where the cache belongs.
  case noHome

  package var words: String {
    switch self {
    case .cache(let error): error.words
    case .client(let error): error.words
    case .noHome: "There is no home folder for the cache. Set HOME or XDG_CACHE_HOME."
    }
  }
}
