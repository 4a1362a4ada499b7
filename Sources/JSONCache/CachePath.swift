import Foundation

/// Whose cache it is. Two accounts never share a file.
package struct AccountKey: Sendable, Hashable {
  package let serverURL: String
  package let applicationId: String
  package let user: String

  package init(serverURL: String, applicationId: String, user: String) {
    self.serverURL = serverURL
    self.applicationId = applicationId
    self.user = user
  }

  /// A file name that is safe on any file system, differs for different keys, and hints at the user.
  /// The digest is FNV-1a with 128 bits (draft-eastlake-fnv §5), with the lengths mixed in so that
  /// moving a letter from one part to the next changes it.
  package var fileName: String {
    var digest: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
    for part in [serverURL, applicationId, user] {
      for byte in "\(part.utf8.count):\(part)".utf8 {
        digest = (digest ^ UInt128(byte)) &* prime
      }
    }
    let hex = String(digest, radix: 16)
    let padded = String(repeating: "0", count: 32 - hex.count) + hex
    let hint = user.utf8.prefix(24).map(Self.safe)
    return String(decoding: hint, as: UTF8.self) + "-" + padded + ".sqlite"
  }

  private static func safe(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      byte
    default: UInt8(ascii: "_")
    }
  }
}

/// Where caches live.
package enum CachePath {
  /// `$XDG_CACHE_HOME/quad`, else `~/.cache/quad`. A relative `XDG_CACHE_HOME` is ignored, as the
  /// XDG Base Directory Specification asks. Nil without a home.
  package static func folder(environment: [String: String]) -> String? {
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") { return base + "/quad" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.cache/quad"
  }

  package static func file(environment: [String: String], account: AccountKey) -> String? {
    folder(environment: environment).map { $0 + "/" + account.fileName }
  }

  /// Makes the folder with mode 0700 and the empty file with 0600. SQLite gives the files it puts
  /// beside it the same mode (sqlite.org/src, findCreateFileMode in os_unix.c).
  static func prepare(_ path: String) throws(CacheError) {
    let files = FileManager.default
    let folder = (path as NSString).deletingLastPathComponent
    do {
      if !folder.isEmpty, !files.fileExists(atPath: folder) {
        try files.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      }
    } catch {
      throw CacheError.cannotOpen(path: path)
    }
    if !files.fileExists(atPath: path) {
      let made = files.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      guard made else { throw CacheError.cannotOpen(path: path) }
    }
    try check(path)
  }

  private static func check(_ path: String) throws(CacheError) {
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(atPath: path)
    } catch {
      throw CacheError.cannotOpen(path: path)
    }
    guard let mode = attributes[.posixPermissions] as? NSNumber else {
      throw CacheError.cannotOpen(path: path)
    }
    if mode.intValue & 0o077 != 0 { throw CacheError.readableByOthers(path: path) }
  }
}
