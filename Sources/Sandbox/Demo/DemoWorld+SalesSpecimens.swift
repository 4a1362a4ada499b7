import ParseCore

/// Rows for the flags of the pipeline, people and activity panes (reference/domain.md §1.4, §1.5)
/// that chance may leave out. Big and odd amounts sit on old or small rows, so that totals stay
/// readable.
extension DemoWorld {
  mutating func addSalesSpecimens() {
    bendOldDeals()
    bendOpenDeals()
    bendContacts()
    bendActivities()
  }

  private mutating func bendOldDeals() {
    let lost = deals.indices.filter { deals[$0].stage == "lost" }
      .sorted { (deals[$0].updated, $0) < (deals[$1].updated, $1) }
    let won = deals.indices.filter { deals[$0].stage == "won" }
      .sorted { (deals[$0].updated, $0) < (deals[$1].updated, $1) }
    guard lost.count > 12, won.count > 8 else { return }
    deals[lost[0]].amount = 1e12
    deals[lost[0]].title = "Whole planet licence (typing error)"
    deals[lost[1]].amount = 0.5
    deals[lost[2]].amount = 0.1 + 0.2
    deals[lost[3]].close = fixedDay(ParseDate(milliseconds: 0))
    deals[lost[4]].close = fixedDay(
      ParseDate(dayNumber: ParseDate.dayNumber(year: 2024, month: 2, day: 29), hour: 12))
    for (index, title) in zip(
      lost.dropFirst(5), ["=SUM(A1:A9)", "\u{1B}[31mred\u{1B}[0m offer", "<b>%s</b>'; DROP"])
    {
      deals[index].title = title
    }
    deals[won[0]].amount = -1200
    deals[won[0]].title = "Credit for cancelled seats"
    deals[won[1]].close = now.adding(days: 40)
    deals[lost[9]].close = now.adding(days: 25)
    deals[lost[10]].owner = .gone
  }

  private mutating func bendOpenDeals() {
    let open = deals.indices.filter { deals[$0].isOpen }
      .sorted { ((deals[$0].amount ?? 0), $0) < ((deals[$1].amount ?? 0), $1) }
    let leads = open.filter { deals[$0].stage == "lead" }
    guard leads.count > 20 else { return }
    // Large, but a lead: a tenth of it counts.
    deals[leads[leads.count - 1]].amount = 2_750_000
    deals[leads[leads.count - 1]].title = "Ministry frame, all schools"
    for index in [leads[12], leads[14]] {
      deals[index].company = nil
      deals[index].contact = nil
    }
    deals[leads[13]].close = fixedDay(
      ParseDate(dayNumber: ParseDate.dayNumber(year: 2099, month: 12, day: 31)))
    deals[leads[15]].close = now.ago(days: 400)
    deals[leads[16]].owner = nil
    deals[leads[17]].owner = .gone
    deals[leads[18]].stage = ""
    deals[leads[19]].amount = 0
    if !deals.contains(where: { $0.stage == "Verbal yes" }) {
      deals[leads[10]].stage = "Verbal yes"
    }
    settleOwners()
  }

  /// Activities of a deal are seen by its owner; a deal that lost its owner keeps those of the
  /// creator.
  private mutating func settleOwners() {
    let negotiation = deals.indices.filter { deals[$0].stage == "negotiation" }
    guard negotiation.count > 2 else { return }
    deals[negotiation[1]].close = storedDay(now.ago(days: 2))
    deals[negotiation[2]].close = nil
  }

  /// Four pairs with one address, one of them also one folded name and company; a pair that differs
  /// only in script; names that are hard to fold.
  private mutating func bendContacts() {
    let reachable = contacts.indices.filter {
      !contacts[$0].email.isEmpty && contacts[$0].company != nil
    }
    guard reachable.count > 40 else { return }
    for pair in 0..<4 {
      let (kept, twin) = (reachable[10 + pair], reachable[20 + pair])
      contacts[twin].email = contacts[kept].email
      if pair == 0 {
        contacts[twin].name = contacts[kept].name.uppercased()
        contacts[twin].company = contacts[kept].company
      }
    }
    contacts[reachable[30]].name = "Anna Petrova"
    contacts[reachable[30]].email = "anna.petrova@example.com"
    contacts[reachable[31]].email = "a.petrova@example.com"
    contacts[reachable[31]].name = "\u{0410}nna \u{0420}etrova"
    contacts[reachable[31]].company = contacts[reachable[30]].company
    contacts[reachable[32]].name = "Zoë O’Brine"
    contacts[reachable[32]].email = Self.learnerEmail
    contacts[reachable[33]].email =
      String(repeating: "very.long.address.", count: 5) + "indeed@mail.example.com"
    contacts[reachable[34]].name = "Kerstin Aalto"
  }

  private mutating func bendActivities() {
    let old = activities.indices.filter { index in
      activities[index].completed.map { $0 < now.ago(days: 30) } ?? false
    }
    guard old.count > 60 else { return }
    for index in old[0..<2] { activities[index].related = .deal(.gone) }
    for index in old[2..<4] { activities[index].related = .contact(.gone) }
    for index in old[4..<6] { activities[index].related = nil }
    activities[old[6]].completed = now.adding(days: 3)
    activities[old[7]].type = ""
    activities[old[8]].due = fixedDay(ParseDate(milliseconds: 0))
    let change = fixedDay(ParseDate.lastClockChange(before: today))
    activities[old[9]].due = ParseDate(milliseconds: change.milliseconds + 30 * 60_000)
    activities[old[10]].due = ParseDate(milliseconds: change.milliseconds - 1)
    activities[old[11]].type = "task"
    activities[old[12]].subject = "Zero\u{200B}width and \u{202E}override\u{202C}"
    activities[old[13]].subject = "Two lines\r\nand a\ttab"
    let noteless = activities.indices.filter { activities[$0].completed == nil }
    for index in noteless.suffix(6) { activities[index].due = nil }
  }
}
