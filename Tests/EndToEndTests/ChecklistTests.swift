import Foundation
import Testing

/// The list of what is asked names tests; a renamed or lost one must not stay in it.
struct ChecklistTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func `every test the checklist names is there`() throws {
    let list = try String(contentsOf: Self.tests.appending(path: "CHECKLIST.md"), encoding: .utf8)
    let named = list.matches(of: /(\w+)\.(\w+) › `([^`]+)`/).map(\.output)
    #expect(named.count > 100)
    var sources: [String: String] = [:]
    for target in Set(named.map { String($0.1) }) {
      let folder = Self.tests.appending(path: target)
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in files?.allObjects ?? [] where file.pathExtension == "swift" {
        sources[target, default: ""] += try String(contentsOf: file, encoding: .utf8)
      }
    }
    for (_, target, suite, name) in named {
      let text = sources[String(target)] ?? ""
      #expect(text.contains("struct \(suite)"), "\(target) has no suite \(suite)")
      #expect(text.contains("func `\(name)`"), "\(suite) has no test \(name)")
    }
  }
}
