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
    try refuseIfOpenToOthers()
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

  /// The profile of an account before its user id is known, on this server.
  package func find(
    serverURL: String, applicationId: String, username: String
  ) throws(ProfileError) -> Profile? {
    try load().first { profile in
      profile.serverURL == serverURL && profile.applicationId == applicationId
        && profile.username == username
    }
  }

  /// Puts the profile first; an older one of the same account is replaced.
  package func save(_ profile: Profile) throws(ProfileError) {
    try change { profiles in
      [profile] + profiles.filter { !$0.isSameAccount(as: profile) }
    }
  }

  /// Forgets the session token and the token command; the profile stays so that the next sign-in need not ask for the server.
  package func signOut(_ profile: Profile) throws(ProfileError) {
    try change { profiles in
      profiles.map { stored in
        var stored = stored
        if stored.isSameAccount(as: profile) {
          stored.sessionToken = nil
          stored.tokenCommand = nil
        }
        return stored
      }
    }
  }

  /// Reads, changes and writes while no other program does: two terminals may start at once, and
  /// each notes that it was used.
  private func change(_ body: ([Profile]) -> [Profile]) throws(ProfileError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw ProfileError(words: "\(folder) cannot be made: \(error.localizedDescription)")
    }
    try refuse(folder, mode: 0o022, "others can put files there", remedy: "chmod 700 \(folder)")
    // The text outlives the call. Closing lets go of the lock.
    let lock = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw ProfileError(words: "\(path).lock cannot be made. Is the disk full?")
    }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      if errno != EINTR { throw ProfileError(words: "\(path) cannot be locked.") }
    }
    try write(body(load()))
  }

  private func write(_ profiles: [Profile]) throws(ProfileError) {
    let json: JSON = ["profiles": .array(profiles.map(\.json))]
    let part = path + ".part"
    // What a run that was killed left behind.
    _ = unsafe unlink(part)
    guard Self.write(json.bytes, to: part) else {
      throw ProfileError(words: "\(part) cannot be written. Is the disk full?")
    }
    // Both texts outlive the call; rename keeps neither.
    if unsafe rename(part, path) != 0 {
      throw ProfileError(words: "\(path) cannot be replaced.")
    }
  }

  /// Makes the file for its owner only from its first byte on. False when it cannot be written.
  private static func write(_ bytes: [UInt8], to path: String) -> Bool {
    // The text outlives the call.
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(bytes))
      try file.synchronize()
      return true
    } catch {
      return false
    }
  }

  private var folder: String { (path as NSString).deletingLastPathComponent }

  private func refuseIfOpenToOthers() throws(ProfileError) {
    try refuse(
      path, mode: 0o077, "holds your session and others can read it", remedy: "chmod 600 \(path)")
    try refuse(folder, mode: 0o022, "others can put files there", remedy: "chmod 700 \(folder)")
  }

  /// Refuses what is another user's, or has one of these mode bits.
  private func refuse(
    _ path: String, mode refused: Int, _ why: String, remedy: String
  ) throws(ProfileError) {
    let mode: Int
    let owner: Int
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      mode = attributes[.posixPermissions] as? Int ?? 0o777
      owner = attributes[.ownerAccountID] as? Int ?? -1
    } catch {
      throw ProfileError(words: "\(path) cannot be read.")
    }
    if owner != Int(geteuid()) {
      throw ProfileError(words: "\(path) belongs to another user. Move it away and sign in again.")
    }
    if mode & refused != 0 { throw ProfileError(words: "\(path): \(why). Run: \(remedy)") }
  }
}
