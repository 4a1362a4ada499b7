/// A cell of one row of a table, as it will be put.
struct TableCell {
  let place: TableLayout.Place
  var spans: [Span]
  let align: Alignment
  let isMain: Bool

  /// Setting a colour, and going back to the text's: `ESC [38;5;203m` and `ESC [m`.
  private static let colorBytes = 14
  /// Going to another column: `ESC [123G`.
  private static let moveBytes = 6
  /// The stripe and its colour.
  static let stripeBytes = 3 + colorBytes

  /// What the cell takes on the wire, at most.
  var bytes: Int {
    var bytes = TableCell.moveBytes
    var style = Style.text
    for span in spans {
      bytes += span.line.text.utf8.count
      if span.style != style { bytes += TableCell.colorBytes }
      style = span.style
    }
    return bytes
  }

  /// Cuts the text to so many bytes.
  mutating func cut(to room: Int, ellipsis: SafeLine) {
    var columns = spans.width
    while bytes > room, columns > 0 {
      columns -= 1
      spans = spans.cut(to: columns, ellipsis: ellipsis)
    }
  }
}

extension [TableCell] {
  /// What a row shows at once when it scrolls in over a slow link: what it is called, then the cells
  /// from the left as far as they fit.
  ///
  /// 120 bytes are for the row (product.md, "Numbers to beat"); the scroll itself, the cursor and
  /// its number take up to 62 of them.
  ///
  /// - Parameter start: Bytes that are taken before the first cell.
  func brief(start: Int, ellipsis: SafeLine) -> [TableCell] {
    var room = 58 - start
    var kept: [TableCell] = []
    if var main = first(where: \.isMain) {
      main.cut(to: room, ellipsis: ellipsis)
      room -= main.bytes
      kept.append(main)
    }
    for cell in self where !cell.isMain {
      if cell.bytes > room { break }
      room -= cell.bytes
      kept.append(cell)
    }
    return kept
  }
}
