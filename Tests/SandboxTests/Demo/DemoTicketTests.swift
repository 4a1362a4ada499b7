import ParseCore
import Sandbox
import Testing

/// Spread and specimens of the ticket pane (reference/domain.md §1.3, §7.2).
struct DemoTicketTests {
  let demo = DemoTable.demo
  let tickets = DemoTable.demo.rows("SupportTicket")

  private var running: [ParseObject] {
    tickets.filter { ["new", "open", "waiting_on_vendor"].contains($0.text("status")) }
  }

  private func pressure(_ ticket: ParseObject) -> Double {
    let targets = ["urgent": 1.0, "high": 4, "low": 48]
    let hours = (demo.age(ticket, "lastMessageAt") ?? 0) * 24
    return hours / (targets[ticket.text("priority") ?? ""] ?? 24)
  }

  private func name(_ ticket: ParseObject) -> String {
    demo.target(ticket, "assignedTo")?.text("username") ?? ""
  }

  @Test func `numbers rise with the time of creation`() {
    let sorted = tickets.sorted {
      ($0.createdAt ?? demo.now, $0.text("ticketNumber") ?? "")
        < ($1.createdAt ?? demo.now, $1.text("ticketNumber") ?? "")
    }
    #expect(sorted.compactMap { $0.text("ticketNumber") } == (4405...4824).map { "T-\($0)" })
  }

  @Test func `priorities follow the design`() {
    let counts = Dictionary(grouping: tickets) { $0.text("priority") ?? "" }.mapValues(\.count)
    for (priority, percent) in [
      ("low", 10...20.0), ("normal", 50...66), ("high", 14...26), ("urgent", 3...10),
      ("P0", 0.2...2), ("Medium", 0.2...2),
    ] {
      let share = Double(counts[priority] ?? 0) / 4.2
      #expect(percent.contains(share), "\(priority): \(share)")
    }
  }

  @Test func `most old tickets are done, most of today's are not`() {
    let old = tickets.filter { (demo.age($0, "createdAt") ?? 0) > 7 }
    let done = old.count { ["resolved", "closed", "declined"].contains($0.text("status")) }
    #expect((76...92).contains(done * 100 / old.count))
    let fresh = tickets.filter { (demo.age($0, "createdAt") ?? 9) < 1 }
    #expect(fresh.count >= 5)
    #expect(fresh.contains { $0.text("status") == "new" })
    for status in ["new", "open", "pending", "resolved", "closed", "declined"] {
      #expect(tickets.contains { $0.text("status") == status }, "\(status)")
    }
    #expect(tickets.count { $0.text("status") == "waiting_on_vendor" } == 3)
  }

  @Test func `every state of the clock has tickets`() {
    let pressures = running.map(pressure)
    let late = pressures.count { $0 >= 1 }
    #expect((5...30).contains(late * 100 / running.count), "\(late) of \(running.count)")
    for (name, range) in [("ok", 0..<0.5), ("watch", 0.5..<0.75), ("due", 0.75..<1.0)] {
      #expect(pressures.contains { range.contains($0) }, "\(name)")
    }
    #expect(pressures.contains { $0 < 0 })
    let urgent = running.filter { $0.text("priority") == "urgent" && pressure($0) > 24 }
    #expect(urgent.count == 2)
    let quiet = tickets.filter {
      $0.text("status") == "pending" && (demo.age($0, "lastMessageAt") ?? 0) >= 7
    }
    #expect(quiet.count >= 3)
  }

  @Test func `no message is older than its ticket`() {
    #expect(
      tickets.allSatisfy { ($0.date("lastMessageAt") ?? demo.now) >= ($0.createdAt ?? demo.now) })
  }

  @Test func `a quarter is with the queue, one coordinator carries three loads`() {
    let counts = Dictionary(grouping: tickets, by: name).mapValues(\.count)
    #expect((19...33).contains((counts["triage"] ?? 0) * 100 / 420))
    let others = Double((counts["mara"] ?? 0) + (counts["aiko"] ?? 0)) / 2
    #expect((2.2...4).contains(Double(counts["jonas"] ?? 0) / others))
    #expect(["lind", "osei", "varga", "brandt"].contains { (counts[$0] ?? 0) > 0 })
    #expect(counts[""] == 2)
  }

  @Test func `three learners write again and again`() {
    let recent = tickets.filter { (demo.age($0, "createdAt") ?? 99) <= 30 }
    let counts = Dictionary(grouping: recent) { $0.id("student") ?? "" }.values.map(\.count)
    #expect(counts.count { $0 >= 5 } >= 3)
    #expect(counts.count { $0 >= 5 } < 12)
  }

  @Test func `tickets come by day and not at night`() {
    let hours = tickets.compactMap { row in
      row.createdAt.map { ($0.milliseconds / 3_600_000) % 24 }
    }
    #expect(hours.count { $0 < 6 } < 42)
    let weekdays = tickets.compactMap { row in
      row.createdAt.map { ($0.milliseconds / 86_400_000 + 4) % 7 }
    }
    #expect(weekdays.count { $0 == 0 } * 2 < weekdays.count { $0 == 1 })
  }

  @Test func `odd subjects are on tickets that are done`() {
    let odd = tickets.filter { row in
      (row.text("subject") ?? "").unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E }
    }
    #expect(odd.count >= 4)
    #expect(odd.allSatisfy { $0.text("status") == "closed" })
    #expect(!tickets.contains { ($0.text("subject") ?? "{").contains("{") })
  }
}
