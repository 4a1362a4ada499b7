import Glibc
import ParseCore

extension DemoWorld {
  static let stages = ["lead", "qualified", "proposal", "negotiation", "won", "lost"]

  /// Days a deal may rest in a stage (reference/domain.md §1.4).
  static func restDays(_ stage: String) -> Double {
    switch stage {
    case "lead": 7
    case "proposal": 21
    case "negotiation": 10
    default: 14
    }
  }

  /// A rep's share of the deals, share of the won ones, and tidiness.
  private static let reps: [(share: Double, won: Double, isTidy: Bool)] = [
    (26, 32, true), (29, 30, true), (21, 15, false), (24, 20, false),
  ]

  mutating func makeDeals() {
    let sales = users(as: "sales")
    var byCompany: [[Int]] = Array(repeating: [], count: companies.count)
    for index in contacts.indices {
      if let company = contacts[index].company { byCompany[company].append(index) }
    }
    let choice = WeightedIndex(
      companies.indices.map { companies[$0].website.isEmpty || $0 % 11 == 10 ? 0 : 1 })
    let sellers = WeightedIndex(sales.indices.map { Self.reps[$0 % 4].share })
    let winners = WeightedIndex(sales.indices.map { Self.reps[$0 % 4].won })
    var quota: [String] = []
    for (stage, share) in zip(Self.stages, [26.0, 19, 15, 9, 18, 12]) {
      quota += Array(repeating: stage, count: Int(Double(sizes.deals) * share / 100))
    }
    while quota.count < sizes.deals { quota.append(quota.count % 3 == 0 ? "Verbal yes" : "lead") }
    quota.shuffle(using: &random)
    for (index, stage) in quota.enumerated() {
      let rep = (stage == "won" ? winners : sellers).draw(&random)
      let company = random.chance(0.975) ? choice.draw(&random) : nil
      let people = company.map { byCompany[$0] } ?? []
      let contact = people.isEmpty || random.chance(0.1) ? nil : random.pick(people)
      addDeal(
        title: title(index), stage: stage, company: company, contact: contact,
        owner: sales[rep], isTidy: Self.reps[rep % 4].isTidy)
    }
  }

  /// The first deals take the titles in their order, the others draw. With the title comes the
  /// middle of its amounts, where that is not the usual one.
  private mutating func title(_ index: Int) -> (text: String, amount: Double?) {
    let lines = words.lines("deals")
    let line = index < lines.count ? lines[index] : random.pick(lines)
    let year = ParseDate.civil(day: today.dayNumber + 120).year
    return (
      Self.fill(line[0], ["{year}": String(year)]), line.count > 1 ? Double(line[1]) : nil
    )
  }

  private mutating func addDeal(
    title: (text: String, amount: Double?), stage: String, company: Int?, contact: Int?, owner: Int,
    isTidy: Bool
  ) {
    let isClosed = stage == "won" || stage == "lost"
    let touched = isClosed ? closedAge() : touchAge(stage, isTidy: isTidy)
    let life = isClosed ? random.between(14, 130) : random.between(2, 110)
    let updated = now.ago(days: touched)
    var notes = random.chance(0.3) ? note() : ""
    if stage == "lost", random.chance(0.85), let line = lostLine() {
      notes = notes.isEmpty ? line : line + "\n" + notes
    }
    deals.append(
      DemoDeal(
        id: random.id(), title: title.text, stage: stage,
        amount: amount(stage, usual: title.amount), company: company,
        contact: contact,
        close: isClosed ? storedDay(updated.adding(days: random.between(-6, 6))) : closeDate(),
        notes: notes, owner: .row(owner), created: updated.ago(days: life), updated: updated))
  }

  /// Closed over twelve months, a third more often in the last quarter of a year.
  private mutating func closedAge() -> Double {
    while true {
      let days = random.between(0.3, 365)
      let month = ParseDate.civil(day: now.ago(days: days).dayNumber).month
      if month >= 10 || random.chance(0.77) { return days }
    }
  }

  /// 28 % have rested longer than their stage allows; untidy reps more often.
  private mutating func touchAge(_ stage: String, isTidy: Bool) -> Double {
    let rest = Self.restDays(stage)
    if random.chance(isTidy ? 0.2 : 0.38) { return rest * random.between(1.1, 3) }
    return min(random.exponential(mean: isTidy ? 7 : 25), rest * random.between(0.5, 0.95))
  }

  private mutating func lostLine() -> String? {
    let lines = words.lines("lost-reasons")
    guard !lines.isEmpty else { return nil }
    let line = random.pick(lines)
    return "[lost] \(line[0]): \(line[1])"
  }

  private mutating func amount(_ stage: String, usual: Double?) -> Double? {
    if random.chance(0.07) { return nil }
    if random.chance(0.01) { return 0 }
    let factors = ["lead": 0.8, "qualified": 0.95, "proposal": 1.1, "negotiation": 1.3]
    let factor = factors[stage] ?? 1
    let value =
      usual.map { random.logNormal(median: $0, sigma: 0.35) }
      ?? random.logNormal(median: 8400, sigma: 1.05) * factor
    let step = value < 5000 ? 50.0 : value < 100_000 ? 500 : 5000
    return max(step, (value / step).rounded() * step)
  }

  /// 13 % in the past, 9 % none, the others ahead, three in ten of them on the last day of a month.
  private mutating func closeDate() -> ParseDate? {
    let draw = random.unit()
    if draw < 0.09 { return nil }
    if draw < 0.22 { return storedDay(now.ago(days: random.between(1, 45))) }
    let day = now.adding(days: 1 + random.gamma2(scale: 24))
    guard random.chance(0.3) else { return storedDay(day) }
    let civil = ParseDate.civil(day: day.dayNumber)
    let last = ParseDate.dayNumber(
      year: civil.year, month: civil.month,
      day: ParseDate.days(inMonth: civil.month, of: civil.year))
    return storedDay(ParseDate(dayNumber: last))
  }

  /// The four ways clients store a day: midnight UTC, noon UTC, local midnight east of Greenwich,
  /// and with the time of the click.
  mutating func storedDay(_ date: ParseDate) -> ParseDate {
    let day = date.dayNumber
    switch random.index(of: [25, 45, 18, 12]) {
    case 0: return ParseDate(dayNumber: day)
    case 1: return ParseDate(dayNumber: day, hour: 12)
    case 2: return ParseDate(dayNumber: day - 1, hour: 23)
    default: return ParseDate(dayNumber: day, hour: random.between(7, 19))
    }
  }
}
