import Foundation
import Testing

/// Compares a picture with its file `Fixtures/NAME.txt`, line by line.
///
/// With `QUAD_RECORD=1` in the environment the file is written instead, and the test fails so that
/// nobody takes a recording for a check.
func expectPicture(
  _ picture: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/\(name).txt")
  if ProcessInfo.processInfo.environment["QUAD_RECORD"] == "1" {
    try Data((picture + "\n").utf8).write(to: file)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  let wanted = try String(contentsOf: file, encoding: .utf8)
  let differences = lineDifferences(picture + "\n", wanted)
  if !differences.isEmpty {
    Issue.record("\(name) differs\n\(differences)", sourceLocation: sourceLocation)
  }
}

/// The lines that differ, each with its number, what was wanted and what was drawn.
private func lineDifferences(_ drawn: String, _ wanted: String) -> String {
  let drawn = drawn.split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = wanted.split(separator: "\n", omittingEmptySubsequences: false)
  return (0..<max(drawn.count, wanted.count)).compactMap { index in
    let now = index < drawn.count ? drawn[index] : "(no line)"
    let was = index < wanted.count ? wanted[index] : "(no line)"
    return now.utf8.elementsEqual(was.utf8) ? nil : "\(index)\n- \(was)\n+ \(now)"
  }.joined(separator: "\n")
}
