import CRM
package import TerminalUI

/// Where the parts of a list screen stand at one size (design/screens.md §2).
package struct ListLayout: Sendable, Hashable {
  package let summaryRow: Int?
  package let table: Rect
  /// With its titled rule in the first row; nil where there is no room or none is wanted.
  package let detail: Rect?

  /// Rows of data the table shows.
  package var listHeight: Int { max(0, table.rows - 1) }

  /// Rows from which the status line has a place of its own.
  static let statusRows = 30
  static let detailFrom = 20
  private static let besideFrom = 160
  private static let leastList = 8
  private static let smallDetail = 6

  /// Columns a detail beside the list needs, and those beyond which they serve the list more.
  private static let leastBeside = 70
  private static let mostBeside = 78

  /// - Parameters:
  ///   - detailRows: What the detail wants, its rule included; 0 for none.
  ///   - leastColumns: What the list needs beside a detail; where that leaves too little the detail
  ///     goes below.
  ///   - listRows: What the list has; the detail follows a shorter one and takes its rows. Nil
  ///     for as many as fit.
  init(
    _ context: Context, hasSummary: Bool, topInset: Int, detailRows: Int, leastColumns: Int = 0,
    listRows: Int? = nil
  ) {
    let (size, placement) = (context.size, context.placement)
    let isTall = size.rows >= Self.statusRows
    let showsSummary = isTall && hasSummary
    summaryRow = showsSummary ? 3 : nil
    let top = topInset + (showsSummary ? 5 : size.rows >= Self.detailFrom ? 3 : 2)
    let bottom = size.rows - (size.rows >= Self.detailFrom ? 2 : 1)
    let body = Rect(row: top, column: 0, columns: size.columns, rows: bottom - top)
    guard detailRows > 0, size.rows >= Self.detailFrom, placement != .off else {
      table = body
      detail = nil
      return
    }
    let listColumns = max(
      leastColumns, size.columns * 11 / 20, size.columns - Self.mostBeside)
    let hasRoom =
      size.columns >= Self.besideFrom && size.columns - listColumns >= Self.leastBeside
      && detailRows > Self.smallDetail && !context.isRemote
    if placement == .beside || (placement == .automatic && hasRoom) {
      let (left, right) = body.splitLeft(min(listColumns, size.columns - Self.leastBeside / 2))
      table = left
      detail = right.inset(left: 2)
      return
    }
    let wanted = isTall ? detailRows : min(detailRows, Self.smallDetail)
    let room = min(wanted, size.rows * 6 / 10, body.rows - Self.leastList - 2)
    guard room >= 3 else {
      table = body
      detail = nil
      return
    }
    let (above, below) = body.splitBottom(room)
    let spare = max(0, above.rows - 2 - Self.steady(listRows ?? above.rows))
    table = above.inset(bottom: 1 + spare)
    detail = Rect(
      row: below.row - spare, column: below.column, columns: below.columns,
      rows: below.rows + spare)
  }

  /// Rows in steps, so that a row that comes or goes seldom moves what is below the list.
  private static func steady(_ rows: Int) -> Int { max(leastList, (rows + 3) / 4 * 4) }
}

extension ListScreen {
  package func layout(_ context: Context) -> ListLayout {
    ListLayout(
      context, hasSummary: Self.hasSummary, topInset: topInset, detailRows: detailRows,
      leastColumns: leastColumns, listRows: listRows)
  }

  package func rowsArea(_ context: Context) -> Rect? { layout(context).table.inset(top: 1) }

  package func detailArea(_ context: Context) -> Rect? { layout(context).detail }

  package func draw(_ canvas: inout Canvas, _ context: Context) { drawList(&canvas, context) }

  /// Views, summary, table and detail.
  func drawList(_ canvas: inout Canvas, _ context: Context) {
    let layout = layout(context)
    drawViews(&canvas, context)
    if let row = layout.summaryRow {
      canvas.putEnds(row: row, left: summary(context), right: summaryEnd(context))
    }
    if list.rows.isEmpty {
      drawEmpty(&canvas, layout, context)
    } else {
      drawRows(&canvas, layout.table, context)
    }
    if let detail = layout.detail, current != nil {
      canvas.area(detail) { drawDetail(&$0, context) }
    }
  }

  func drawRows(_ canvas: inout Canvas, _ rect: Rect, _ context: Context) {
    let marks = model.marks
    let table = Table(
      columns: columns(rect.columns),
      sort: order.map {
        [.init(column: $0.column, descending: $0.descending != model.request.isReversed)]
      } ?? [],
      cursorLook: context.cursorLook(Row.self),
      look: { row in
        var look = look(row)
        look.isMarked = marks.contains(id(of: row))
        return look
      })
    table.draw(
      on: &canvas, in: rect, state: model.state, count: list.rows.count,
      row: { list.rows[$0] })
  }

  func drawViews(_ canvas: inout Canvas, _ context: Context) {
    let shown = context.filterText == nil ? model.request.filter : context.filterText ?? ""
    let plus = list.isComplete ? "" : "+"
    let counts = counts(context)
    if context.filterText != nil || !shown.isEmpty {
      let end = canvas.put(
        [Span("/ ", .accent), Span(SafeLine(shown), .strong)], row: 1, column: 1)
      canvas.putEnds(row: 1, left: [], right: counts)
      if let view = activeView, views.count > 1 {
        let words = SafeLine("in \(view.title)")
        if end + 3 + words.width + 3 < canvas.size.columns - 1 - counts.width {
          canvas.put(words, row: 1, column: end + 3, style: .faint)
        }
      }
      if context.filterText != nil { canvas.placeCursor(row: 1, column: end) }
      return
    }
    let items = views.map { view in
      ViewsLine.Item(SafeLine(view.title), count: SafeLine(Wording.count(view.count) + plus))
    }
    let active = views.firstIndex { $0.id == activeView?.id }
    ViewsLine(items, active: active, right: counts).draw(on: &canvas)
  }
}
