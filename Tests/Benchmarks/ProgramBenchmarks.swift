import Foundation
import TestTerminal

/// The program as people have it, on a terminal of 120x40 and a home made by `home`: its starts, its
/// switches, its keys and its memory.
///
/// Wall time from exec or key to the last byte of what it brings. All ten screens are seen once before
/// the starts are measured, since a start shows the picture kept at the end of the session before.
struct ProgramBenchmarks {
  let home: String
  /// The program stands beside this one.
  private let program = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("quad").path
  private static let screens = "0123456789"
  private static let starts = 5
  private static let fewestAnswers = 10

  func run() throws {
    try runSession()
    for screen in Self.screens { try runStart(screen) }
  }

  private func runSession() throws {
    let session = try ProgramSession(program, home: home, screen: "0")
    session.settle()
    for round in ["first", "again"] {
      for screen in Self.screens.dropFirst() + "0" {
        let (_, taken, text) = session.show(String(screen))
        session.settle()
        guard !ProgramSession.isReading(text) else {
          throw ProgramSession.Failure(words: "the rows of screen \(screen) are not here yet")
        }
        Measure.report("screen \(screen), \(round)", [taken], aim: 30)
      }
    }
    for screen in Self.screens {
      _ = session.show(String(screen))
      session.settle()
      let bursts = (0..<100).map { _ in session.show("j") }.filter { !$0.text.isEmpty }
      // A list may have fewer rows than keys. Where there is next to none, what comes once in a while
      // is a clock's and no answer.
      guard bursts.count >= Self.fewestAnswers else {
        print("     screen \(screen): \(bursts.count) of 100 keys were answered; not judged")
        continue
      }
      for (what, times) in [
        ("j to its first byte", bursts.map(\.first)), ("j with its detail", bursts.map(\.last)),
      ] {
        Measure.report("screen \(screen), \(what), slowest", [times.max() ?? 0], aim: 10)
        Measure.report("screen \(screen), \(what)", times, aim: 10)
      }
    }
    session.settle()
    let (resident, peak) = session.memory
    Measure.report("all screens seen", resident, "MB", isMet: resident <= 400, "≤ 400")
    Measure.report("at most", peak, "MB", isMet: peak <= 400, "≤ 400")
    try session.quit()
  }

  private func runStart(_ screen: Character) throws {
    var times: [Double] = []
    for _ in 0..<Self.starts {
      let session = try ProgramSession(program, home: home, screen: screen)
      let (_, taken, text) = session.burst(waiting: 5000)
      guard !ProgramSession.isReading(text) else {
        throw ProgramSession.Failure(words: "no picture of screen \(screen) is kept")
      }
      times.append(taken)
      session.kill()
    }
    Measure.report("start of screen \(screen) to its rows", times, aim: 60)
  }
}

/// One run of the program.
private final class ProgramSession {
  struct Failure: Error {
    let words: String
  }

  private let pty: Pty
  private let process = Process()
  private var start = Measure.Clock.wall.now
  /// What is silent for so many milliseconds has said all.
  private static let gap: Int32 = 60

  init(_ program: String, home: String, screen: Character) throws {
    pty = try Pty(columns: 120, rows: 40)
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--offline", "--start", String(screen)]
    process.environment = ["HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8"]
    let terminal = FileHandle(fileDescriptor: pty.slave)
    (process.standardInput, process.standardOutput, process.standardError) = (
      terminal, terminal, terminal
    )
    start = Measure.Clock.wall.now
    try process.run()
  }

  /// What comes until it is silent, and the milliseconds from the start or the key to its first and
  /// its last byte.
  func burst(waiting patience: Int32) -> (first: Double, last: Double, text: String) {
    var (first, last, bytes) = (start, start, [UInt8]())
    while let piece = pty.piece(gap: bytes.isEmpty ? patience : Self.gap) {
      last = Measure.Clock.wall.now
      if bytes.isEmpty { first = last }
      bytes += piece
    }
    return (first - start, last - start, String(decoding: bytes, as: UTF8.self))
  }

  /// A letter that stands there already is not sent again.
  static func isReading(_ text: String) -> Bool { text.contains("eading the cache") }

  func show(_ key: String) -> (first: Double, last: Double, text: String) {
    start = Measure.Clock.wall.now
    pty.type(key)
    return burst(waiting: 1000)
  }

  /// Waits until the program has worked nothing for half a second.
  func settle() {
    var known = -1
    while case let worked = worked, worked != known {
      known = worked
      _ = pty.output(gap: 500)
    }
  }

  /// Ticks of CPU time so far (proc(5), fields 14 and 15 of stat).
  private var worked: Int {
    let fields = read("stat").split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
  }

  /// Megabytes resident now, and at most so far.
  var memory: (resident: Double, peak: Double) {
    func kilobytes(_ name: String) -> Double {
      let line = read("status").split(separator: "\n").first { $0.hasPrefix(name) }
      return line.flatMap { Double($0.split(separator: " ").dropLast().last ?? "") } ?? .infinity
    }
    return (kilobytes("VmRSS") * 1.024 / 1000, kilobytes("VmHWM") * 1.024 / 1000)
  }

  private func read(_ file: String) -> String {
    let data = FileManager.default.contents(
      atPath: "/proc/\(process.processIdentifier)/\(file)")
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  func quit() throws {
    pty.type("q")
    while process.isRunning { _ = pty.output(gap: 10) }
    guard process.terminationStatus == 0 else {
      throw Failure(words: "the program ended with \(process.terminationStatus)")
    }
  }

  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
