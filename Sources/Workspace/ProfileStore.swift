internal import Foundation
internal import ParseCore

/// Why the profiles cannot be read or written, with what to do about it.
package struct ProfileError: Error, Sendable, Hashable {
  package let words: String
}

/// The profiles of this machine's user, in one file of mode 0600 within a folder of mode 0700.
package struct ProfileStore: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// `$XDG_STATE_HOME/quad/profiles.json`, else under `~/.local/state`.
  package init(environment: [String: String]) {
    let state =
      environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? (environment["HOME"] ?? "/") + "/.local/state"
    self.init(path: state + "/quad/profiles.json")
  }

  /// All profiles, last used first. No file means none.
  package func load() throws(ProfileError) -> [Profile] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    try refuseIfReadableByOthers()
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ProfileError(words: "\(path) cannot be read.")
    }
    do {
      let json = try JSON(bytes: Array(data))
      return (json["profiles"]?.array ?? []).compactMap(Profile.init)
        .sorted { $0.lastUsed > $1.lastUsed }
    } catch {
      throw ProfileError(
        words: "\(path) is damaged (\(error)). Move it away and sign in again.")
    }
  }

  /// Puts the profile first; an older one of the same account is replaced.
  package func save(_ profile: Profile) throws(ProfileError) {
    let others = try load().filter { !$0.isSameAccount(as: profile) }
    try write([profile] + others)
  }

  /// Forgets the session token; the profile stays so that the next sign-in need not ask for the server.
  package func signOut(_ profile: Profile) throws(ProfileError) {
    try write(
      try load().map { stored in
        var stored = stored
        if stored.isSameAccount(as: profile) { stored.sessionToken = nil }
        return stored
      })
  }

  private func write(_ profiles: [Profile]) throws(ProfileError) {
    let json: JSON = ["profiles": .array(profiles.map(\.json))]
    let folder = (path as NSString).deletingLastPathComponent
    let part = path + ".part"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      guard
        FileManager.default.createFile(
          atPath: part, contents: Data(json.bytes), attributes: [.posixPermissions: 0o600])
      else { throw ProfileError(words: "\(part) cannot be written. Is the disk full?") }
      // Both texts outlive the call; rename keeps neither.
      if unsafe rename(part, path) != 0 {
        throw ProfileError(words: "\(path) cannot be replaced.")
      }
    } catch let error as ProfileError {
      throw error
    } catch {
      throw ProfileError(words: "\(folder) cannot be made: \(error.localizedDescription)")
    }
  }

  private func refuseIfReadableByOthers() throws(ProfileError) {
    let mode: Int
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      mode = attributes[.posixPermissions] as? Int ?? 0o777
    } catch {
      throw ProfileError(words: "\(path) cannot be read.")
    }
    if mode & 0o077 != 0 {
      throw ProfileError(
        words: "\(path) holds your session and others can read it. Run: chmod 600 \(path)")
    }
  }
}
