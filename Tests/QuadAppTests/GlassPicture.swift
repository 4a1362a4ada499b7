import TerminalUI
import TestTerminal

extension Glass {
  /// Cells that show another letter or look than the picture has, one line each.
  ///
  /// - Parameter before: Lines that are the same on both sides as then are not looked at again.
  func differences(
    from canvas: Canvas, _ theme: Theme, since before: (glass: Glass, picture: Canvas)? = nil
  ) -> [String] {
    var found: [String] = []
    var inks: [Style: Ink] = [:]
    for row in 0..<canvas.fullSize.rows {
      if let before, hasSameLine(row, as: before.glass),
        canvas.hasSameLine(row, as: before.picture)
      {
        continue
      }
      for column in 0..<canvas.fullSize.columns {
        let cell = canvas[row: row, column: column]
        let (letter, ink) = (letter(row: row, column: column), ink(row: row, column: column))
        let wanted = inks[cell.style] ?? Ink(theme.paint(cell.style))
        inks[cell.style] = wanted
        let looksSame =
          wanted == ink || cell.width == 0 || letter == " " && wanted.onBlank == ink.onBlank
        if cell.glyph == letter, looksSame { continue }
        found.append("\(row):\(column) \(letter) \(ink) for \(cell.glyph) \(wanted)")
      }
    }
    return found
  }
}

extension Canvas {
  fileprivate func hasSameLine(_ row: Int, as other: Canvas) -> Bool {
    (0..<fullSize.columns).allSatisfy {
      self[row: row, column: $0] == other[row: row, column: $0]
    }
  }
}

extension Ink {
  fileprivate init(_ paint: Paint) {
    self.init()
    (isBold, isDim) = (paint.bold, paint.dim)
    (isUnderlined, isReversed) = (paint.underline, paint.reverse)
    foreground = Ink.name(paint.foreground)
    background = Ink.name(paint.background)
  }

  private static func name(_ color: TerminalColor?) -> String {
    switch color {
    case nil: ""
    case .index(let index):
      index < 8 ? "\(index)" : index < 16 ? "bright \(index - 8)" : "8;5;\(index)"
    case .rgb(let value): "8;2;\(value)"
    }
  }
}
