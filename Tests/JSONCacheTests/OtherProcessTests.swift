import Foundation
import ParseCore
import Testing

@testable import JSONCache

/// A second process on the same file.
final class OtherProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()

  /// - Parameter kilobytes: The most a file may grow to; a write beyond it is cut off there, and the
  ///   next one kills the process (setrlimit(2), RLIMIT_FSIZE).
  init(_ command: String, _ file: String, limit kilobytes: Int? = nil) throws {
    let writer = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "CacheWriter")
    let limit = kilobytes.map { "ulimit -c 0; ulimit -f \($0 * 2); " } ?? ""
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", limit + "exec \"$0\" \"$@\"", writer.path, command, file]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// The next line it prints; nil when it has ended.
  func line() -> String? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        defer { buffer = Data(buffer[(end + 1)...]) }
        return String(decoding: buffer[..<end], as: UTF8.self)
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      buffer.append(more)
    }
  }

  func ask(_ words: String) throws -> String? {
    try input.fileHandleForWriting.write(contentsOf: Data((words + "\n").utf8))
    return line()
  }

  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// How the process ended.
  func wait() -> (reason: Process.TerminationReason, status: Int32) {
    process.waitUntilExit()
    return (process.terminationReason, process.terminationStatus)
  }
}

struct OtherProcessTests {
  /// Every edit that was told as done is there, whole, and nothing of one that was not.
  private func check(_ file: String, acknowledged: Int) throws {
    let store = try makeStore(file)
    #expect(try store.integrityProblems().isEmpty)
    let number = try store.field("n", "first")?.int ?? 0
    #expect(number >= acknowledged && number <= acknowledged + 1)
    #expect(try store.field("n", "second")?.int ?? 0 == number)
    let made = try store.documents(className: "Activity")
    #expect(try Set(made.map { try $0.object()["n"]?.int }) == Set((0...number).dropFirst()))
    #expect(made.count == number)
    let creates = try store.outbox().filter { $0.kind == .create }
    #expect(creates.count == number)
    let last = try store.journal(group: "group \(number)").map(\.className)
    #expect(number == 0 || last.contains("Activity"))
    // The file is as good as ever.
    try store.receive([deal("last")], .fill)
    try store.update("last", ["stage": .set("won")])
    try store.close()
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 150])
  func `a killed process loses no edit it had acknowledged`(edits: Int) throws {
    let folder = try Folder()
    let other = try OtherProcess("edit", folder.file)
    var acknowledged = 0
    while acknowledged < edits, let line = other.line() { acknowledged = Int(line) ?? 0 }
    other.kill()
    while let line = other.line() { acknowledged = Int(line) ?? 0 }
    #expect(acknowledged >= edits)
    try check(folder.file, acknowledged: acknowledged)
  }

  /// Files that may grow to some kilobytes and no further: the process dies inside a write, with part
  /// of it on the disk.
  @Test(arguments: [260, 290, 301, 333, 360, 407, 466, 555, 670])
  func `a process that dies inside a write loses no edit either`(kilobytes: Int) throws {
    let folder = try Folder()
    try makeStore(folder.file).close()
    let other = try OtherProcess("edit", folder.file, limit: kilobytes)
    var acknowledged = 0
    while let line = other.line() { acknowledged = Int(line) ?? 0 }
    let end = other.wait()
    #expect(end.reason == .uncaughtSignal && end.status == SIGXFSZ)
    try check(folder.file, acknowledged: acknowledged)
  }

  @Test func `two processes share a file, one syncs, both see changes`() throws {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    let other = try OtherProcess("share", folder.file)
    #expect(other.line() == "syncs")
    #expect(try !store.tryBecomeSyncer())
    #expect(try other.ask("receive a") == "received")
    #expect(try store.pollOtherProcesses()?.classNames == ["Deal"])
    #expect(try store.object(className: "Deal", id: "a") != nil)
    try store.update("a", ["stage": .set("won")])
    #expect(try other.ask("poll") == "Deal")
    #expect(try other.ask("read a") == "won")
    #expect(try other.ask("poll") == "nothing")
    other.kill()
    #expect(try store.tryBecomeSyncer())
    #expect(try store.field("stage", "a") == "won")
  }
}
