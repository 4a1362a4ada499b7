import CRM
import TerminalUI

/// Where the four panes stand: two by two, or one under the other on narrow screens. A pane the
/// role cannot read leaves its place to the others.
struct QuadLayout {
  let isStacked: Bool
  private let size: Size
  private let focus: QuadScreen.Pane
  private let open: [QuadScreen.Pane]

  private static let gridFrom = 120
  /// Rows from which two blank lines part the panes.
  private static let airyFrom = 44

  /// - Parameter open: The panes that can be read, in the order of their digits.
  init(_ size: Size, focus: QuadScreen.Pane, open: [QuadScreen.Pane]) {
    self.size = size
    self.focus = focus
    self.open = open
    isStacked = size.columns < Self.gridFrom || size.rows < ListLayout.statusRows
  }

  /// Empty for a pane that is not open.
  func rect(_ pane: QuadScreen.Pane) -> Rect {
    guard open.contains(pane) else { return Rect(Size(columns: 0, rows: 0)) }
    return isStacked ? stacked(pane) : grid(pane)
  }

  private func grid(_ pane: QuadScreen.Pane) -> Rect {
    let upper = open.filter { !$0.isLower }
    let lower = open.filter(\.isLower)
    let row = pane.isLower ? lower : upper
    let half = (size.columns - 2) / 2
    let isAlone = row.count == 1
    let column = isAlone || pane == row.first ? 0 : size.columns - half
    let columns = isAlone ? size.columns : half
    let bottom = size.rows - (size.rows >= Self.airyFrom ? 3 : 2)
    if upper.isEmpty || lower.isEmpty {
      return Rect(row: 2, column: column, columns: columns, rows: bottom - 2)
    }
    let lowerRows = (bottom - 3) / 2
    let lowerTop = bottom - lowerRows
    let gap = size.rows >= Self.airyFrom ? 2 : 1
    return Rect(
      row: pane.isLower ? lowerTop : 2, column: column, columns: columns,
      rows: pane.isLower ? lowerRows : lowerTop - 2 - gap)
  }

  /// The pane in focus first, with the spare rows.
  private func stacked(_ pane: QuadScreen.Pane) -> Rect {
    let order = [focus] + open.filter { $0 != focus }
    let others = order.count - 1
    // Each pane has a title, and a blank line parts it from the one before.
    let room = size.rows - 3 - order.count - others
    let first = others == 0 ? room : max(1, (room * 2 + 2) / (order.count + 1))
    let rest = max(0, room - first)
    var row = 2
    for (place, candidate) in order.enumerated() {
      let rows = place == 0 ? first : (rest + others - place) / others
      if candidate == pane {
        return Rect(row: row, column: 0, columns: size.columns, rows: rows + 1)
      }
      row += rows + 2
    }
    return Rect(Size(columns: 0, rows: 0))
  }

  /// Rows of the list the cursor moves in.
  func height(_ pane: QuadScreen.Pane) -> Int {
    let rows = rect(pane).rows
    if isStacked { return max(1, rows - 1) }
    return max(
      1,
      rows - PaneDrawing.upperRows(pane, rows: rows) - PaneDrawing.lowerRows(pane, rows: rows))
  }
}

extension QuadScreen.Pane {
  fileprivate var isLower: Bool { self == .tickets || self == .pipeline }

  private var kind: SchoolClass {
    switch self {
    case .completion: .student
    case .quizzes: .attempt
    case .tickets: .ticket
    case .pipeline: .deal
    }
  }

  /// The panes a role can read; all four for a role that can read none, so that each says why.
  static func open(to rights: Rights) -> [QuadScreen.Pane] {
    let open = allCases.filter { rights.refusal(to: .read, $0.kind) == nil }
    return open.isEmpty ? allCases : open
  }
}
