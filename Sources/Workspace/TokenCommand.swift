internal import Foundation

/// A command of the person's own that prints a session token, from a password manager say.
package enum TokenCommand {
  /// More than a token or a wrapped one has, bytes.
  private static let mostBytes = 4096

  /// Runs the command with `/bin/sh`, on the terminal, which it may use to ask, and takes the first
  /// line it prints.
  package static func run(_ command: String) throws(ProfileError) -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    let output = Pipe()
    process.standardOutput = output
    let printed: Data?
    do {
      try process.run()
      printed = try output.fileHandleForReading.read(upToCount: mostBytes)
      try output.fileHandleForReading.close()
      process.waitUntilExit()
    } catch {
      throw ProfileError(words: "The token command cannot be run. Check it: quad login --help")
    }
    guard process.terminationStatus == 0 else {
      throw ProfileError(words: "The token command failed. Run it by hand to see why.")
    }
    let line = (printed ?? Data()).prefix { $0 != 0x0A && $0 != 0x0D }
    let token = String(decoding: line, as: UTF8.self)
    // Every token is visible ASCII: what it never holds cannot break a header.
    guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw ProfileError(words: "The token command printed no token on its first line.")
    }
    return token
  }
}
