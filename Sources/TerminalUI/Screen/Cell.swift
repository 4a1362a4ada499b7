/// One cell of the screen.
package struct Cell: Sendable, Hashable {
  /// A letter with at most two marks; empty in the second half of a wide letter.
  package var glyph: String
  package var style: Style
  /// Columns the letter takes: 1 or 2; 0 in the second half of a wide letter.
  package var width: UInt8

  package static let blank = Cell(glyph: " ", style: .text, width: 1)

  init(glyph: String, style: Style, width: UInt8) {
    self.glyph = glyph
    self.style = style
    self.width = width
  }
}

extension SafeLine {
  /// Calls `body` with each cell of the line: its letter with marks, and its columns.
  func forEachCell(_ body: (String, Int) -> Void) {
    if text.utf8.count == width {
      for byte in text.utf8 { body(String(Unicode.Scalar(byte)), 1) }
      return
    }
    var glyph = String.UnicodeScalarView()
    var columns = 0
    for scalar in text.unicodeScalars {
      let next = CellWidth.columns(of: scalar)
      if next > 0, columns > 0 {
        body(String(glyph), columns)
        glyph = String.UnicodeScalarView()
      }
      glyph.append(scalar)
      if next > 0 { columns = next }
    }
    if columns > 0 { body(String(glyph), columns) }
  }
}
