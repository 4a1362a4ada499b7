package import TerminalUI

extension Welcome {
  private var glyphs: Glyphs { isASCII ? .ascii : .unicode }

  package func draw() -> Canvas {
    var canvas = Canvas(size: size, glyphs: glyphs)
    switch page {
    case .choices: drawChoices(&canvas)
    case .signIn(let kind): drawForm(&canvas, kind)
    }
    return canvas
  }

  /// The picture is laid out for 80 x 24 and stands in the middle of a larger window.
  private func offset(rows: Int, columns: Int) -> (row: Int, column: Int) {
    (max(0, (size.rows - rows) / 2), max(0, (size.columns - columns) / 2))
  }

  private func drawChoices(_ canvas: inout Canvas) {
    let isLow = size.rows < 22
    let (top, left) = offset(rows: 24, columns: 80)
    let column = size.columns < 80 ? 4 : left + 6
    var row = isLow ? 0 : top + 2
    canvas.put(
      [Span("Quad", Style(.accent, bold: true)), Span("  " + version, .faint)], row: row,
      column: column)
    canvas.put(
      "Students, quizzes, tickets and deals of your school, in a terminal.", row: row + 1,
      column: column, width: max(0, size.columns - column - 1), style: .dim)
    row += isLow ? 3 : 4
    for (index, choice) in Choice.allCases.enumerated() {
      let isChosen = index == cursor
      if isChosen {
        canvas.put(glyphs.cursor, row: row + index, column: column - 2, style: .accent)
        canvas.placeCursor(row: row + index, column: column - 2)
      }
      canvas.put(choice.words, row: row + index, column: column, style: isChosen ? .strong : .text)
      canvas.put(
        choice.hint, row: row + index, column: column + 27,
        width: max(0, size.columns - column - 28), style: .dim)
    }
    row += Choice.allCases.count
    if !isLow { drawLook(&canvas, row: row + 2, column: column) }
    Footer([
      Footer.Item("j k", "choose"), Footer.Item("Enter", "go on"), Footer.Item("q", "quit"),
    ]).draw(on: &canvas, row: size.rows - 1)
  }

  /// Samples of all the house draws with, so that a wrong font shows before it matters.
  private func drawLook(_ canvas: inout Canvas, row: Int, column: Int) {
    let steps = glyphs.columns.joined(by: .empty)
    let mark: SafeLine = glyphs.isASCII ? "|" : "│"
    let samples: [(name: SafeLine, sample: [Span], right: SafeLine)] = [
      (
        "lines",
        Bar(value: 47, target: 75, style: .bad).spans(width: 16, glyphs: glyphs) + [Span("  ")]
          + Bar(value: 82, target: 75, style: .good).spans(width: 16, glyphs: glyphs),
        "two bars, two ticks"
      ),
      ("columns", [Span(steps, Style(.chart2))], "a stair"),
      (
        "wide",
        ["林原 青葉 ", " 한새벽 ", " Łucja "].flatMap { [Span($0), Span(mark, .dim)] },
        "even gaps before " + mark
      ),
      (
        "colours",
        [
          Span("good   ", .good), Span("due   ", .warn), Span("late   ", .bad),
          Span("new   ", .info), Span("key   ", .accent), Span("quiet", .dim),
        ], "six words"
      ),
    ]
    canvas.put("Does this look right?", row: row, column: column, style: .strong)
    for (index, line) in samples.enumerated() {
      canvas.put(line.name, row: row + 1 + index, column: column, style: .dim)
      canvas.put(line.sample, row: row + 1 + index, column: column + 11)
      canvas.put(
        line.right, row: row + 1 + index, column: column + 52,
        width: max(0, size.columns - column - 53), style: .faint)
    }
    canvas.put(
      [
        Span("A", .accent), Span(" plain ASCII   ", .dim), Span("B", .accent),
        Span(" light or dark   ", .dim), Span("M", .accent), Span(" no colour", .dim),
      ], row: row + 6, column: column + 11)
    canvas.put(
      keptLook ?? "No password is stored, only the sign-in.", row: row + 8, column: column,
      style: .faint)
  }

  /// How the look chosen here is had the next time.
  private var keptLook: SafeLine? {
    let flags = [
      theme.flatMap { $0 == .auto ? nil : "--theme \($0.rawValue)" }, isASCII ? "--ascii" : nil,
    ].compactMap(\.self)
    return flags.isEmpty ? nil : SafeLine("Next time: quad \(flags.joined(separator: " "))")
  }

  private func drawForm(_ canvas: inout Canvas, _ kind: ServerKind) {
    guard let form = forms[kind] else { return }
    let isKnown = kind == knownKind
    let isLow = size.rows < 24
    let wanted = 2 + form.fields.count * 2 + 6
    let top = isLow ? 0 : max(1, (size.rows - wanted) / 2 - 1)
    let left = size.columns < 80 ? 3 : (size.columns - 44) / 2
    let width = min(48, max(10, size.columns - left - SignInForm.valueColumn - 2))
    canvas.put("Sign in", row: top, column: left, style: .strong)
    canvas.put(
      kind.title, row: top, column: left + SignInForm.valueColumn,
      width: min(width, 32), align: .right, style: .dim)
    let row = form.draw(
      on: &canvas, row: top + (isLow ? 1 : 2), column: left, width: width, gap: isLow ? 0 : 1)
    if isKnown, row + 4 < size.rows {
      drawKnown(&canvas, row: min(row + 2, size.rows - 6), column: left)
    }
    var items = [Footer.Item("Enter", "sign in"), Footer.Item("Tab", "next field")]
    if form.asked != nil { items = [] }
    if isKnown { items.append(Footer.Item("C-o", "offline")) }
    items.append(Footer.Item("Esc", form.asked == nil ? "back" : "stop"))
    Footer(items).draw(on: &canvas, row: size.rows - 1)
  }

  private func drawKnown(_ canvas: inout Canvas, row: Int, column: Int) {
    guard let known else { return }
    let value = column + SignInForm.valueColumn
    canvas.hline(row: row, column: column, width: 45)
    canvas.put("Also here", row: row + 1, column: column, style: .dim)
    canvas.put(
      SafeLine("\(known.username) @ \(host(of: known.server))"), row: row + 1, column: value,
      width: max(0, size.columns - value - 1))
    canvas.put(SafeLine("last open \(known.lastUsed)"), row: row + 2, column: value, style: .dim)
    canvas.put(
      [Span("C-o", .accent), Span(" work with it offline, sign in later", .dim)], row: row + 3,
      column: value)
  }
}

extension Welcome.Choice {
  fileprivate var words: SafeLine {
    switch self {
    case .demo: "Try the demo"
    case .back4app: "Sign in to Back4app"
    case .parseServer: "Sign in to a Parse Server"
    }
  }

  fileprivate var hint: SafeLine {
    switch self {
    case .demo: "240 invented students, all on this machine"
    case .back4app: "application id and key from its dashboard"
    case .parseServer: "its address, then the same"
    }
  }
}
