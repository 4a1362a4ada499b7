/// Where the columns of a table stand at one width: two blanks apart, the last column empty.
struct TableLayout {
  struct Place {
    let index: Int
    let column: Int
    let width: Int
  }

  let places: [Place]

  /// Columns a flexible column wants before the others give way.
  private static let flexMinimum = 16
  /// Columns from which a flexible column has some to spare.
  private static let flexComfort = 32

  /// - Complexity: O(columns).
  init<Row>(columns: [Column<Row>], room: Int, start: Int) {
    let shown = columns.indices.filter { columns[$0].from <= room }
    var left = room - start - 1 - 2 * max(0, shown.count - 1)
    var widths: [Int: Int] = [:]
    var flex: Int?
    for index in shown {
      switch columns[index].width {
      case .fixed(let width), .growing(let width, _): widths[index] = width
      case .between(_, let most): widths[index] = most
      case .flex: flex = index
      }
      left -= widths[index] ?? 0
    }
    let wanted = flex == nil ? 0 : TableLayout.flexMinimum
    for index in shown.reversed() {
      if left >= wanted { break }
      guard case .between(let least, let most) = columns[index].width else { continue }
      let given = min(most - least, wanted - left)
      widths[index] = most - given
      left += given
    }
    if flex != nil {
      for index in shown {
        guard case .growing(let least, let most) = columns[index].width else { continue }
        let given = min(most - least, max(0, left - TableLayout.flexComfort))
        widths[index] = least + given
        left -= given
      }
    }
    if let flex { widths[flex] = max(0, left) }
    var column = start
    places = shown.map { index in
      let width = widths[index] ?? 0
      defer { column += width + 2 }
      return Place(index: index, column: column, width: width)
    }
  }
}
