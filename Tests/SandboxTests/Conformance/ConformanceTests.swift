import Foundation
import ParseCore
import Testing

/// A sandbox without classes against Parse Server 8.2.2 on PostgreSQL: recorded exchanges
/// replayed on the same rows; status, code and shape compared.
struct ConformanceTests {
  static let outcomes: [Outcome] = {
    do {
      return try Replay.outcomes()
    } catch {
      // The count below fails then.
      return []
    }
  }()

  /// By the exchange's name: why the sandbox answers otherwise, from the table in the document.
  static let differences: [String: String] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/Conformance/DIFFERENCES.md")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let table = text.components(separatedBy: "\n## ").first { $0.hasPrefix("In shape") } ?? ""
    var reasons: [String: String] = [:]
    for line in table.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      for name in cells[0].split(separator: ",") {
        reasons[name.trimmingCharacters(in: [" ", "`"])] = cells[1]
      }
    }
    return reasons
  }()

  @Test(arguments: outcomes)
  func `an exchange goes as recorded, or differs as the document says`(outcome: Outcome) {
    if let reason = Self.differences[outcome.name] {
      #expect(
        outcome.recorded != outcome.answered,
        "answers as recorded now; take it off the list (\(reason))")
    } else {
      #expect(outcome.answered == outcome.recorded)
    }
  }

  @Test func `all exchanges are replayed, each listed one among them, each with its reason`() {
    #expect(Self.outcomes.count == 391)
    #expect(Set(Self.outcomes.map(\.name)).count == 391)
    #expect(Set(Self.differences.keys).isSubset(of: Self.outcomes.map(\.name)))
    #expect(Self.differences.values.allSatisfy { $0.count > 10 })
  }
}
