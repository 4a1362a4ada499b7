import Foundation
import Testing

/// A person's folders on a machine of their own, gone with the value.
@MainActor
final class Home {
  let path: String
  private let folder: Folder

  init() throws {
    var template = Array("/tmp/quad-e2e-XXXXXX".utf8CString)
    // mkdtemp writes the name into the array it is given.
    try #require(unsafe mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    folder = Folder(path: path)
  }

  var environment: [String: String] {
    [
      "HOME": path, "XDG_CACHE_HOME": path + "/cache", "XDG_STATE_HOME": path + "/state",
      "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      "TERM": "xterm-256color", "SHELL": "/bin/sh",
      // The runtime of debug builds would stop a crash to ask questions.
      "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  var profiles: String { path + "/state/quad/profiles.json" }

  func file(_ name: String) -> String { path + "/" + name }

  /// The text of a file of the home; empty where there is none.
  func text(_ name: String) -> String {
    FileManager.default.contents(atPath: file(name)).map { String(decoding: $0, as: UTF8.self) }
      ?? ""
  }

  /// Where a binary of this build is: beside the test bundle.
  nonisolated static var binary: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("quad").path
  }

  private final class Folder: Sendable {
    let path: String

    init(path: String) { self.path = path }

    deinit {
      // Nothing depends on the folder being gone.
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}
