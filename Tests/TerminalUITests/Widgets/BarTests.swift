import Testing

@testable import TerminalUI

struct BarTests {
  private func text(_ chart: some Chart, _ width: Int, _ glyphs: Glyphs = .unicode) -> String {
    chart.spans(width: width, glyphs: glyphs).plain.text
  }

  @Test(arguments: [
    (48, 78, 20, "━━━━━━━━━╾─────┼────"), (43, 75, 22, "━━━━━━━━━╾──────┼─────"),
    (53, 80, 22, "━━━━━━━━━━━╾─────┼────"), (100, 70, 22, "━━━━━━━━━━━━━━━┿━━━━━━"),
    (31, 83, 14, "━━━━╾──────┼──"), (22, 80, 14, "━━━────────┼──"), (63, 60, 10, "━━━━━━┿───"),
    (90, 60, 10, "━━━━━━┿━━─"), (55, 60, 10, "━━━━━╾┼───"), (59.9, 60, 10, "━━━━━━┼───"),
    (60, 60, 10, "━━━━━━┿───"), (0, 0, 4, "┿───"), (99.9, 100, 10, "━━━━━━━━━┼"),
    (100, 100, 10, "━━━━━━━━━┿"), (140, 50, 4, "━━┿━"), (-3, 50, 4, "──┼─"),
  ])
  func `rounding never crosses the tick`(
    value: Double, target: Double, width: Int, expected: String
  ) {
    #expect(text(Bar(value: value, target: target), width) == expected)
  }

  @Test func `without a value or a target there is an empty bar`() {
    #expect(text(Bar(value: nil, target: 50), 6) == "───┼──")
    #expect(text(Bar(value: 50), 5) == "━━╾──")
    #expect(text(Bar(value: 43, target: 75), 10, .ascii) == "=====--|--")
    #expect(text(Bar(value: 43), 0) == "")
    #expect(text(Bar(value: .nan, target: .nan), 4) == "────")
  }

  @Test(arguments: [
    (5.2, "━━━━━┿━━━━"), (3.2, "━━━━━┿━━──"), (2.3, "━━━━━┿━╾──"), (1.3, "━━━━━┿╾───"),
    (1.0, "━━━━━┿────"), (0.99, "━━━━━┼────"), (0.9, "━━━━╾┼────"), (0.8, "━━━━─┼────"),
    (0.7, "━━━╾─┼────"), (0.1, "╾────┼────"), (0, "─────┼────"), (99, "━━━━━┿━━━━"),
  ])
  func `pressure has its tick at one`(pressure: Double, expected: String) {
    #expect(text(PressureBar(pressure: pressure), 10) == expected)
  }

  @Test(arguments: [
    (214, 268, "━━━━━━━━━━━━━━━━━━━━━━━━──────"), (34, 64, "━━━━───"),
    (19, 122, "━━────────────"), (2.2, 22, "──"), (22, 44, "━━╾──"), (0, 0, ""),
  ])
  func `amounts are heavy for the weighted part`(heavy: Double, total: Double, expected: String) {
    #expect(text(AmountBar(heavy: heavy, total: total, full: 477), 54) == expected)
  }

  @Test func `an amount without a rest ends open and starts with what is late`() {
    #expect(text(AmountBar(heavy: 17, full: 20), 10) == "━━━━━━━━╸")
    let spans = AmountBar(heavy: 8, full: 8, lead: 2).spans(width: 8, glyphs: .unicode)
    #expect(spans.map(\.line) == ["━━", "━━━━━━"])
    #expect(spans.map(\.style) == [.bad, Style(.chart2)])
  }

  @Test func `a split rule shares by count`() {
    let glyphs = Glyphs.unicode
    let parts = [
      SplitRule.Part(count: 1, sign: glyphs.bar, style: .bad),
      SplitRule.Part(count: 2, sign: glyphs.today, style: .info),
      SplitRule.Part(count: 3, sign: glyphs.noStep, style: .warn),
    ]
    #expect(text(SplitRule(parts: parts, total: 11), 26) == "━━╍╍╍╍╍╌╌╌╌╌╌╌────────────")
  }
}
