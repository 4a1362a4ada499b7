import Testing

@testable import TerminalUI

struct ColumnsTests {
  private func text(_ chart: some Chart, _ width: Int, _ glyphs: Glyphs = .unicode) -> String {
    chart.spans(width: width, glyphs: glyphs).plain.text
  }

  @Test func `the highest column is full and an empty one is a rule`() {
    let chart = Columns([0, 1, 3, 5, nil, 8, 10, 12])
    #expect(text(chart, 8) == "▁▁▂▃ ▅▆▇")
    #expect(chart.spans(width: 8, glyphs: .unicode).first?.style == .rule)
    #expect(text(chart, 8, .ascii) == "__12 456")
    #expect(text(chart, 3) == "▅▆▇")
    #expect(text(Columns([]), 3) == "")
    #expect(text(Columns([0, 0]), 2) == "▁▁")
  }

  @Test func `trends share a scale`() {
    #expect(text(Columns([50, 60, 70, 80], scale: 50...80), 4) == "▁▃▅▇")
    #expect(text(Columns([1, 1], scale: 1...1), 2) == "▄▄")
  }

  @Test func `a box shows the middle of a group`() {
    let quantiles = BoxPlot.Quantiles(p10: 10, p25: 30, median: 52, p75: 70, p90: 95)
    #expect(text(BoxPlot(quantiles), 20) == "  ────━━━━┿━━━━─────")
    #expect(text(BoxPlot(nil), 4) == "    ")
  }

  @Test func `a histogram has counts, an axis and labels`() {
    let chart = Histogram(
      counts: [4, 2, 12], labels: ["0", "10", "90+"], target: 0.5, picked: 2, barWidth: 3)
    var canvas = Canvas(columns: 14, rows: 8)
    chart.draw(on: &canvas, in: Rect(row: 0, column: 1, columns: 13, rows: 8))
    #expect(canvas.text(row: 0) == "          12")
    #expect(canvas.text(row: 3) == "  4      ███")
    #expect(canvas.text(row: 4) == " ▅▅▅  2  ███")
    #expect(canvas.text(row: 5) == " ███ ▇▇▇ ███")
    #expect(canvas.text(row: 6) == " ──────┬────")
    #expect(canvas.text(row: 7) == "  0   10 90+")
  }
}
