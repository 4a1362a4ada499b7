import Testing

@testable import TerminalUI

struct TableTests {
  private struct Ticket {
    var number: SafeLine
    var wait: SafeLine
    var subject: SafeLine
    var student: SafeLine
    var look = RowLook()
  }

  private let rows = [
    Ticket(
      number: "T-4821", wait: "5h10", subject: "Exam upload stops at 99 %, deadline",
      student: "Zoë Å. O'Brine-Sörnsen", look: RowLook(stripe: .late)),
    Ticket(
      number: "T-4790", wait: "12h", subject: "Certificate", student: "藤乃木 しずく",
      look: RowLook(stripe: .late, isUnsent: true)),
    Ticket(
      number: "T-4801", wait: "19h", subject: "第4章 小テスト will not open on a tablet",
      student: "Łucja", look: RowLook(stripe: .soon, isMarked: true)),
    Ticket(number: "T-4806", wait: "16h", subject: "Unit 6", student: "한새벽"),
  ]

  private func table(_ look: Table<Ticket>.CursorLook = .compact) -> Table<Ticket> {
    Table(
      columns: [
        Column("number", title: "Ticket", width: .fixed(6)) { row, _ in [Span(row.number, .dim)] },
        Column("wait", title: "Wait", width: .fixed(6), align: .right) { row, _ in
          [Span(row.wait)]
        },
        Column("subject", title: "Subject", width: .flex, isMain: true) { row, _ in
          [Span(row.subject)]
        },
        Column("with", title: "With", width: .fixed(5), from: 100) { _, _ in [Span("queue")] },
        Column("student", title: "Student", width: .between(9, 23)) { row, _ in
          [Span(row.student)]
        },
      ], sort: [.init(column: "wait", descending: true)], cursorLook: look, look: \.look)
  }

  private func drawn(
    _ columns: Int, _ look: Table<Ticket>.CursorLook = .compact, cursor: Int = 2,
    glyphs: Glyphs = .unicode
  ) -> Canvas {
    var canvas = Canvas(columns: columns, rows: 6, glyphs: glyphs)
    table(look).draw(
      on: &canvas, in: canvas.bounds, state: ListState(cursor: cursor), count: rows.count
    ) { rows[$0] }
    return canvas
  }

  @Test func `a mark on an unsent row shows, since the next key acts on it`() {
    var canvas = Canvas(columns: 62, rows: 2)
    var row = rows[1]
    row.look.isMarked = true
    table().draw(on: &canvas, in: canvas.bounds, state: ListState(cursor: 0), count: 1) { _ in row }
    #expect(canvas.text(row: 1).hasPrefix("►*▌ T-4790"))
  }

  @Test func `rows stand under the head, the flexible column cut`() {
    #expect(
      drawn(62).text == """
            Ticket  Wait ▾  Subject           Student
          ▌ T-4821    5h10  Exam upload sto…  Zoë Å. O'Brine-Sörnsen
         ~▌ T-4790     12h  Certificate       藤乃木 しずく
        ►*▎ T-4801     19h  第4章 小テスト…   Łucja
            T-4806     16h  Unit 6            한새벽
        """)
  }

  @Test func `a narrow table takes from the column that gives way`() {
    #expect(
      drawn(50).text(row: 1) == "  ▌ T-4821    5h10  Exam upload sto…  Zoë Å. O'B…")
    #expect(drawn(100).text(row: 1).hasSuffix("queue  Zoë Å. O'Brine-Sörnsen"))
  }

  @Test(arguments: [
    (48, "a 28 mail"), (69, "a 28 mail"), (76, "a 31 mail"), (85, "a 40 mail"), (120, "a 40 mail"),
  ])
  func `a column grows by what the flexible one has to spare`(columns: Int, row: String) {
    let table = Table<Int>(columns: [
      Column("name", title: "Name", width: .flex) { _, _ in [Span("a")] },
      Column("width", title: "W", width: .growing(28, 40)) { _, cell in
        [Span(SafeLine("\(cell.width)"))]
      },
      Column("mail", title: "Mail", width: .fixed(4)) { _, _ in [Span("mail")] },
    ])
    var canvas = Canvas(columns: columns, rows: 2)
    table.draw(on: &canvas, in: canvas.bounds, state: ListState(), count: 1) { _ in 0 }
    #expect(canvas.text(row: 1).split(separator: " ").dropFirst().joined(separator: " ") == row)
  }

  @Test(arguments: [
    (4, Alignment.left, "Fail▾ x"), (6, .left, "Fail ▾  x"), (4, .right, "Fail▾  x"),
  ])
  func `a narrow head keeps the sign of the order`(width: Int, align: Alignment, head: String) {
    let table = Table<Ticket>(
      columns: [
        Column("fail", title: "Fail", width: .fixed(width), align: align) { _, _ in [] },
        Column("next", title: "x", width: .flex) { _, _ in [] },
      ], sort: [.init(column: "fail", descending: true)])
    var canvas = Canvas(columns: 30, rows: 2)
    table.draw(on: &canvas, in: canvas.bounds, state: ListState(), count: 0) { _ in nil }
    #expect(canvas.text(row: 0).drop { $0 == " " } == head)
  }

  @Test func `pieces left out leave the sign of the cut`() {
    let pieces = [Span("stalled 55d"), Span(", "), Span("quiz 29")]
    #expect(pieces.cut(to: 20).plain == "stalled 55d, quiz 29")
    #expect(pieces.cut(to: 13).plain == "stalled 55d,…")
    #expect(pieces.cut(to: 12).plain == "stalled 55d…")
  }

  @Test func `ascii has the same places`() {
    #expect(
      drawn(62, glyphs: .ascii).text(row: 1).hasPrefix("  ! T-4821    5h10  Exam upload sto~"))
    #expect(drawn(62, glyphs: .ascii).text(row: 3).hasPrefix(">*: T-4801"))
  }

  @Test func `the compact cursor changes one cell`() {
    let here = drawn(62, cursor: 2)
    let there = drawn(62, cursor: 3)
    let changed = (0..<6).flatMap { row in
      (0..<62).filter { here[row: row, column: $0] != there[row: row, column: $0] }
    }
    #expect(changed == [0, 0])
    #expect(here.cursor == Position(row: 3, column: 0))
  }

  @Test func `the bar tints the row and makes the main column bold`() {
    let canvas = drawn(62, .bar, cursor: 3)
    #expect(canvas[row: 4, column: 5].style.selected)
    #expect(canvas[row: 4, column: 20].style.bold)
    #expect(!canvas[row: 4, column: 61].style.selected)
    #expect(drawn(62, .dimmed).cursor == nil)
  }

  @Test func `the bar leaves the stripes and the charts on the ground`() {
    struct Row {
      var look: RowLook
    }
    let table = Table<Row>(
      columns: [
        Column("name", title: "Name", width: .fixed(4), isMain: true) { _, _ in [Span("Zoë")] },
        Column("done", title: "Done", width: .fixed(9)) { _, _ in
          Bar(value: 50, target: 75).spans(width: 4, glyphs: .unicode)
            + [Span(" "), Span("50", .dim), Span(" %", .faint)]
        },
      ], cursorLook: .bar, look: \.look)
    func line(_ look: RowLook) -> [Cell] {
      var canvas = Canvas(columns: 22, rows: 2)
      table.draw(on: &canvas, in: canvas.bounds, state: ListState(), count: 1) { _ in
        Row(look: look)
      }
      return (0..<22).map { canvas[row: 1, column: $0] }
    }
    let cells = line(RowLook(stripe: .late))
    let tinted = cells.map { $0.style.selected ? "s" : "." }.joined()
    #expect(cells.map(\.glyph).joined() == "► ▌ Zoë   ━━─┼ 50 %   ")
    #expect(tinted == "...sssssss....sssssss.")
    #expect(cells[2].style == .bad)
    #expect(cells[12].style.role == .rule)
    // Grey becomes text, unless the whole row is grey.
    #expect(cells[15...18].allSatisfy { $0.style.role == .text })
    var gone = RowLook()
    gone.isFaint = true
    #expect(line(gone)[15...18].allSatisfy { $0.glyph == " " || $0.style.role == .faint })
  }

  @Test func `only rows in sight are asked for`() {
    var asked: [Int] = []
    var state = ListState(cursor: 700_000)
    let table = table()
    var canvas = Canvas(columns: 60, rows: 10)
    state.scroll(count: 1_000_000, height: table.height(in: 10))
    table.draw(on: &canvas, in: canvas.bounds, state: state, count: 1_000_000) { index in
      asked.append(index)
      return index % 2 == 0 ? rows[0] : nil
    }
    #expect(asked == Array(699_994...700_002))
    #expect(canvas.cursor?.row == 7)
  }
}

struct ListStateTests {
  @Test(arguments: [
    ("j", 1, 0), ("jjjj", 4, 0), ("jjjjjj", 6, 1), ("G", 99, 92), ("Gg", 0, 0), ("k", 0, 0),
    ("<PgDn>", 7, 2), ("<PgDn><PgUp>", 0, 0), ("<C-d>", 4, 0), ("Gkkkkkk", 93, 91),
    ("G<End>j", 99, 92),
  ])
  func `the cursor keeps two rows of margin`(keys: String, cursor: Int, top: Int) throws {
    var state = ListState()
    for key in try Key.script(keys) {
      let taken = state.handle(key, count: 100, height: 8)
      #expect(taken)
    }
    #expect(state == ListState(cursor: cursor, top: top))
  }

  @Test func `an empty list and other keys are harmless`() {
    var state = ListState(cursor: 9, top: 4)
    state.scroll(count: 0, height: 8)
    #expect(state == ListState())
    let taken = state.handle(.enter, count: 3, height: 8)
    #expect(!taken)
    state.scroll(count: 3, height: 0)
    #expect(state.cursor == 0)
  }
}
