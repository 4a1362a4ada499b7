import CRM
import TerminalUI

/// Base, mine, theirs and the result per field, merged texts, and what will be written
/// (design/screens.md §10).
struct ConflictView {
  let conflict: Conflict
  let choices: [String: Conflict.Choice]
  let cursor: Int
  let context: Context

  func draw(_ canvas: inout Canvas) {
    let rows = canvas.size.rows
    var lines = head + table + merges + result + waiting
    if lines.count > rows { lines.removeAll { $0.isBlank } }
    // In the smallest windows the cursor's field stays in sight.
    let focus = lines.firstIndex { $0.field == cursor } ?? 0
    let first = max(0, min(focus - rows + 1, lines.count - rows))
    for (row, line) in lines.dropFirst(first).prefix(rows).enumerated() {
      draw(line, row, &canvas)
    }
  }

  private enum Line {
    case card(CardLine)
    case heads
    case field(Int)

    var field: Int? { if case .field(let index) = self { index } else { nil } }
    var isBlank: Bool {
      if case .card(let card) = self { card.spans.isEmpty && card.right.isEmpty } else { false }
    }
  }

  private func draw(_ line: Line, _ row: Int, _ canvas: inout Canvas) {
    switch line {
    case .card(let card): card.draw(&canvas, row: row, hasCursor: false, context)
    case .heads: drawHeads(&canvas, row)
    case .field(let index): drawField(index, &canvas, row)
    }
  }

  private var head: [Line] {
    let words =
      "Your change was made at \(conflict.mineTime). The server copy is of \(conflict.theirsTime). "
      + "Nothing is lost: choose per field, then write."
    let short =
      "Yours is of \(conflict.mineTime), the server copy of \(conflict.theirsTime). "
      + "Choose per field, then write."
    let fits = words.count < context.size.columns - 4
    return [
      .card(CardLine(spans: [Span(SafeLine(conflict.title), .strong)], stripe: .late)),
      .card(CardLine(spans: [Span(SafeLine(fits ? words : short), .dim)], stripe: .late)),
      .card(.blank),
    ]
  }

  private var table: [Line] {
    [.heads] + conflict.fields.indices.map { .field($0) } + [.card(.blank)]
  }

  /// First columns of field, base, mine, theirs, result and note; the last two are nil or close
  /// together where there is little room.
  private func places(_ width: Int) -> (columns: [Int], note: Int?) {
    if width >= 100 {
      let room = width - 32
      let mine = 18 + room * 24 / 88
      let theirs = mine + room * 24 / 88
      return ([3, 18, mine, theirs, theirs + room * 26 / 88], width - 14)
    }
    let step = (width - 16) / 4
    return ([3, 15, 15 + step, 15 + 2 * step, 15 + 3 * step], nil)
  }

  /// `Thu 19 Nov 04:08`, without the weekday and then without the time where that is too wide.
  private func fitted(_ moment: String, _ width: Int) -> String {
    let words = moment.split(separator: " ")
    guard words.count == 4, moment.count > width else { return moment }
    let short = words.dropFirst()
    let line = short.joined(separator: " ")
    return line.count <= width ? line : short.dropLast().joined(separator: " ")
  }

  private func drawHeads(_ canvas: inout Canvas, _ row: Int) {
    let columns = places(canvas.size.columns).columns
    let heads: [(SafeLine, String)] = [
      ("Field", ""), ("Base", conflict.baseTime), ("Mine", conflict.mineTime),
      ("Theirs", conflict.theirsTime), ("Result", ""),
    ]
    for (index, head) in heads.enumerated() {
      let end = index + 1 < columns.count ? columns[index + 1] - 1 : canvas.size.columns - 1
      let width = end - columns[index]
      let time = SafeLine(" " + fitted(head.1, width - head.0.width - 1))
      canvas.put(
        [Span(head.0, .dim), Span(time, .faint)], row: row, column: columns[index], width: width)
    }
  }

  private func drawField(_ index: Int, _ canvas: inout Canvas, _ row: Int) {
    let field = conflict.fields[index]
    let (columns, note) = places(canvas.size.columns)
    let choice = choices[field.name]
    let isOpen = choice == nil
    let cells: [[Span]] = [
      [Span(SafeLine(field.label), field.verdict == .same ? .faint : isOpen ? .strong : .text)],
      [Span(SafeLine(field.base), field.verdict == .same ? .faint : .dim)],
      value(field.mine, isChosen: choice == .mine, field, isNew: field.verdict != .onlyTheirs),
      value(
        field.theirs, isChosen: choice == .theirs && field.verdict != .same, field,
        isNew: field.verdict != .onlyMine),
      [
        Span(
          SafeLine(result(of: field)), field.verdict == .same ? .faint : isOpen ? .warn : .strong)
      ],
    ]
    for (number, cell) in cells.enumerated() {
      let end = number + 1 < columns.count ? columns[number + 1] : note ?? canvas.size.columns
      canvas.put(
        cell, row: row, column: columns[number], width: max(0, end - columns[number] - 1))
    }
    if let note { canvas.put(said(field), row: row, column: note, width: 13) }
    if field.verdict == .both, field.settled == nil {
      canvas.put(context.glyphs.stripeLate, row: row, column: 1, style: .bad)
    }
    guard index == cursor else { return }
    CardLine().draw(&canvas, row: row, hasCursor: true, context)
  }

  /// A value, in brackets when it was chosen of several.
  private func value(
    _ text: String, isChosen: Bool, _ field: Conflict.Field, isNew: Bool
  ) -> [Span] {
    if field.verdict == .same { return [Span(SafeLine(text), .faint)] }
    guard isChosen, field.verdict == .both else {
      return [Span(SafeLine(text), isNew ? .text : .dim)]
    }
    let glyphs = context.glyphs
    return [Span(glyphs.chosenOpen + SafeLine(text) + glyphs.chosenClose, .accent)]
  }

  private func result(of field: Conflict.Field) -> String {
    switch choices[field.name] {
    case .mine: field.mine
    case .theirs: field.theirs
    case .merged: "both"
    case .typed: choices[field.name]?.typed ?? ""
    case nil: "choose"
    }
  }

  private func said(_ field: Conflict.Field) -> [Span] {
    switch (field.verdict, choices[field.name]) {
    case (_, .typed): [Span("typed", .dim)]
    case (.onlyTheirs, _): [Span("only they", .dim)]
    case (.same, _): [Span("same", .faint)]
    case (.onlyMine, .theirs): [Span("not mine", .dim)]
    case (.onlyMine, _): [Span("only you", .dim)]
    case (.both, .mine): [Span("mine", .dim)]
    case (.both, .theirs): [Span("theirs", .dim)]
    case (.both, .merged): [Span("merged", .dim)]
    case (.both, nil): [Span("h or l", .warn)]
    }
  }

  /// Texts of many lines with the marks of who added or took away which.
  private var merges: [Line] {
    conflict.fields.flatMap { field -> [Line] in
      guard let merge = field.merge else { return [] }
      let words: SafeLine =
        merge.isClean ? "both changed, merged by line" : "both changed the same line"
      let rule = CardLine.rule(
        SafeLine(field.label), [Span(words, .dim)], keys: [("e", "edit the result")])
      return [.card(rule)] + merge.lines.map { .card(line($0)) } + [.card(.blank)]
    }
  }

  private func line(_ line: LineMerge.Line) -> CardLine {
    let text = SafeLine(line.text)
    func who(_ side: LineMerge.Side?) -> [Span] {
      switch side {
      case .mine: [Span("mine", .dim), .init("          ")]
      case .theirs: [Span("theirs", .dim), .init("        ")]
      case nil: [Span("both", .dim), .init("          ")]
      }
    }
    switch line.mark {
    case .kept: return CardLine(spans: [Span("  "), Span(text, .dim)])
    case .added(let side):
      let style: Style = side == .mine ? .good : .info
      return CardLine(spans: [Span("+ ", style), Span(text)], right: who(side))
    case .removed(let side):
      return CardLine(
        spans: [Span(context.glyphs.minus + " ", .dim), Span(text, .faint)], right: who(side))
    }
  }

  private var result: [Line] {
    let open = conflict.fields.count { choices[$0.name] == nil }
    let written = conflict.fields.filter(isWritten)
    let count = written.count == 1 ? "1 field" : "\(written.count) fields"
    let right: [Span] =
      open > 0
      ? [Span(SafeLine("\(open) to choose"), .warn)]
      : [Span(SafeLine(count)), Span(", then the outbox goes on", .dim)]
    let facts = conflict.fields.filter { $0.verdict != .same }.map(outcome)
    let seen =
      "checked against the copy of \(conflict.theirsTime): if it changes again before this is "
      + "written, you are asked again"
    return [
      .card(
        CardLine(
          spans: [Span("What will be written", .strong)], right: right, isRule: true))
    ]
      + [[Span]].lines(facts, width: context.size.columns - 4).map { .card(CardLine(spans: $0)) }
      + paragraph(seen, .faint) + [.card(.blank)]
  }

  private func isWritten(_ field: Conflict.Field) -> Bool {
    switch choices[field.name] {
    case .mine, .merged, .typed: field.verdict != .same
    case .theirs, nil: false
    }
  }

  /// `stage proposal ▸ negotiation`, `amount left at 210 000`.
  private func outcome(_ field: Conflict.Field) -> [Span] {
    let label = Span(SafeLine(field.label + " "), .dim)
    if choices[field.name] == nil { return [label, Span("not chosen yet", .warn)] }
    guard isWritten(field) else { return [label, Span(SafeLine("left at \(field.theirs)"))] }
    if choices[field.name] == .merged { return [label, Span("lines of both")] }
    return [
      label, Span(SafeLine(field.theirs), .dim), Span(" " + context.glyphs.becomes + " ", .faint),
      Span(SafeLine(result(of: field))),
    ]
  }

  private var waiting: [Line] {
    guard conflict.behind + conflict.others > 0 else { return [] }
    let behind =
      conflict.behind == 1
      ? "1 other change of yours waits" : "\(conflict.behind) other changes of yours wait"
    let words =
      conflict.behind == 0
      ? "Your other changes do not depend on this one."
      : "\(behind) behind this one, \(conflict.others) more in the outbox do not depend on it."
    return paragraph(words, .dim)
  }

  private func paragraph(_ words: String, _ style: Style) -> [Line] {
    CardLine.paragraph(words, style, columns: context.size.columns).map { .card($0) }
  }
}
