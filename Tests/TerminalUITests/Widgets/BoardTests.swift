import Testing

@testable import TerminalUI

struct BoardTests {
  private let glyphs = Glyphs.unicode

  private var lane: Lane {
    Lane(
      head: LaneHead(
        name: "lead", count: "11", weighted: "15k", sum: "146k",
        care: [Span("1 late", .bad), Span("  "), Span("2 today", .info)],
        split: [
          .init(count: 1, sign: glyphs.bar, style: .bad),
          .init(count: 2, sign: glyphs.today, style: .info),
        ], total: 11))
  }

  private let cards = [
    Card(
      title: "Teacher training 2027", company: Span("Fjordlys Skole", .dim), owner: Span("noor"),
      amount: Span("12 500"), step: Span("call 3d late", .bad), close: Span("1 Jan", .dim),
      look: RowLook(stripe: .late)),
    Card(
      title: "Summer bootcamp, 40 seats with a long name", company: Span("藤波アカデミー", .dim),
      owner: Span("kai"), amount: Span("18 000"), step: Span("mail today"), close: Span("14 Jan")),
  ]

  @Test func `a lane has a head and cards of three lines`() {
    var canvas = Canvas(columns: 30, rows: 13)
    lane.draw(on: &canvas, in: canvas.bounds, cards: cards, cursor: 0, more: "9 more, 115k")
    #expect(
      canvas.text == """
           lead 11          15k  146k
           1 late  2 today
           ━━╍╍╍╍╍───────────────────

        ►▌ Teacher training 2027
         ▌ Fjordlys Skole      12 500
         ▌ call 3d late         1 Jan

           Summer bootcamp, 40 seats…
           藤波アカデミー      18 000
           mail today          14 Jan

           9 more, 115k
        """)
    #expect(canvas.cursor == Position(row: 4, column: 0))
  }

  @Test func `a wide card has its amount in the first line`() {
    var canvas = Canvas(columns: 40, rows: 8)
    lane.draw(on: &canvas, in: canvas.bounds, cards: [cards[0]])
    #expect(canvas.text(row: 4) == " ▌ Teacher training 2027       12 500")
    #expect(canvas.text(row: 5) == " ▌ Fjordlys Skole                noor")
    #expect(canvas.cursor == nil)
    #expect(Lane.capacity(rows: 13) == 2)
  }

  @Test func `the bar lies under the three lines of a card beside its stripe`() {
    var canvas = Canvas(columns: 30, rows: 9)
    lane.draw(on: &canvas, in: canvas.bounds, cards: [cards[0]], cursor: 0, cursorLook: .bar)
    for row in 4..<7 {
      #expect((0..<30).filter { canvas[row: row, column: $0].style.selected } == Array(2..<29))
      #expect(canvas[row: row, column: 1].style == .bad)
    }
    #expect(canvas[row: 5, column: 3].style.role == .text)
  }
}
