import TestRandom
import Testing

@testable import TerminalUI

struct CanvasTests {
  @Test func `text is put, cut and aligned`() {
    var canvas = Canvas(columns: 12, rows: 4)
    canvas.put("left", row: 0, column: 1)
    canvas.put("right", row: 1, column: 0, width: 12, align: .right)
    canvas.put("mid", row: 2, column: 0, width: 12, align: .centre)
    let end = canvas.put("much too long for it", row: 3, column: 2)
    #expect(canvas.text == " left\n       right\n    mid\n  much too…")
    #expect(end == 11)
  }

  @Test func `overwriting half of a wide letter leaves a blank`() {
    var canvas = Canvas(columns: 6, rows: 2)
    canvas.put("藤乃木", row: 0, column: 0)
    canvas.put("x", row: 0, column: 1)
    canvas.put("藤乃木", row: 1, column: 0)
    canvas.put("y", row: 1, column: 2)
    #expect(canvas.text == " x乃木\n藤y 木")
  }

  @Test func `a wide letter over the halves of two others leaves blanks`() {
    var canvas = Canvas(columns: 6, rows: 1)
    canvas.put("藤乃木", row: 0, column: 0)
    canvas.put("한", row: 0, column: 1)
    #expect(canvas.text == " 한 木")
  }

  @Test func `a wide letter at the edge of an area is a blank`() {
    var canvas = Canvas(columns: 8, rows: 1)
    canvas.put("........", row: 0, column: 0)
    canvas.area(Rect(row: 0, column: 2, columns: 3, rows: 1)) { area in
      area.put("藤乃", row: 0, column: -1, width: 4)
    }
    #expect(canvas.text == ".. 乃...")
  }

  @Test func `areas shift and clip, also nested`() {
    var canvas = Canvas(columns: 10, rows: 3)
    canvas.area(Rect(row: 1, column: 2, columns: 5, rows: 5)) { outer in
      outer.put("abcdefgh", row: 0, column: 0, width: 8)
      outer.area(Rect(row: 1, column: 3, columns: 9, rows: 1)) { inner in
        inner.put("1234", row: 0, column: 0, width: 4)
        inner.placeCursor(row: 0, column: 1)
        inner.placeCursor(row: 0, column: 4)
      }
    }
    #expect(canvas.text == "\n  abcde\n     12")
    #expect(canvas.cursor == Position(row: 2, column: 6))
    #expect(canvas.size == Size(columns: 10, rows: 3))
  }

  @Test func `styles are kept for each cell`() {
    var canvas = Canvas(columns: 8, rows: 1)
    canvas.put([Span("ab", .bad), Span("藤", .dim)], row: 0, column: 1)
    canvas.restyle(Rect(row: 0, column: 0, columns: 2, rows: 1)) { $0.selected = true }
    #expect(canvas.styleMap == " bbdd")
    #expect(canvas.attributeMap == "ss")
    #expect(canvas[row: 0, column: 3].width == 2)
    #expect(canvas[row: 9, column: 3] == .blank)
  }

  @Test func `spans are cut where the room ends`() {
    var canvas = Canvas(columns: 6, rows: 2)
    canvas.put([Span("abc"), Span("defg", .dim)], row: 0, column: 0)
    canvas.put([Span("abcdefg"), Span("h", .dim)], row: 1, column: 0)
    #expect(canvas.text == "abcde…\nabcde…")
    #expect(canvas.styleMap == "...ddd\n......")
  }

  @Test func `random drawing never breaks a wide letter`() {
    var random = SplitMix(5)
    var canvas = Canvas(columns: 9, rows: 2)
    for _ in 0..<4000 {
      canvas.put(
        SafeLine(random.hostileString()), row: Int.random(in: -1...2, using: &random),
        column: Int.random(in: -3...9, using: &random),
        width: Int.random(in: 0...8, using: &random))
      for row in 0..<2 {
        let cells = (0..<9).map { canvas[row: row, column: $0] }
        for (place, cell) in cells.enumerated() {
          let next = place + 1 < 9 ? cells[place + 1].width : 1
          #expect((cell.width == 2) == (next == 0))
          #expect(cell.width != 0 || place > 0)
        }
      }
    }
  }

  @Test func `signs inside words become plain where only ASCII is to be had`() {
    var canvas = Canvas(columns: 12, rows: 1, glyphs: .ascii)
    canvas.put("−32 a ▸ b é", row: 0, column: 0)
    #expect(canvas.text == "-32 a > b é")
  }
}
