import ParseCore
import Sandbox
import Testing

/// Spread and specimens of the pipeline, people and activity panes (reference/domain.md §1.4, §1.5,
/// §7.2).
struct DemoSalesTests {
  let demo = DemoTable.demo
  let deals = DemoTable.demo.rows("Deal")
  let activities = DemoTable.demo.rows("Activity")

  private var open: [ParseObject] {
    deals.filter { !["won", "lost"].contains($0.text("stage")) }
  }

  private func of(_ deal: ParseObject) -> [ParseObject] {
    activities.filter { $0.id("relatedTo") == deal.objectId }
  }

  private func restDays(_ deal: ParseObject) -> Double {
    ["lead": 7.0, "qualified": 14, "proposal": 21, "negotiation": 10][deal.text("stage") ?? ""]
      ?? .infinity
  }

  /// Days since the newest of the deal's own change and its activities'.
  private func untouched(_ deal: ParseObject) -> Double {
    let own = demo.age(deal, "updatedAt") ?? 0
    let steps = of(deal).flatMap { [demo.age($0, "createdAt"), demo.age($0, "completedAt")] }
    return ([own] + steps.compactMap { $0 }).min() ?? own
  }

  private func isLate(_ activity: ParseObject) -> Bool {
    activity["completedAt"] == nil && (demo.age(activity, "dueDate") ?? 0) > 1
  }

  private func isPlanned(_ activity: ParseObject) -> Bool {
    activity["completedAt"] == nil && (demo.age(activity, "dueDate") ?? 9) <= 1
  }

  @Test func `stages follow the design`() {
    let counts = Dictionary(grouping: deals) { $0.text("stage") ?? "" }.mapValues(\.count)
    for (stage, percent) in [
      ("lead", 19...33.0), ("qualified", 13...25), ("proposal", 9...21), ("negotiation", 5...14),
      ("won", 12...24), ("lost", 7...17), ("Verbal yes", 0.3...3), ("", 0.3...1),
    ] {
      let share = Double(counts[stage] ?? 0) / 2.6
      #expect(percent.contains(share), "\(stage): \(share)")
    }
  }

  @Test func `amounts are of a school's size, with odd ones`() {
    let amounts = deals.compactMap { $0.number("amount") }
    #expect((3...12).contains((deals.count - amounts.count) * 100 / deals.count))
    let sorted = amounts.sorted()
    #expect((5000...13_000).contains(sorted[sorted.count / 2]))
    for odd in [1e12, 2_750_000, 0.5, 0.1 + 0.2, -1200, 0] { #expect(amounts.contains(odd)) }
    let plain = open.compactMap { $0.number("amount") }.filter { $0 < 1_000_000 }
    #expect(plain.reduce(0, +) < 5_000_000)
  }

  @Test func `close dates come in the four ways clients store a day`() {
    let milliseconds = deals.compactMap { $0.date("expectedCloseDate")?.milliseconds }
    let parts = milliseconds.map { (($0 % 86_400_000) + 86_400_000) % 86_400_000 / 3_600_000 }
    let whole = milliseconds.filter { $0 % 3_600_000 == 0 }.count
    #expect(whole < milliseconds.count)
    for hour in [0, 12, 23] as [Int64] { #expect(parts.count { $0 == hour } > 10, "\(hour)") }
    let none = open.count { $0["expectedCloseDate"] == nil }
    #expect((4...15).contains(none * 100 / open.count))
    let past = open.count { (demo.age($0, "expectedCloseDate") ?? 0) > 1 }
    #expect((7...20).contains(past * 100 / open.count))
  }

  @Test func `every flag of a deal has specimens, and most deals are without it`() {
    let flags: [(String, ClosedRange<Int>, (ParseObject) -> Bool)] = [
      ("overdue close", 10...50, { (demo.age($0, "expectedCloseDate") ?? 0) > 1 }),
      ("no next step", 20...70, { deal in !of(deal).contains { isLate($0) || isPlanned($0) } }),
      ("late step", 15...60, { deal in of(deal).contains(where: isLate) }),
      ("planned step", 80...140, { deal in of(deal).contains(where: isPlanned) }),
      (
        "rotting", 15...60,
        { deal in
          untouched(deal) > restDays(deal) && !of(deal).contains(where: isPlanned)
        }
      ),
      (
        "rotting but planned", 6...40,
        { deal in
          untouched(deal) > restDays(deal) && of(deal).contains(where: isPlanned)
        }
      ),
      ("no amount", 4...30, { $0["amount"] == nil }),
      ("no close date", 5...30, { $0["expectedCloseDate"] == nil }),
      ("nobody", 2...16, { $0["company"] == nil && $0["contact"] == nil }),
      ("closes far ahead", 1...2, { (demo.age($0, "expectedCloseDate") ?? 0) < -730 }),
      ("closed a year ago", 1...2, { (demo.age($0, "expectedCloseDate") ?? 0) > 365 }),
      ("owner missing", 1...1, { $0["assignedTo"] == nil }),
      ("owner gone", 1...1, { demo.target($0, "assignedTo") == nil && $0["assignedTo"] != nil }),
    ]
    for (name, range, test) in flags {
      let count = open.count(where: test)
      #expect(range.contains(count), "\(name): \(count) of \(open.count)")
    }
    let ahead = deals.filter {
      $0.text("stage") == "won" && (demo.age($0, "expectedCloseDate") ?? 0) < -20
    }
    #expect(ahead.count == 1)
    #expect(deals.contains { ($0.text("notes") ?? "").hasPrefix("[lost] price: ") })
  }

  @Test func `every rep wins some and loses some`() {
    for rep in demo.rows("_User").filter({ $0.text("role") == "sales" }) {
      let own = deals.filter { $0.id("assignedTo") == rep.objectId }
      #expect(own.contains { $0.text("stage") == "won" })
      #expect(own.contains { $0.text("stage") == "lost" })
      #expect(own.count > 25)
    }
  }

  @Test func `activities follow the design`() {
    let types = Dictionary(grouping: activities) { $0.text("type") ?? "" }.mapValues(\.count)
    for (type, percent) in [
      ("call", 30...46.0), ("email", 20...34), ("meeting", 10...22), ("note", 10...26),
      ("WhatsApp", 1...6), ("task", 0.1...1), ("", 0.1...1),
    ] {
      let share = Double(types[type] ?? 0) / 9
      #expect(percent.contains(share), "\(type): \(share)")
    }
    #expect((5...16).contains(activities.count(where: isLate) * 100 / 900))
    #expect((8...20).contains(activities.count { $0["dueDate"] == nil } * 100 / 900))
    let contacts = activities.count { Pointer($0["relatedTo"])?.className == "Contact" }
    #expect((12...18).contains(contacts * 100 / 900))
    let early = activities.count { row in
      guard let due = row.date("dueDate"), let done = row.date("completedAt") else { return false }
      return done < due
    }
    #expect((25...55).contains(early * 100 / 900))
    #expect(activities.count { $0["relatedTo"] == nil } == 2)
    #expect(activities.contains { (demo.age($0, "completedAt") ?? 0) < 0 })
    #expect(activities.contains { $0["completedAt"] == nil && $0["dueDate"] == nil })
    #expect(
      activities.contains {
        $0["completedAt"] == nil && $0.date("dueDate")?.iso.prefix(10) == demo.now.iso.prefix(10)
      })
  }

  @Test func `contacts have twins, gaps and long notes`() {
    let contacts = demo.rows("Contact")
    let mails = Dictionary(grouping: contacts.compactMap { $0.text("email") }) { $0 }
    #expect(mails.values.count { $0.count == 2 } == 4)
    #expect((3...10).contains(contacts.count { $0["company"] == nil } * 100 / 180))
    #expect(contacts.contains { $0["email"] == nil && $0["phone"] == nil })
    #expect(contacts.contains { $0["email"] == nil } && contacts.contains { $0["phone"] == nil })
    let folded = Dictionary(grouping: contacts) {
      (($0.text("name") ?? "").lowercased()) + ($0.id("company") ?? "")
    }
    #expect(folded.values.contains { $0.count == 2 })
    let people = Dictionary(grouping: contacts) { $0.id("company") ?? "" }
    #expect(people.allSatisfy { $0.key.isEmpty || $0.value.count <= 10 })
    let notes = demo.data.objects.compactMap { $0.text("notes") }
    #expect(notes.contains { $0.contains("\t") && $0.contains("https://") })
    #expect(notes.allSatisfy { $0.utf8.count < 4200 })
  }

  @Test func `companies lack contacts, deals and sites, some are customers`() {
    let companies = demo.rows("Company")
    let known = Set(demo.rows("Contact").compactMap { $0.id("company") })
    let dealing = Set(deals.compactMap { $0.id("company") })
    let customers = Set(
      deals.filter { $0.text("stage") == "won" }.compactMap { $0.id("company") })
    func missing(_ set: Set<String>) -> Int {
      companies.count { !set.contains($0.objectId ?? "") }
    }
    #expect((3...30).contains(missing(known)))
    #expect((3...30).contains(missing(dealing)))
    #expect((10...50).contains(customers.count))
    #expect(companies.contains { $0["website"] == nil })
    #expect(companies.contains { $0.text("website")?.hasPrefix("https://") == false })
    let hosts = Dictionary(grouping: companies.compactMap { $0.text("website") }) {
      $0.split(separator: "/").last ?? ""
    }
    #expect(hosts.values.contains { $0.count == 2 })
  }
}
