import CRM
import ParseCore
import Testing

extension Formula {
  private static func school(_ add: (inout School) -> Void) -> School {
    var school = PipelineTests.school()
    add(&school)
    return school
  }

  private static func answer(_ add: (inout School) -> Void) -> PipelineAnswer {
    school(add).pipeline(ListRequest(), look(as: "kai", .sales))
  }

  private static func row(_ add: (inout School) -> Void) throws -> DealRow {
    let all = ListRequest(view: "all")
    let closed = ListRequest(view: "closed")
    let school = school(add)
    let rows = [all, closed].flatMap { school.pipeline($0, look()).list.rows }
    return try #require(rows.first)
  }

  private static func deal(
    _ stage: String = "lead", _ amount: JSON? = 1000, close: String? = "2026-12-10",
    touched: ParseDate = ago(days: 1), id: String = "d"
  ) -> (inout School) -> Void {
    { PipelineTests.deal(&$0, id, stage, amount: amount, close: close, touched: touched) }
  }

  private static func deals(_ stages: [(String, JSON?)]) -> (inout School) -> Void {
    { school in
      for (place, (stage, amount)) in stages.enumerated() {
        deal(stage, amount, id: "d\(place)")(&school)
      }
    }
  }

  private static func days(due: [String?], done: ParseDate? = nil) throws -> NextStep {
    try row { school in
      deal()(&school)
      for due in due { PipelineTests.step(&school, "d", due: due, done: done) }
    }.nextStep
  }

  private static func late(_ step: NextStep) -> Double? {
    switch step {
    case .late(_, let days): Double(-days)
    case .today: 0
    case .planned(_, let days): Double(days)
    case .undated, .none: nil
    }
  }

  private static func bucket(_ bucket: ForecastRow.Bucket, _ stage: String, close: String?)
    -> Double?
  {
    answer(deal(stage, close: close)).forecast.first { $0.bucket == bucket }.map {
      $0.sum + $0.wonSum
    }
  }

  static let deals: [Formula] = [
    Formula("5.4 amount sum", "of nothing is zero", 0) { answer { _ in }.summary.sum },
    Formula("5.4 amount sum", "missing is not zero, negative is kept", 500) {
      answer(deals([("lead", 800), ("lead", nil), ("qualified", -300)])).summary.sum
    },
    Formula("5.4 amount sum", "without an amount", 1) {
      Double(answer(deals([("lead", 800), ("lead", nil)])).summary.withoutAmount)
    },
    Formula("5.4 amount sum", "above 2^53 is in no sum", 800) {
      answer(deals([("lead", 800), ("lead", .init(1e16))])).summary.sum
    },
    Formula("5.4 weighted", "10, 25, 50 and 80 %", 1650) {
      answer(
        deals([("lead", 1000), ("qualified", 1000), ("proposal", 1000), ("negotiation", 1000)])
      ).summary.weighted
    },
    Formula("5.4 weighted", "an unknown stage is in none", 100) {
      answer(deals([("lead", 1000), ("Verbal yes", 700)])).summary.weighted
    },
    Formula("5.4 weighted", "and is counted as unweighted", 1) {
      Double(
        answer(deals([("lead", 1000), ("Verbal yes", 700), ("?", nil)])).summary.unweighted)
    },
    Formula("5.4 weighted", "won is whole", 1000) { try row(deal("won")).weighted },
    Formula("5.4 weighted", "lost is nothing", 0) { try row(deal("lost")).weighted },
    Formula("5.4 weighted", "no amount", nil) { try row(deal("lead", nil)).weighted },
    Formula("5.4 rot days", "lead, 9 of 7", 2) {
      try row(deal(touched: ago(days: 9))).rotDays.map(Double.init)
    },
    Formula("5.4 rot days", "proposal, 9 of 21", -12) {
      try row(deal("proposal", touched: ago(days: 9))).rotDays.map(Double.init)
    },
    Formula("5.4 rot days", "touched ahead of now", -7) {
      try row(deal(touched: ago(days: -9))).rotDays.map(Double.init)
    },
    Formula("5.4 rot days", "won", nil) { try row(deal("won")).rotDays.map(Double.init) },
    Formula("5.4 next activity", "the earliest of three", -2) {
      late(
        try days(due: ["2026-11-25T12:00:00.000Z", "2026-11-18T12:00:00.000Z", nil]))
    },
    Formula("5.4 next activity", "none", nil) { late(try days(due: [])) },
    Formula("5.4 next activity", "a done one is none", nil) {
      late(try days(due: ["2026-11-25T12:00:00.000Z"], done: ago(days: 1)))
    },
    Formula("5.4 activity state", "due today", 0) {
      late(try days(due: ["2026-11-20T12:00:00.000Z"]))
    },
    Formula("5.4 activity state", "due in five days", 5) {
      late(try days(due: ["2026-11-25T12:00:00.000Z"]))
    },
    Formula("5.4 activity state", "no day", nil) { late(try days(due: [nil])) },
    Formula("5.4 age", "open: 200 d to now", 200) { try row(deal()).age(at: now) },
    Formula("5.4 age", "won: to its last change", 190) {
      try row(deal("won", touched: ago(days: 10))).age(at: now)
    },
  ]

  static let pipeline: [Formula] = [
    Formula("5.4 forecast", "open before today is overdue", 1000) {
      bucket(.overdue, "lead", close: "2026-11-19")
    },
    Formula("5.4 forecast", "open today is this month", 1000) {
      bucket(.month(year: 2026, month: 11), "lead", close: "2026-11-20")
    },
    Formula("5.4 forecast", "no date is a bucket of its own", 1000) {
      bucket(.noDate, "lead", close: nil)
    },
    Formula("5.4 forecast", "half a year ahead is later", 1000) {
      bucket(.later, "lead", close: "2027-05-01")
    },
    Formula("5.4 forecast", "won by its close month", 1000) {
      bucket(.month(year: 2026, month: 11), "won", close: "2026-11-02")
    },
    Formula("5.4 forecast", "won without date by its last change", 1000) {
      bucket(.month(year: 2026, month: 11), "won", close: nil)
    },
    Formula("5.4 forecast", "lost is in none", nil) {
      bucket(.noDate, "lost", close: nil)
    },
    Formula("5.4 win rate", "one of three", 1.0 / 3) {
      answer(deals([("won", 300), ("lost", 100), ("lost", 200)])).summary.winRate
    },
    Formula("5.4 win rate", "by amount", 0.5) {
      answer(deals([("won", 300), ("lost", 100), ("lost", 200)])).summary.winRateByAmount
    },
    Formula("5.4 win rate", "nothing closed", nil) { answer(deal()).summary.winRate },
    Formula("5.4 win rate", "the quarter before does not count", nil) {
      answer(deal("won", touched: instant("2026-09-30T12:00:00.000Z"))).summary.winRate
    },
    // Two open × 1 of 2 × 300 ÷ 199 days.
    Formula("5.4 velocity", "two open, one won, one lost", 300.0 / 199) {
      answer(deals([("lead", 1), ("lead", 1), ("won", 300), ("lost", 1)])).summary.velocity
    },
    Formula("5.4 velocity", "nothing won", nil) {
      answer(deals([("lead", 1), ("lost", 300)])).summary.velocity
    },
    Formula("5.4 velocity", "won without an amount", nil) {
      answer(deals([("lead", 1), ("won", nil)])).summary.velocity
    },
    Formula("5.4 funnel", "two leads of four, lost and unknown apart", 0.5) {
      answer(deals([("lead", 1), ("lead", nil), ("won", 1), ("lost", 1), ("odd", 1)]))
        .summary.funnel.first
    },
    Formula("5.4 funnel", "no deals", nil) { answer { _ in }.summary.funnel.first },
  ]
}
