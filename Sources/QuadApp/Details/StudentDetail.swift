import CRM
import TerminalUI

/// A learner below the list of students.
struct StudentDetail {
  let card: StudentCard
  let context: Context

  func draw(_ canvas: inout Canvas) {
    let row = card.row
    var facts = [[Span(SafeLine(row.cohort), .dim)], fact("owner", SafeLine(row.owner), .text)]
    if let email = card.email, canvas.size.columns >= StudentBlocks.twoFrom {
      facts.append([Span(SafeLine(email), .dim)])
    }
    TitledRule([Span(SafeLine(row.name), .strong)], right: .facts(facts)).draw(on: &canvas, row: 0)
    let blocks = StudentBlocks(card: card, context: context)
    if canvas.size.rows < 10 {
      let width = canvas.size.columns - 2
      canvas.put(row.risk.chips(width), row: 1, column: 1, width: width)
      for (line, course) in blocks.courses(3).lines.enumerated() {
        canvas.put(course, row: 2 + line, column: 1, width: canvas.size.columns - 2)
      }
      return
    }
    if canvas.size.columns >= StudentBlocks.twoFrom {
      let width = StudentBlocks.second - 3
      canvas.stack([blocks.courses(5), blocks.why], row: 2, column: 1, width: width)
      let rest = canvas.size.columns - StudentBlocks.second - 1
      canvas.stack(
        [blocks.quizzes(5, rest), blocks.tickets(4, rest)], row: 2, column: StudentBlocks.second,
        width: rest)
    } else {
      let isTall = canvas.size.rows >= 36
      let width = canvas.size.columns - 2
      canvas.stack(
        [
          blocks.courses(isTall ? 8 : 4), blocks.quizzes(isTall ? 10 : 5, width), blocks.why,
          blocks.tickets(isTall ? 8 : 4, width),
        ], row: 2, column: 1, width: width)
    }
  }
}
