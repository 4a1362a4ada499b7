import Foundation
import ParseCore
import Sandbox
import TestTerminal
import Testing

extension EndToEnd {
  /// What three people do before lunch, by keys alone; afterwards the server is asked what it has.
  @Suite(.timeLimit(.minutes(3)))
  @MainActor
  struct DaysTests {
    /// A person at a terminal, and how many keys that person has pressed.
    @MainActor
    private final class Person {
      let console: Console
      private(set) var keys = 0

      init(_ name: String, _ home: Home, at url: String) throws {
        try home.logIn(name, at: url)
        console = try Console([], home: home)
        try console.shows("4 Pipeline", "live", name)
      }

      func press(_ keys: String, shows texts: String...) throws {
        type(keys)
        try console.wait(for: texts.joined(separator: ", ") + " after \(keys.debugDescription)") {
          screen in texts.allSatisfy { screen.contains($0) }
        }
      }

      func type(_ keys: String) {
        self.keys += keys.count
        console.type(keys)
      }

      /// Leaves once nothing waits to be sent.
      func leave() throws {
        try console.press("8", shows: "Everything is sent.", "live")
        console.type("q")
        #expect(try console.waitForExit() == 0)
        #expect(console.isGivenBack)
      }
    }

    private static let save = "\u{13}"

    @Test func `a coordinator is through with ten tickets after 23 keys`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed(scale: .demo)
      let mara = try Person("mara", home, at: sandbox.url)
      let (me, aiko) = (try sandbox.school.user("mara"), try sandbox.school.user("aiko"))
      try mara.press("3", shows: "Pressure ▾", "waiting ")
      mara.type("N")
      let ends: [(keys: String, status: String?, with: JSON)] = [
        ("w", "resolved", me), ("w", "resolved", me), ("+w", "resolved", me),
        ("mpend\r", "pending", me), ("aaiko\r", nil, aiko), ("w", "resolved", me),
        ("W", "closed", me), ("N", nil, me), ("w", "resolved", me), ("w", "resolved", me),
      ]
      var numbers = [""]
      for end in ends {
        numbers.append(try nextTicket(mara.console, after: numbers))
        mara.type(end.keys)
      }
      _ = try nextTicket(mara.console, after: numbers)
      #expect(mara.keys == 23)
      for (number, end) in zip(numbers.dropFirst(), ends) {
        try wait(for: "\(number) is not as \(end.keys) leaves it") {
          let row = try ticket(number, sandbox)
          return row["assignedTo"] == end.with
            && (end.status.map { row["status"]?.string == $0 } ?? true)
        }
      }
      try mara.leave()
      await sandbox.stop()
    }

    private func ticket(_ number: String, _ sandbox: Sandboxed) throws -> JSON {
      let rows = try sandbox.school.find("SupportTicket", where: ["ticketNumber": .string(number)])
      #expect(rows.count == 1)
      return try #require(rows.first)
    }

    /// The number of the ticket in triage, once it is another one and all around it is read.
    private func nextTicket(_ console: Console, after old: [String]) throws -> String {
      var number = ""
      try console.wait(for: "ticket after \(old.last ?? "")") { screen in
        let trail = screen.split(separator: "\n").dropFirst().first ?? ""
        number = trail.split(separator: " ").first { $0.hasPrefix("T-") }.map(String.init) ?? ""
        return !number.isEmpty && !old.contains(number) && screen.contains("After this")
      }
      return number
    }

    @Test func `a rep moves five deals, logs, plans, wins and loses with 56 keys`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed(scale: .demo)
      let before = try stages(sandbox)
      let kai = try Person("kai", home, at: sandbox.url)
      try kai.press("4", shows: "in lead")
      try kai.press("     ", shows: "5 marked")
      try kai.press("L", shows: "Move on 5 deals?")
      try kai.press("y", shows: "5 deals moved")
      try kai.press("AAgreed on a trial", shows: "Agreed on a trial")
      try kai.press(Self.save, shows: "activity Agreed on a trial created")
      try kai.press("tSend the offer\t+3d", shows: "in 3d")
      try kai.press(Self.save, shows: "activity Send the offer created")
      try kai.press("w", shows: " to won", " in won")
      try kai.press("h", shows: " in negotiation")
      try kai.press("W", shows: "Lost: ")
      try kai.press("price\r", shows: "lost, was")
      #expect(kai.keys == 56)

      var moves: [String: Int] = [:]
      try wait(for: "not all of it is on the server: \(moves)") {
        let after = try stages(sandbox)
        moves = [:]
        for (id, old) in before {
          guard let new = after[id], new != old else { continue }
          moves[["won", "lost"].contains(new) ? new : "\(old) to \(new)", default: 0] += 1
        }
        return moves == ["lead to qualified": 5, "won": 1, "lost": 1]
      }
      let call = try activity("Agreed on a trial", sandbox)
      let step = try activity("Send the offer", sandbox)
      #expect(call["type"]?.string == "call")
      #expect(call["completedAt"] != nil && step["completedAt"] == nil)
      #expect(step["dueDate"] != nil)
      #expect(call["relatedTo"] == step["relatedTo"])
      let lost = try sandbox.school.find("Deal", where: ["stage": "lost"])
      #expect(
        lost.contains {
          before[$0["objectId"]?.string ?? ""] != "lost"
            && $0["notes"]?.string?.hasPrefix("[lost] price") == true
        })
      try kai.leave()
      await sandbox.stop()
    }

    private func stages(_ sandbox: Sandboxed) throws -> [String: String] {
      Dictionary(
        try sandbox.school.find("Deal").map {
          ($0["objectId"]?.string ?? "", $0["stage"]?.string ?? "")
        }, uniquingKeysWith: { first, _ in first })
    }

    private func activity(_ subject: String, _ sandbox: Sandboxed) throws -> JSON {
      var rows: [JSON] = []
      try wait(for: "no activity \(subject) on the server") {
        rows = try sandbox.school.find("Activity", where: ["subject": .string(subject)])
        return !rows.isEmpty
      }
      #expect(rows.count == 1)
      return try #require(rows.first)
    }

    @Test func `an instructor has a ticket for each who failed the worst quiz after 22 keys`()
      async throws
    {
      let home = try Home()
      let sandbox = try await Sandboxed(scale: .demo)
      let lind = try Person("lind", home, at: sandbox.url)
      try lind.press("2", shows: "Latest attempts")
      try lind.press("\r", shows: "first try, n", "Attempts  ")
      try lind.press("p", shows: "Not passed  ")
      try lind.press("*", shows: " marked")
      try lind.press("t", shows: "New ticket for each of")
      let count = try #require(number(after: "for each of ", lind.console.glass.text))
      #expect(count > 1)
      try lind.press("Look at it again", shows: "Look at it again")
      try lind.press(Self.save, shows: "\(count) tickets created")
      #expect(lind.keys == 22)

      var tickets: [JSON] = []
      try wait(for: "the tickets do not arrive") {
        tickets = try sandbox.school.find(
          "SupportTicket", where: ["subject": "Look at it again"])
        return tickets.count >= count
      }
      #expect(tickets.count == count)
      let students = Set(tickets.compactMap { $0["student"]?["objectId"]?.string })
      #expect(students.count == count)
      #expect(tickets.allSatisfy { $0["ticketNumber"]?.string?.isEmpty == false })
      #expect(try failing(of: students, sandbox))
      try lind.leave()
      await sandbox.stop()
    }

    private func number(after words: String, _ screen: String) -> Int? {
      screen.range(of: words).flatMap { Int(screen[$0.upperBound...].prefix { $0.isNumber }) }
    }

    /// Whether one quiz of one course is failed by all of these students, whatever it is.
    private func failing(of students: Set<String>, _ sandbox: Sandboxed) throws -> Bool {
      let attempts = try sandbox.school.find("QuizAttempt")
      var best: [String: [String: Double]] = [:]
      for row in attempts {
        guard let student = row["student"]?["objectId"]?.string, students.contains(student),
          let course = row["course"]?["objectId"]?.string, let title = row["quizTitle"]?.string,
          let score = row["scorePercent"]?.double, row["status"]?.string != "voided"
        else { continue }
        let quiz = course + title.lowercased().filter { $0.isLetter || $0.isNumber }
        best[quiz, default: [:]][student] = max(best[quiz]?[student] ?? 0, score)
      }
      return best.values.contains { $0.count == students.count && $0.values.allSatisfy { $0 < 60 } }
    }
  }
}
