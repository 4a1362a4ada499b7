import Foundation
import Testing

/// Runs of the program without a terminal.
extension Home {
  struct Outcome {
    let code: Int32
    let out: String
    let err: String
  }

  /// Runs the program to its end; standard input is the text.
  func quad(
    _ arguments: String..., input: String = "", changes: [String: String] = [:]
  ) throws -> Outcome {
    try run(Home.binary, arguments, input: input, changes: changes)
  }

  func run(
    _ program: String, _ arguments: [String], input: String = "", changes: [String: String] = [:]
  ) throws -> Outcome {
    try input.write(toFile: file("in"), atomically: false, encoding: .utf8)
    let child = try Child(
      program, arguments, environment: environment.merging(changes) { _, new in new },
      streams: [.read(file("in")), .write(file("out")), .write(file("err"))])
    let code = try child.waitForExit(seconds: 30)
    return Outcome(code: code, out: text("out"), err: text("err"))
  }

  /// Signs in on a sandbox as one of its users.
  func logIn(_ username: String, at url: String) throws {
    let outcome = try quad(
      "login", "--server", url, "--app-id", "campus", "--rest-key", "rest", "--username",
      username, "--password-stdin", input: "demo\n")
    try #require(outcome.code == 0, "\(outcome.err)")
  }

  /// `quad sandbox` on a port, 0 for any free one, and on a file.
  func sandbox(
    scale: String = "demo", port: UInt16 = 0, data: String? = nil, traffic speed: Int? = nil
  ) throws -> (child: Child, url: String) {
    let child = try Child(
      Home.binary,
      ["sandbox", "--port", String(port), "--scale", scale] + (data.map { ["--data", $0] } ?? [])
        + (speed.map { ["--traffic", "--speed", String($0)] } ?? []),
      environment: environment,
      streams: [.read("/dev/null"), .write(file("sandbox")), .write(file("sandbox-err"))])
    try wait(for: "no sandbox: \(text("sandbox-err"))") { text("sandbox").contains("ends it") }
    let line = text("sandbox").split(separator: "\n").first ?? ""
    let url = try #require(line.range(of: "http").map { String(line[$0.lowerBound...]) })
    return (child, url)
  }
}
