import TestRandom
import Testing

@testable import TerminalUI

struct CanvasKeptTests {
  private func again(_ canvas: Canvas) -> Canvas? {
    Canvas(
      kept: canvas.kept, of: canvas.fullSize, on: canvas.fullSize, glyphs: canvas.glyphs)
  }

  @Test func `a picture comes back cell by cell, with its cursor`() {
    var canvas = Canvas(columns: 14, rows: 4)
    canvas.put([Span("a藤", .bad), Span(" é\u{323} ", .header), Span("한", .dim)], row: 0, column: 1)
    canvas.put("x", row: 2, column: 13, style: .strong.underlined())
    canvas.restyle(Rect(row: 2, column: 0, columns: 14, rows: 1)) { $0.selected = true }
    canvas.placeCursor(row: 2, column: 3)
    #expect(again(canvas) == canvas)
  }

  @Test func `any drawing comes back`() {
    var random = SplitMix(11)
    var canvas = Canvas(columns: 30, rows: 6)
    for _ in 0..<500 {
      canvas.put(
        SafeLine(random.hostileString()), row: Int.random(in: 0..<6, using: &random),
        column: Int.random(in: 0..<30, using: &random),
        style: Style(
          Role.allCases.randomElement(using: &random) ?? .text,
          bold: Bool.random(using: &random), reverse: Bool.random(using: &random)))
      #expect(again(canvas) == canvas)
    }
  }

  @Test(arguments: [
    "", "\n", "\n.0ab\n\n", "\n?0ab\n", "\n.gab\n", "\n.\n", "\n.0abcde\n", "no place\n.0ab",
    "\n.0ab\t.0cde\n",
  ])
  func `text that is no picture of the size is refused`(_ text: String) {
    let size = Size(columns: 4, rows: 2)
    #expect(Canvas(kept: text, of: size, on: size, glyphs: .unicode) == nil)
  }

  @Test func `a larger window has the picture at its top left and the last rows at its end`() throws
  {
    let larger = try #require(
      Canvas(
        kept: "2 1\n.0head\n.0row\n.0foot", of: Size(columns: 4, rows: 3),
        on: Size(columns: 6, rows: 5), bottom: 1, glyphs: .unicode))
    #expect(larger.text == "head\nrow\n\n\nfoot")
    #expect(larger.cursor?.row == 4)
    #expect(larger.cursor?.column == 1)
  }

  @Test func `what was changed on disk cannot move the cursor or change modes`() throws {
    let size = Size(columns: 8, rows: 1)
    let canvas = try #require(
      Canvas(kept: "9 9\n.0\u{1B}[2Jx\u{202E}", of: size, on: size, glyphs: .unicode))
    #expect(canvas.text == "␛[2Jx")
    #expect(canvas.cursor == nil)
  }
}
