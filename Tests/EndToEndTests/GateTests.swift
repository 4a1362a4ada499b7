import Foundation
import Testing

/// On the main actor: waiting for the script blocks a thread, and the pool has two.
@MainActor
struct GateTests {
  @Test func `format, sizes and arrows between the floors hold`() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let check = Process()
    check.executableURL = URL(filePath: "/bin/bash")
    check.arguments = [root.appending(path: "Resources/scripts/check.sh").path, "--static"]
    let output = Pipe()
    check.standardOutput = output
    check.standardError = output
    try check.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    check.waitUntilExit()
    #expect(check.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self))")
  }
}
