import Foundation
import JSONCache
import ParseCore
import Testing

/// One account's cache through several deaths of the program: what was asked of it, and what it
/// showed as done before each.
@MainActor
final class Life {
  private let home: Home
  private let school: School
  /// Stands in every name of this life and in no other.
  private let mark: String
  private let student: String
  private let enrollment: String
  private var asked: [String] = []
  /// The contacts the program said it had created.
  private(set) var shown: [String] = []
  /// The percentages asked for, and the last that was shown.
  private var askedProgress = 0
  private(set) var shownProgress = 0

  /// - Parameter profiles: The signed-in account's file.
  init(number: Int, profiles: String, school: School) throws {
    home = try Home()
    self.school = school
    mark = "Lz\(number)q"
    student = "Kay \(mark)"
    try FileManager.default.createDirectory(
      atPath: home.file("state/quad"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: profiles, toPath: home.profiles)
    let course = try #require(try school.find("Course", where: ["status": "active"]).first)
    let person = try #require(
      try school.save(
        "Student", nil,
        [
          "fullName": .string(student), "email": .string("kay\(number)@example.org"),
          "cohort": "2026-A", "accountOwner": try school.user("admin"),
        ]))
    let row = try school.save(
      "Enrollment", nil,
      [
        "student": Pointer(className: "Student", objectId: person).json, "progressPercent": 0,
        "course": Pointer(className: "Course", objectId: course["objectId"]?.string ?? "").json,
      ])
    enrollment = try #require(row)
  }

  /// Contacts from the first moment on, while all rows are being fetched.
  func dieInFirstSync(after microseconds: UInt32) throws {
    let victim = try Victim(screen: "5", home: home)
    victim.die(after: microseconds)
    try victim.untilDeath {
      try victim.press("", shows: "People", "? help")
      while true { try addContact(victim) }
    }
  }

  func dieAddingContacts(after microseconds: UInt32) throws {
    let victim = try reopen()
    victim.die(after: microseconds)
    try victim.untilDeath { try addContact(victim) }
  }

  func dieRaisingProgress(after microseconds: UInt32) throws {
    let victim = try reopen()
    try narrowToStudent(victim)
    victim.die(after: microseconds)
    try victim.untilDeath { try raiseProgress(victim) }
  }

  private func addContact(_ victim: Victim) throws {
    guard asked.count < Victim.rows / 2 else { return try waitForDeath(victim) }
    let name = "C\(asked.count) \(mark)"
    try victim.press("i", shows: "New contact", "Name")
    asked.append(name)
    try victim.press("\(name)\u{13}", shows: "\(name) created")
    shown.append(name)
  }

  private func waitForDeath(_ victim: Victim) throws {
    try victim.wait(for: "death") { _ in false }
  }

  private func raiseProgress(_ victim: Victim) throws {
    guard shownProgress < 95 else { return try waitForDeath(victim) }
    askedProgress = shownProgress + 5
    try victim.press("+", shows: "▸ \(askedProgress) %")
    shownProgress = askedProgress
  }
}

extension Life {
  /// A new process, with everything on its screens that was shown as done.
  private func reopen() throws -> Victim {
    try checkFile()
    let victim = try Victim(screen: "5", home: home)
    try victim.press("", shows: "People", "? help")
    if !shown.isEmpty {
      try victim.press("/\(mark)", shows: mark)
      try victim.wait(for: "all of \(shown)") { screen in shown.allSatisfy(screen.contains) }
      victim.console.type("\r")
    }
    return victim
  }

  private func narrowToStudent(_ victim: Victim) throws {
    try victim.press("1", shows: "with a course")
    try victim.press("f", shows: "Views")
    try victim.press("By completion\r", shows: "with a course")
    victim.console.type("/\(student)")
    try victim.wait(for: "one row of \(student)", until: hasOneRow)
    try victim.press("\r", shows: student)
    // The last one asked for may have become durable with no time left to be shown.
    var percent = shownProgress
    try victim.wait(for: "\(shownProgress) or \(askedProgress) of a target") { screen in
      let found = [shownProgress, askedProgress].first { screen.contains(" \($0) /") }
      percent = found ?? percent
      return found != nil
    }
    shownProgress = percent
  }

  /// The file as the death left it, looked at in a copy: the next start recovers the original.
  private func checkFile(isAtRest: Bool = false) throws {
    let folder = home.file("copy")
    try? FileManager.default.removeItem(atPath: folder)
    guard FileManager.default.fileExists(atPath: home.file("cache/quad")) else {
      return #expect(shown == [])
    }
    try FileManager.default.copyItem(atPath: home.file("cache/quad"), toPath: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    guard let name = names.first(where: { $0.hasSuffix(".sqlite") }) else {
      return #expect(shown == [])
    }
    let store = try CacheStore(path: "\(folder)/\(name)", makeID: { UUID().uuidString })
    #expect(try store.integrityProblems() == [])
    let rows = try store.documents(className: "Contact")
    let contacts = try rows.compactMap { try $0.object()["name"]?.string }
    #expect(Set(shown).subtracting(contacts) == [])
    // A live event may have brought the row of a create before its answer, which the death cut off:
    // until that is found out, the unsent one stands beside it.
    let known = try rows.filter { isAtRest || !$0.hasPending }
      .compactMap { try $0.object()["name"]?.string }.filter { $0.contains(mark) }
    #expect(Set(known).count == known.count, "a contact is there twice: \(known)")
    if isAtRest {
      // In words: the screen before said no more than that nothing waits to be sent.
      let left = try store.outbox().map {
        "\($0.kind) \($0.className) \($0.objectId) \($0.state) \($0.changes) \($0.words ?? "")"
      }
      #expect(left == [])
    }
    try store.close()
  }

  /// The last start lives: what was shown is on the server once, what was only asked for at most once.
  func end() throws {
    let victim = try reopen()
    try victim.wait(for: "empty queue") { $0.contains("live") && !$0.contains("queued") }
    try narrowToStudent(victim)
    // The header keeps a young queue to itself while online.
    try victim.console.press("8", shows: "nothing to send")
    victim.console.type("q")
    #expect(try victim.console.waitForExit() == 0)
    let rows = try school.find("Contact").compactMap { $0["name"]?.string }
      .filter { $0.contains(mark) }
    #expect(Set(shown).subtracting(rows) == [])
    #expect(Set(rows).subtracting(asked) == [])
    #expect(Set(rows).count == rows.count, "a contact is there twice: \(rows)")
    let row = try school.find("Enrollment", where: ["objectId": .string(enrollment)]).first
    #expect(row?["progressPercent"]?.int == shownProgress)
    try checkFile(isAtRest: true)
  }
}
