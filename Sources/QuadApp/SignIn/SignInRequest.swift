/// Where and as whom to sign in, as typed.
package struct SignInRequest: Sendable, Hashable {
  /// The answer comes back with it.
  package let number: Int
  package let server: String
  package let applicationId: String
  /// Nil where nothing was typed.
  package let restKey: String?
  /// Nil where LiveQuery is at the server's own address.
  package let liveQueryURL: String?
  package let username: String
  package let password: String
}

/// Why a sign-in failed, under the field where it can be mended.
package struct SignInTrouble: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    case server, applicationId, password
  }

  package let place: Place
  /// What is wrong and what to do, in words.
  package let words: String

  package init(_ place: Place, _ words: String) {
    self.place = place
    self.words = words
  }
}

/// An account of this machine that is signed out.
package struct KnownAccount: Sendable, Hashable {
  package let server: String
  package let applicationId: String
  package let restKey: String?
  package let liveQueryURL: String?
  package let username: String
  /// When it was open last, in words.
  package let lastUsed: String

  package init(
    server: String, applicationId: String, restKey: String? = nil, liveQueryURL: String? = nil,
    username: String, lastUsed: String
  ) {
    self.server = server
    self.applicationId = applicationId
    self.restKey = restKey
    self.liveQueryURL = liveQueryURL
    self.username = username
    self.lastUsed = lastUsed
  }
}

/// The host of a server's address as typed; the whole text where it has none.
func host(of address: String) -> String {
  let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
  return String(rest.prefix { $0 != "/" })
}
