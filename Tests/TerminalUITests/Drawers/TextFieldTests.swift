import Testing

@testable import TerminalUI

struct TextFieldTests {
  @Test(arguments: [
    ("abc", "abc", 3), ("abc<Left><Left>x", "axbc", 2), ("abc<Home>x<End>y", "xabcy", 5),
    ("one two <C-w>", "one ", 4), ("one two<Left><C-u>", "o", 0), ("ab<Left><Del>", "a", 1),
    ("ab<Backspace><Backspace><Backspace>", "", 0), ("藤乃<Left>x", "藤x乃", 2),
    ("a<Paste:\nb\r\nc\n>d", "ab cd", 5), ("e\u{301}x<Left><Backspace>", "x", 0),
    ("<Right>a<Right>", "a", 1),
  ])
  func `keys edit by whole letters`(keys: String, text: String, cursor: Int) throws {
    var field = TextField()
    for key in try Key.script(keys) {
      let taken = field.handle(key)
      #expect(taken)
    }
    #expect(field.text == text)
    #expect(field.cursor == cursor)
  }

  @Test func `a paste cannot bring controls`() {
    var field = TextField()
    _ = field.handle(.paste("a\u{1B}]52;c;x\u{7}\u{202E}b"))
    #expect(field.text == "a␛]52;c;x·b")
  }

  @Test func `a mark typed after its letter joins it`() {
    var field = TextField("e")
    _ = field.handle(.character("\u{301}"))
    #expect(field.text == "é")
    #expect(field.cursor == 1)
  }

  @Test func `the limit holds for typing and pasting`() {
    var field = TextField("abc", limit: 5)
    _ = field.handle(.home)
    _ = field.handle(.paste("123456"))
    #expect(field.text == "12abc")
    #expect(field.cursor == 2)
    _ = field.handle(.character("x"))
    #expect(field.text == "12abc")
  }

  @Test func `a secret field keeps its scalars and shows none`() {
    var field = TextField(isSecret: true)
    for key in [Key.character("p"), .paste("ä\u{200B}\n")] { _ = field.handle(key) }
    #expect(Array(field.text.unicodeScalars) == Array("pä\u{200B}".unicodeScalars))
    var canvas = Canvas(columns: 10, rows: 1)
    field.draw(on: &canvas, row: 0, column: 0, width: 8, isFocused: true)
    #expect(canvas.text == "")
    #expect(canvas.cursor == Position(row: 0, column: 0))
  }

  @Test func `a long line scrolls with its cursor`() {
    var field = TextField("abcdefghijkl")
    var canvas = Canvas(columns: 10, rows: 1)
    field.draw(on: &canvas, row: 0, column: 1, width: 8, isFocused: true)
    #expect(canvas.text == " …ghijkl")
    #expect(canvas.cursor == Position(row: 0, column: 8))
    _ = field.handle(.home)
    canvas = Canvas(columns: 10, rows: 1)
    field.draw(on: &canvas, row: 0, column: 1, width: 8, isFocused: true)
    #expect(canvas.text == " abcdefgh")
    #expect(canvas.cursor == Position(row: 0, column: 1))
  }
}
