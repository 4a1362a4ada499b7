import CRM
import TerminalUI

/// The lanes side by side with their cards, and the closed ones beside or folded below.
struct BoardView {
  let answer: PipelineAnswer
  let state: BoardState
  let layout: BoardLayout
  let marks: RecordIDSet
  /// The board of what is put aside: when a deal comes back stands in place of when it closes.
  let isPutAside: Bool
  let context: Context

  private var lanes: [CRM.Lane] { answer.lanes }
  private var first: Int { layout.firstLane(focus: state.lane) }
  private var inSight: Range<Int> { first..<min(first + layout.lanes, lanes.count) }

  func draw(_ canvas: inout Canvas) {
    for index in inSight {
      let rect = Rect(
        row: layout.top, column: (index - first) * layout.laneWidth, columns: layout.laneWidth,
        rows: layout.rows)
      drawLane(index, &canvas, rect)
    }
    if layout.hasClosedColumn {
      ClosedColumn(
        lanes: Array(lanes.dropFirst(layout.lanes)), showsClosed: answer.showsClosed,
        cursor: state.lane >= layout.lanes ? (state.lane - layout.lanes, state.row) : nil,
        marks: marks, context: context
      ).draw(&canvas, top: layout.top, rows: layout.rows)
    } else {
      canvas.put(folded, row: layout.top + layout.rows, column: 1, width: canvas.size.columns - 2)
    }
  }

  private func drawLane(_ index: Int, _ canvas: inout Canvas, _ rect: Rect) {
    let lane = lanes[index]
    let top = state.tops[index] ?? 0
    let shown = lane.cards.dropFirst(top).prefix(layout.capacity)
    let width = min(rect.columns - 4, 34)
    TerminalUI.Lane(head: head(lane, width: width)).draw(
      on: &canvas, in: rect, cards: shown.map { card($0, width: width) },
      cursor: index == state.lane ? state.row - top : nil,
      whole: index == state.lane ? state.list.whole?.shifted(by: -top) : nil,
      cursorLook: context.cursorLook(Card.self),
      more: lane.more(from: top + shown.count))
    if lane.cards.isEmpty { drawEmpty(&canvas, rect, hasFocus: index == state.lane) }
  }

  /// The cursor stands on an empty lane too.
  private func drawEmpty(_ canvas: inout Canvas, _ rect: Rect, hasFocus: Bool) {
    let row = rect.row + TerminalUI.Lane.headRows
    canvas.put("none", row: row, column: rect.column + 3, style: .faint)
    guard hasFocus else { return }
    canvas.put(
      canvas.glyphs.cursor, row: row, column: rect.column,
      style: context.isDimmed ? .dim : .accent)
    if !context.isDimmed { canvas.placeCursor(row: row, column: rect.column) }
  }

  private func head(_ lane: CRM.Lane, width: Int) -> LaneHead {
    let isOpen = lane.stage.word?.isOpen ?? false
    let glyphs = context.glyphs
    return LaneHead(
      name: SafeLine(lane.title), count: SafeLine(Wording.count(lane.count)),
      weighted: isOpen && lane.hasAmounts ? SafeLine(Wording.compact(lane.weighted)) : "",
      sum: lane.sumWords(glyphs),
      care: lane.stage.word?.isOpen == false
        ? [lane.windowSpan(showsClosed: answer.showsClosed, width: width)] : lane.careSpans(width),
      split: lane.split(glyphs), total: lane.count)
  }

  private func card(_ row: DealRow, width: Int) -> Card {
    let isWide = width >= Card.wideFrom
    var company = Span(SafeLine(row.company.isEmpty ? row.contact : row.company), .dim)
    if row.company.isEmpty, row.contact.isEmpty { company = Span("no company", .warn) }
    if row.stage.word == nil { company = row.stage.quoted(context.glyphs) }
    let close = row.isOpen ? close(row, isWide: isWide) : Span("")
    var look = RowLook(row.severity, isUnsent: row.isUnsent)
    look.isMarked = marks.contains(row.id)
    return Card(
      title: SafeLine(row.title), company: company, owner: Span(SafeLine(row.owner), .faint),
      amount: isWide ? row.wordyAmountSpan(context.glyphs) : row.amountSpan(context.glyphs),
      step: step(row, width: width - close.line.width - 2), close: close, look: look)
  }

  private func close(_ row: DealRow, isWide: Bool) -> Span {
    guard isPutAside, let snoozed = row.snoozed else {
      return row.closeSpan(prefix: isWide ? "close " : "")
    }
    return Span(SafeLine("back \(snoozed.words)"), .info)
  }

  /// - Parameter width: The room beside the close date.
  private func step(_ row: DealRow, width: Int) -> Span {
    guard row.isOpen else {
      let reason = row.lostReason.map { $0 + ", " } ?? ""
      return Span(SafeLine(reason + row.changedAgo(context.viewpoint)), .faint)
    }
    var span = row.nextStep.span
    guard row.nextStep == .none, row.isQuiet else { return span }
    let quiet = SafeLine(", quiet \(row.quietDays)d")
    if span.line.width + quiet.width <= width { span.line += quiet }
    return span
  }

  /// Lanes not in sight on one line: `folded  won 9 214k   lost 6 62k   other 1 12k "Verbal yes"`.
  private var folded: [Span] {
    let hidden = lanes.indices.filter { index in
      !inSight.contains(index) && (answer.showsClosed || lanes[index].stage.word?.isOpen != false)
    }
    guard let last = hidden.last else { return [] }
    let parts = hidden.map { lanes[$0].foldedSpans(context.glyphs) }
    let keys: SafeLine =
      last < first ? "h" : hidden.contains { $0 < first } ? "h l" : "l"
    return [Span("folded  ", .faint)] + .facts(parts)
      + [Span("   "), Span(keys, .accent), Span(" opens", .faint)]
  }
}

extension Card {
  /// Columns of text from which a card has words beside its numbers.
  static let wideFrom = 30
}

extension CRM.Lane {
  var hasAmounts: Bool { count > withoutAmount }

  /// The sum; `-` for a lane without cards, the empty sign for one without any amount.
  func sumWords(_ glyphs: Glyphs) -> SafeLine {
    if hasAmounts { return SafeLine(Wording.compact(sum)) }
    return count == 0 ? glyphs.nothing : glyphs.empty
  }

  /// `1 late  2 today  3 no step`, with single blanks where two are too many.
  func careSpans(_ width: Int) -> [Span] {
    var care: [[Span]] = []
    if late > 0 { care.append([Span(SafeLine("\(late) late"), .bad)]) }
    if today > 0 { care.append([Span(SafeLine("\(today) today"), .info)]) }
    if noStep > 0 { care.append([Span(SafeLine("\(noStep) no step"), .warn)]) }
    let roomy = [Span](care.joined(separator: [Span("  ")]))
    return roomy.width <= width ? roomy : [Span](care.joined(separator: [Span(" ")]))
  }

  /// The shares of the rule below the head, in the order of the cards.
  func split(_ glyphs: Glyphs) -> [SplitRule.Part] {
    [
      .init(count: late, sign: glyphs.bar, style: .bad),
      .init(count: today, sign: glyphs.today, style: .info),
      .init(count: noStep, sign: glyphs.noStep, style: .warn),
    ]
  }

  /// Which of the closed deals a lane holds.
  func windowSpan(showsClosed: Bool, width: Int) -> Span {
    guard showsClosed else { return Span("not in this view", .faint) }
    return Span(width >= 28 ? "this quarter, by last change" : "this quarter", .dim)
  }

  /// `5 more, 51k   12 older`; nil when all are in sight.
  ///
  /// - Parameter end: the first card that is not in sight any more.
  func more(from end: Int) -> SafeLine? {
    var parts: [String] = []
    if end < count {
      parts.append(
        "\(count - end) more\(amount(from: end).map { ", " + Wording.compact($0) } ?? "")")
    }
    if older > 0 { parts.append("\(older) older") }
    return parts.isEmpty ? nil : SafeLine(parts.joined(separator: "   "))
  }

  /// The amount of the cards from one on; nil when none of them has one. Of a long lane with most of
  /// it out of sight, the lane's sum without those before.
  private func amount(from end: Int) -> Double? {
    guard end * 2 < count else {
      let known = cards[end...].compactMap { Statistics.amount($0.amount) }
      return known.isEmpty ? nil : known.reduce(0, +)
    }
    let known = cards[..<end].compactMap { Statistics.amount($0.amount) }
    let others = count - end - (withoutAmount - (end - known.count))
    return others > 0 ? sum - known.reduce(0, +) : nil
  }

  /// `won 9 214k`, with the stage words nobody knows.
  func foldedSpans(_ glyphs: Glyphs) -> [Span] {
    var spans = [
      Span(SafeLine(title + " "), .dim), Span(SafeLine(Wording.count(count) + " ")),
      Span(sumWords(glyphs), .dim),
    ]
    guard stage.word == nil else { return spans }
    var words: [Term<Stage>] = []
    for card in cards where !words.contains(card.stage) { words.append(card.stage) }
    for word in words.prefix(2) { spans += [Span(" "), word.quoted(glyphs)] }
    if words.count > 2 { spans.append(Span(SafeLine(" +\(words.count - 2)"), .faint)) }
    return spans
  }
}

extension Term<Stage> {
  /// An unknown stage word as somebody wrote it, `"Verbal yes"`.
  func quoted(_ glyphs: Glyphs) -> Span {
    switch self {
    case .unknown(let word): Span(SafeLine("\"\(word.text)\""), .info)
    case .missing: Span(glyphs.empty, .info)
    case .known: span
    }
  }

  /// The same where no head says that it is a stage.
  func inWords(_ glyphs: Glyphs) -> Span {
    self == .missing ? Span("no stage", .info) : quoted(glyphs)
  }
}
