import CRM
import Testing

struct WordingTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (3400, "3 400"), (1_234_567, "1 234 567"), (-1470, "−1 470"),
  ])
  func `counts are grouped by blanks`(value: Int, words: String) {
    #expect(Wording.count(value) == words)
  }

  @Test(
    arguments: [
      (nil, "-"), (0, "0"), (950, "950"), (999.6, "1k"), (1000, "1k"), (9800, "9.8k"),
      (9960, "10k"), (64_400, "64k"), (484_688, "485k"), (999_600, "1M"), (1_234_567, "1.2M"),
      (5.6e9, "5.6B"), (2e13, "20 000B"), (-1470, "−1.5k"), (.infinity, "-"),
    ] as [(Double?, String)])
  func `compact sums have at most three digits`(value: Double?, words: String) {
    #expect(Wording.compact(value) == words)
  }

  @Test(arguments: [
    (999, 3, "999"), (1234, 5, "1 234"), (1234, 4, "1.2k"), (15_093, 4, "15k"),
    (1_180_700, 7, "1.2M"),
  ])
  func `a count too wide for its column is rounded`(value: Int, width: Int, words: String) {
    #expect(Wording.count(value, within: width) == words)
  }

  @Test(
    arguments: [
      (nil, "-"), (31_500, "31 500"), (0.5, "0.50"), (-0.5, "−0.50"), (-12.05, "−12.05"), (7, "7"),
    ] as [(Double?, String)])
  func `exact amounts show cents only when there are some`(value: Double?, words: String) {
    #expect(Wording.exactMoney(value) == words)
  }

  @Test(
    arguments: [
      (nil, "-"), (-32.4, "−32"), (30, "+30"), (0, "+0"), (-0.4, "−0"), (.nan, "-"),
    ] as [(Double?, String)])
  func `a gap keeps its sign`(value: Double?, words: String) {
    #expect(Wording.signed(value) == words)
  }

  @Test(
    arguments: [
      (nil, "-"), (5.17, "5.2x"), (0.94, "0.9x"), (0.97, "0.9x"), (1, "1.0x"), (9.94, "9.9x"),
      (9.96, "10x"), (39.02, "39x"),
      (98.96, "99x"), (4000, "99x"),
    ] as [(Double?, String)])
  func `pressure never rounds up to 1x and stops at 99x`(value: Double?, words: String) {
    #expect(Wording.pressure(value) == words)
  }

  @Test(
    arguments: [
      (nil, "-"), (0.61, ".61"), (-0.07, "−.07"), (0.999, "1.0"), (-0.001, ".00"),
    ] as [(Double?, String)])
  func `rho has two digits`(value: Double?, words: String) {
    #expect(Wording.rho(value) == words)
  }

  @Test func `percents are whole`() {
    #expect(Wording.percent(56.5) == "57 %")
    #expect(Wording.percent(nil) == "-")
    #expect(Wording.share(0.601) == "60 %")
    #expect(Wording.tenths(-0.04) == "0.0")
    #expect(Wording.tenths(1.06) == "1.1")
  }

  @Test(arguments: [
    (RiskReason.Kind.gap(-52, course: "ART101"), "−52 ART101", "52 pp short in ART101"),
    (.stalled(days: 34, course: "WEB110"), "stalled 34d", "no progress for 34 days in WEB110"),
    (
      .notStarted(days: 23, course: "LNG050"), "not started 23d", "LNG050 not started for 23 days"
    ),
    (.score(38, quiz: "Quiz 3"), "quiz 38", "latest score 38 in Quiz 3"),
    (.falling(points: 14, quiz: "Quiz 3"), "falling", "Quiz 3 fell by 14"),
    (.noAttempt(course: "WEB110"), "no quiz yet", "no quiz tried yet in WEB110"),
    (.lateTicket(number: "T-4821"), "ticket late", "T-4821 is past its target"),
  ])
  func `a reason has a chip and a sentence`(
    kind: RiskReason.Kind, words: String, sentence: String
  ) {
    let reason = RiskReason(kind, points: 1)
    #expect(reason.words == words)
    #expect(reason.sentence == sentence)
    #expect(!reason.rule.isEmpty)
    #expect(sentence.contains(reason.brief) || sentence.hasPrefix(reason.about))
  }

  @Test(arguments: [
    (1, "from 10 pp: 1, from 25 pp: 2"), (2, "from 25 pp: 2, from 40 pp: 3"),
    (3, "from 25 pp: 2, from 40 pp: 3"),
  ])
  func `the near rule has the step reached`(points: Int, rule: String) {
    #expect(RiskReason(.gap(-30, course: "ART101"), points: points).nearRule == rule)
    #expect(RiskReason(.noAttempt(course: ""), points: 1).nearRule == "from 30 % progress: 1")
  }

  @Test func `reasons are joined by commas`() {
    let risk = Risk([
      RiskReason(.gap(-52, course: "ART101"), points: 3),
      RiskReason(.stalled(days: 34, course: "ART101"), points: 2),
    ])
    #expect(risk.words == "−52 ART101, stalled 34d")
  }
}
