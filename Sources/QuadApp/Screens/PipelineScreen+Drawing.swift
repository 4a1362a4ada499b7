import CRM
package import TerminalUI

extension PipelineScreen {
  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let answer else { return }
    if isList {
      list.drawList(&canvas, context)
      return
    }
    list.drawViews(&canvas, context)
    if context.size.rows >= ListLayout.statusRows {
      canvas.put(list.summary(context), row: 3, column: 1)
    }
    if lanes.allSatisfy({ $0.count == 0 }) {
      list.drawEmpty(&canvas, list.layout(context), context)
    } else if boardLayout(context).isStrip {
      drawStrip(answer, &canvas, context)
    } else {
      BoardView(
        answer: answer, state: board, layout: boardLayout(context), marks: list.model.marks,
        isPutAside: list.isPutAside, context: context
      ).draw(&canvas)
    }
  }

  /// The heads of all lanes, the cards of one as rows, and the card under the cursor.
  private func drawStrip(
    _ answer: PipelineAnswer, _ canvas: inout Canvas, _ context: Context
  ) {
    let layout = stripLayout(context)
    LaneStrip(answer: answer, focus: board.lane).draw(
      &canvas, row: layout.table.row - LaneStrip.rows - 1)
    let cards = lanes.indices.contains(board.lane) ? lanes[board.lane].cards : []
    let marks = list.model.marks
    let table = Table(
      columns: list.stripColumns, cursorLook: context.cursorLook(DealRow.self),
      look: { row in
        var look = RowLook(row.severity, isUnsent: row.isUnsent)
        look.isMarked = marks.contains(row.id)
        return look
      })
    table.draw(
      on: &canvas, in: layout.table, state: board.list, count: cards.count, row: { cards[$0] })
    if cards.isEmpty {
      let row = layout.table.row + 1
      canvas.put("None in this lane.", row: row, column: 4, style: .faint)
      if !context.isDimmed { canvas.placeCursor(row: row, column: 0) }
    }
    if let detail = layout.detail, let card = list.card, card.row.id == board.cardID {
      canvas.area(detail) { DealDetail(card: card, context: context).draw(&$0) }
    }
  }
}
