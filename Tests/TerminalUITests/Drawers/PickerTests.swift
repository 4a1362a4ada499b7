import Testing

@testable import TerminalUI

struct PickerTests {
  private var picker: Picker<String> {
    Picker(
      title: "Assign T-4821",
      items: [
        PickerItem("mara", cells: [[Span("mara")], [Span("you", .dim)], [Span("9")]]),
        PickerItem(
          "aiko", cells: [[Span("aiko")], [Span("coordinator", .dim)], [Span("15")]],
          aliases: "desk lead"),
        PickerItem(
          "zoe", cells: [[Span("Zoë")], [Span("instructor", .dim)], [Span("-")]],
          disabled: "away"),
      ],
      heads: [.init("Name", width: 6), .init("Role"), .init("Open", width: 4, align: .right)],
      note: [Span("14 people", .dim)], placeholder: "type a name", cursor: 1)
  }

  private func after(_ keys: String) throws -> (Picker<String>, Outcome<String>) {
    var picker = picker
    var outcome = Outcome<String>.open
    for key in try Key.script(keys) { outcome = picker.handle(key) }
    return (picker, outcome)
  }

  @Test func `it lists, with the cursor on the present one`() {
    var canvas = Canvas(columns: 44, rows: 8)
    picker.draw(on: &canvas, in: canvas.bounds)
    #expect(
      canvas.text == """
         Assign T-4821  ━━━━━━━━━━━━━━━━━ 14 people

          › type a name

            Name     Role                      Open
            mara     you                          9
        ►   aiko     coordinator                 15
            Zoë      instructor                away
        """)
    #expect(canvas.cursor == Position(row: 2, column: 4))
  }

  @Test(arguments: [
    ("<Enter>", Outcome.chosen("aiko")), ("<Up><Enter>", .chosen("mara")),
    ("lead coord<Enter>", .chosen("aiko")), ("YOU<Enter>", .chosen("mara")),
    ("zoe<Enter>", .open), ("qqq<Enter>", .open), ("<Esc>", .cancelled), ("<Tab>", .unhandled),
    ("qqq<C-u><Enter>", .chosen("mara")), ("<Down><Down><Down><Up><Enter>", .chosen("aiko")),
  ])
  func `words in any order find an item`(keys: String, expected: Outcome<String>) throws {
    #expect(try after(keys).1 == expected)
  }

  @Test func `nothing found is said`() throws {
    var canvas = Canvas(columns: 30, rows: 7)
    try after("qq").0.draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text.hasSuffix("\n    Nothing matches."))
  }

  @Test func `a hundred items scroll`() throws {
    var picker = Picker(title: "Go", items: (0..<100).map { PickerItem($0, "row \($0)") })
    for _ in 0..<50 { _ = picker.handle(.down) }
    var canvas = Canvas(columns: 20, rows: 10)
    picker.draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text(row: 7) == "►   row 50")
  }
}

struct PromptTests {
  @Test func `enter checks the line`() throws {
    var prompt = Prompt(title: "Rename", label: "Name", hint: "as others see it") {
      $0.count < 3 ? "3 letters or more." : nil
    }
    var canvas = Canvas(columns: 40, rows: 5)
    prompt.draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text(row: 3) == "           as others see it")
    for key in try Key.script("ab<Enter>") { _ = prompt.handle(key) }
    canvas = Canvas(columns: 40, rows: 5)
    prompt.draw(on: &canvas, in: canvas.bounds)
    #expect(
      canvas.text == """
         Rename  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

          ► Name   ab
                   ! 3 letters or more.
        """)
    let outcomes = [Key.character("c"), .enter, .escape].map { prompt.handle($0) }
    #expect(outcomes == [.open, .chosen("abc"), .cancelled])
  }

  @Test(arguments: [
    (44, "►   Hand over   a deal   Only an admin can."), (34, "►   Hand over  Only an admin can."),
    (24, "►    Only an admin can."),
  ])
  func `a reason and the words it is for never cover each other`(columns: Int, row: String) {
    let picker = Picker(
      title: "Help",
      items: [
        PickerItem(
          0, cells: [[Span("Hand over")], [Span("a deal")]], disabled: "Only an admin can.")
      ], heads: [.init("", width: 9), .init("")])
    var canvas = Canvas(columns: columns, rows: 6)
    picker.draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.text(row: 4) == row)
  }
}

struct ConfirmTests {
  private func outcome(_ confirm: Confirm<Int>, _ keys: String) throws -> Outcome<Int> {
    var confirm = confirm
    var last = Outcome<Int>.open
    for key in try Key.script(keys) { last = confirm.handle(key) }
    return last
  }

  @Test(arguments: [
    ("y", Outcome.chosen(5)), ("<Enter>", .open), ("D", .open), ("<Esc>", .cancelled),
    ("n", .cancelled), ("x", .unhandled),
  ])
  func `yes is a key of its own`(keys: String, expected: Outcome<Int>) throws {
    let confirm = Confirm(question: "Delete?", yes: "yes", value: 5, trigger: .character("D"))
    #expect(try outcome(confirm, keys) == expected)
  }

  @Test func `the key that asked never agrees`() throws {
    let confirm = Confirm(question: "Copy?", yes: "yes", value: 1, trigger: .character("y"))
    #expect(try outcome(confirm, "yyy") == .open)
    #expect(try outcome(confirm, "Y") == .chosen(1))
  }

  @Test(arguments: [
    ("27<Enter>", Outcome.chosen(27)), ("26<Enter>", .open), ("<Enter>", .open), ("y", .open),
  ])
  func `many rows ask for their number`(keys: String, expected: Outcome<Int>) throws {
    let confirm = Confirm(question: "Delete 27?", yes: "yes", value: 27, typed: "27")
    #expect(try outcome(confirm, keys) == expected)
  }

  @Test func `it says what happens before it asks`() {
    var canvas = Canvas(columns: 60, rows: 6)
    Confirm(
      question: "Priority high for 7 tickets?", lines: [[Span("5 will change")]],
      choices: [.init("y", "yes, change 5", 1), .init("o", "only 3", 2)]
    ).draw(on: &canvas, in: canvas.bounds)
    #expect(
      canvas.text == """
         Priority high for 7 tickets?  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━

            5 will change

            Esc no, go back       y yes, change 5      o only 3
        """)
  }
}
