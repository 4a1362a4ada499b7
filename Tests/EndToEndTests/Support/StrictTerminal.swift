import Foundation
import Testing

extension Home {
  /// A terminal like xterm-256color that is never moved by CR, LF, BS or TAB.
  static let strictTerminal = "quad-strict"

  /// Compiles its description and gives the environment that names it.
  ///
  /// ncurses then positions by control sequences alone, so that each such byte on the screen is
  /// text of a server that nobody made safe.
  func makeStrictTerminal() throws -> [String: String] {
    let source = """
      \(Home.strictTerminal)|xterm without motions by single controls,
      \tcr@, nel@, ind@, ri@, cub1@, cud1@, ht@, cbt@,
      \tuse=xterm-256color,

      """
    try source.write(toFile: file("strict.ti"), atomically: false, encoding: .utf8)
    let outcome = try run("tic", ["-x", "-o", file("terminfo"), file("strict.ti")])
    try #require(outcome.code == 0, "tic: \(outcome.err)")
    return ["TERM": Home.strictTerminal, "TERMINFO": file("terminfo")]
  }
}
