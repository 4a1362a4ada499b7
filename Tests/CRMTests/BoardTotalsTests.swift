import TestRandom
import CRM
import ParseCore
import Testing

/// The numbers of the board against sums over the same rows, made beside the school and without
/// its help.
struct BoardTotalsTests {
  private struct Made {
    let stage: String?
    /// A multiple of a half, so that sums of thousands are exact in any order.
    let amount: Double?
    let owner: String?
    let touched: ParseDate

    var isOpen: Bool { stage != "won" && stage != "lost" }
    var chance: Double? {
      switch stage {
      case "lead": 0.1
      case "qualified": 0.25
      case "proposal": 0.5
      case "negotiation": 0.8
      default: nil
      }
    }
    /// The day `now` of these tests is in the quarter from 1 October on.
    var isThisQuarter: Bool { touched >= instant("2026-10-01T00:00:00.000Z") }
  }

  private static let stages: [String?] = [
    "lead", "qualified", "proposal", "negotiation", "won", "lost", "Verbal yes", nil,
  ]

  private static func made(_ count: Int, _ dice: inout SplitMix) -> [Made] {
    (0..<count).map { _ in
      let halves = Double(Int.random(in: -2000...4_000_000, using: &dice)) / 2
      return Made(
        stage: dice.pick(stages), amount: dice.pick([nil, 0, halves, halves, halves]),
        owner: dice.pick([nil, "kai", "lee", "gone"]),
        touched: ago(hours: Int.random(in: 0...3000, using: &dice)))
    }
  }

  private static func school(_ made: [Made], _ dice: inout SplitMix) -> School {
    var school = School.whole()
    for user in ["kai", "lee"] { school.put(.user, user, ["username": .string(user)]) }
    for (place, deal) in made.enumerated() {
      var fields: JSONObject = ["title": .string("deal \(place)")]
      fields["stage"] = deal.stage.map(JSON.string)
      fields["amount"] = deal.amount.map { JSON($0) }
      fields["assignedTo"] = deal.owner.map { .to(.user, $0) }
      let close = now.advanced(bySeconds: Int.random(in: -9000...9000, using: &dice) * 3600)
      if dice.pick([true, true, true, false]) { fields["expectedCloseDate"] = close.json }
      school.put(.deal, "d\(place)", updated: deal.touched, fields)
    }
    return school
  }

  private static func sum(_ deals: [Made]) -> Double { deals.reduce(0) { $0 + ($1.amount ?? 0) } }

  private static func weighted(_ deals: [Made]) -> Double {
    deals.reduce(0) { $0 + ($1.amount ?? 0) * ($1.chance ?? 0) }
  }

  private func isClose(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= 1e-9 * max(1, abs(other))
  }

  @Test(arguments: [0, 1, 2, 5, 30, 1000].flatMap { count in (1...4).map { (count, $0) } })
  func `totals are the sums of their rows`(count: Int, seed: UInt64) {
    var dice = SplitMix(seed)
    let made = Self.made(count, &dice)
    let answer = Self.school(made, &dice).pipeline(ListRequest(), look(as: "kai", .sales))
    let open = made.filter(\.isOpen)
    let won = made.filter { $0.stage == "won" && $0.isThisQuarter }
    let lost = made.filter { $0.stage == "lost" && $0.isThisQuarter }

    #expect(answer.summary.all == count)
    #expect(answer.summary.open == open.count)
    #expect(answer.summary.sum == Self.sum(open))
    #expect(isClose(answer.summary.weighted, Self.weighted(open)))
    #expect(answer.summary.withoutAmount == open.count { $0.amount == nil })
    #expect(answer.summary.unweighted == open.count { $0.amount != nil && $0.chance == nil })
    #expect(answer.summary.wonSum == Self.sum(won))
    #expect(answer.summary.wonThisQuarter == won.count)
    #expect(answer.summary.closedThisQuarter == won.count + lost.count)

    #expect(answer.forecast.reduce(0) { $0 + $1.deals } == open.count)
    #expect(answer.forecast.reduce(0) { $0 + $1.sum } == Self.sum(open))
    #expect(isClose(answer.forecast.reduce(0) { $0 + $1.weighted }, Self.weighted(open)))
    #expect(answer.owners.reduce(0) { $0 + $1.deals } == open.count)
    #expect(answer.owners.reduce(0) { $0 + $1.sum } == Self.sum(open))
    #expect(isClose(answer.owners.reduce(0) { $0 + $1.weighted }, Self.weighted(open)))
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `each lane sums its own stage`(seed: UInt64) {
    var dice = SplitMix(seed)
    let made = Self.made(400, &dice)
    let answer = Self.school(made, &dice).pipeline(ListRequest(), look(as: "kai", .sales))
    for lane in answer.lanes {
      let stage = lane.stage.word?.rawValue
      let all = made.filter {
        stage == nil ? $0.stage == nil || $0.stage == "Verbal yes" : $0.stage == stage
      }
      let own = all.filter { $0.isOpen || $0.isThisQuarter }
      #expect(lane.count == own.count, "\(lane.title)")
      #expect(lane.sum == Self.sum(own), "\(lane.title)")
      #expect(lane.withoutAmount == own.count { $0.amount == nil }, "\(lane.title)")
      #expect(lane.older == all.count - own.count, "\(lane.title)")
      #expect(lane.cards.reduce(0) { $0 + ($1.amount ?? 0) } == lane.sum, "\(lane.title)")
      if stage != "won", stage != "lost" {
        #expect(isClose(lane.weighted, Self.weighted(own)), "\(lane.title)")
      }
    }
    #expect(answer.lanes.reduce(0) { $0 + $1.count + $1.older } == made.count)
  }
}

extension SplitMix {
  fileprivate mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
}
