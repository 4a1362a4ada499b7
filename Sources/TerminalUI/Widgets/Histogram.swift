/// A large chart of bins: a count over each bar, an axis with a mark, a label under each bar.
package struct Histogram: Sendable {
  package var counts: [Int]
  package var labels: [SafeLine]
  /// Where the target stands, 0 to 1 of the axis; nil draws no mark.
  package var target: Double?
  /// The bar the person picked.
  package var picked: Int?
  package var barWidth: Int
  /// A count as it stands over its bar, no wider than the bar and one column.
  private let words: @Sendable (Int) -> SafeLine

  package init(
    counts: [Int], labels: [SafeLine], target: Double? = nil, picked: Int? = nil,
    barWidth: Int = 5, words: @escaping @Sendable (Int) -> SafeLine = { SafeLine(String($0)) }
  ) {
    self.counts = counts
    self.labels = labels
    self.target = target
    self.picked = picked
    self.barWidth = max(1, barWidth)
    self.words = words
  }

  /// Columns the chart takes: bars with one blank between them.
  package var width: Int { max(0, counts.count * (barWidth + 1) - 1) }

  /// Draws in `rect`; the last two rows hold the axis and its labels, the first one counts only.
  package func draw(on canvas: inout Canvas, in rect: Rect) {
    let height = rect.rows - 3
    guard height > 0 else { return }
    canvas.area(rect) { canvas in
      let top = max(1, counts.max() ?? 1)
      for (bin, count) in counts.enumerated() {
        let eighths = roundedCount(Double(count) / Double(top) * Double(height * 8))
        let column = bin * (barWidth + 1)
        let role: Role = picked == bin ? .chart3 : .chart1
        drawBar(&canvas, column: column, height: height, eighths: eighths, style: Style(role))
        let label = words(count)
        let row = height - (eighths + 7) / 8
        let style: Style = picked == bin ? .strong : .text
        putCentred(&canvas, label, row: row, column: column, style: style)
      }
      drawAxis(&canvas, row: height + 1)
    }
  }

  private func drawBar(
    _ canvas: inout Canvas, column: Int, height: Int, eighths: Int, style: Style
  ) {
    let glyphs = canvas.glyphs
    for level in 0..<height {
      let part = min(8, eighths - level * 8)
      guard part > 0 else { return }
      let sign = part == 8 ? glyphs.block : glyphs.columns[part - 1]
      canvas.hline(row: height - level, column: column, width: barWidth, sign: sign, style: style)
    }
  }

  private func drawAxis(_ canvas: inout Canvas, row: Int) {
    canvas.hline(row: row, column: 0, width: width)
    if let target = target.flatMap(finite), width > 0 {
      let place = min(width - 1, Int(min(max(target, 0), 1) * Double(width + 1)))
      canvas.put(canvas.glyphs.axisTick, row: row, column: place, style: .dim)
    }
    for (bin, label) in labels.enumerated() {
      putCentred(
        &canvas, label, row: row + 1, column: bin * (barWidth + 1),
        style: picked == bin ? .strong : .dim)
    }
  }

  private func putCentred(
    _ canvas: inout Canvas, _ line: SafeLine, row: Int, column: Int, style: Style
  ) {
    canvas.put(
      line, row: row, column: column + barWidth / 2 - (line.width - 1) / 2, width: line.width,
      style: style)
  }
}
