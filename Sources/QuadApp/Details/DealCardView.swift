import CRM
import ParseCore
import TerminalUI

/// A deal alone: its stage, what it needs, its timeline, its company and its notes.
struct DealCardView {
  let card: DealCard
  /// When it was seen to come into its stage.
  let entry: ParseDate?
  /// The activity the cursor is on.
  let cursor: Int
  let context: Context

  /// Columns from which facts stand two side by side in the wide grid.
  private static let wideFrom = 100
  private static let leastTimeline = 4

  func draw(_ canvas: inout Canvas) {
    drawHead(&canvas)
    var row = drawFacts(&canvas, row: drawSteps(&canvas, row: 3)) + 1
    row = drawCare(&canvas, row: row)
    let notes = notes(width: canvas.size.columns - 4)
    let company = companyLines(canvas)
    let wanted = DealTimeline(card: card, cursor: cursor, context: context).wantedRows
    let below = (company.isEmpty ? 0 : company.count + 2) + (notes.isEmpty ? 0 : notes.count + 2)
    let room = canvas.size.rows - row - 2
    let rows = min(wanted, max(Self.leastTimeline, room - below), room)
    guard rows > 0 else { return }
    let keys = context.rights.allowed(
      RuleKey("A", "log", .create, .activity), RuleKey("t", "plan", .create, .activity))
    TitledRule(
      [Span("Timeline", .strong), Span(SafeLine("  \(card.timeline.count)"), .dim)],
      right: .keys(keys)
    ).draw(on: &canvas, row: row)
    let rect = Rect(row: row + 2, column: 0, columns: canvas.size.columns, rows: rows)
    canvas.area(rect) {
      DealTimeline(card: card, cursor: cursor, context: context).draw(&$0)
    }
    row = rect.endRow + 1
    row = drawBlock(companyTitle, company, &canvas, row: row)
    let isMine = card.row.ownerID == context.session.user
    _ = drawBlock(
      [Span("Notes", .strong)], notes, &canvas, row: row,
      keys: context.rights.allowed(RuleKey("e", "edit", .update, .deal), isOwn: isMine))
  }

  private func drawBlock(
    _ title: [Span], _ lines: [[Span]], _ canvas: inout Canvas, row: Int,
    keys: [(SafeLine, SafeLine)] = []
  ) -> Int {
    guard !lines.isEmpty, row + 1 < canvas.size.rows else { return row }
    TitledRule(title, right: .keys(keys)).draw(on: &canvas, row: row)
    let shown = lines.prefix(canvas.size.rows - row - 1)
    for (line, spans) in shown.enumerated() {
      canvas.put(spans, row: row + 1 + line, column: 3, width: canvas.size.columns - 4)
    }
    return row + 1 + shown.count + 1
  }

  private func drawHead(_ canvas: inout Canvas) {
    let row = card.row
    if let stripe = row.severity.stripe {
      for line in 0...1 {
        canvas.put(stripe.sign(canvas.glyphs), row: line, column: 1, style: stripe.style)
      }
    }
    let ways = [card.contactPhone, card.contactEmail].compactMap(\.self).map { way in
      [Span(SafeLine(way), .dim)]
    }
    let people = [Span].fitting(
      [card.peopleSpans] + ways, width: canvas.size.columns - row.weightedSpans.width - 6)
    canvas.area(canvas.bounds.inset(left: 2)) { canvas in
      canvas.putEnds(
        row: 0, left: [Span(SafeLine(row.title), .strong)],
        right: [row.wordyAmountSpan(context.glyphs).strong])
      canvas.putEnds(row: 1, left: people, right: row.weightedSpans)
    }
  }

  /// `lead ━━━ qualified ━━━ proposal ─── negotiation ─── won`, the present stage underlined.
  private func drawSteps(_ canvas: inout Canvas, row: Int) -> Int {
    let stage = card.row.stage.word
    var ladder = Stage.open + [.won]
    if stage == .lost { ladder = [.lost] }
    let place = stage.flatMap { ladder.firstIndex(of: $0) }
    let glyphs = context.glyphs
    var spans: [Span] = []
    for (index, step) in ladder.enumerated() {
      let isPast = index < place ?? 0
      if index > 0 {
        let isReached = index <= place ?? -1
        spans += [
          Span(" "),
          Span(
            (isReached ? glyphs.bar : glyphs.rule).repeated(3), isReached ? Style(.chart2) : .rule),
          Span(" "),
        ]
      }
      let style: Style = index == place ? .strong.underlined() : isPast ? .text : .dim
      spans.append(Span(SafeLine(step.rawValue), style))
    }
    if stage == nil {
      let isUnknown = card.row.stage != .missing
      spans += [
        Span("   "), card.row.stage.inWords(context.glyphs),
        Span(isUnknown ? " is not a stage Quad knows" : " yet", .faint),
      ]
    }
    if let entry {
      let stay = context.viewpoint.seconds(since: entry)
      let words = stay < 60 ? Wording.ago(stay) : "for " + Wording.age(stay)
      spans += [Span("   "), Span(SafeLine(words), .dim)]
    }
    if let reason = card.row.lostReason { spans += [Span("   "), Span(SafeLine(reason), .dim)] }
    canvas.put(spans, row: row, column: 3, width: canvas.size.columns - 4)
    return row + 2
  }

  private func drawFacts(_ canvas: inout Canvas, row: Int) -> Int {
    let isWide = canvas.size.columns >= Self.wideFrom
    let second = isWide ? 58 : canvas.size.columns / 2 + 2
    for (line, fact) in leftFacts.enumerated() {
      canvas.put(SafeLine(fact.0), row: row + line, column: 3, style: .dim)
      canvas.put(fact.1, row: row + line, column: 14, width: second - 16)
    }
    for (line, fact) in rightFacts(isWide: isWide).enumerated() {
      canvas.put(SafeLine(fact.0), row: row + line, column: second, style: .dim)
      canvas.put(
        fact.1, row: row + line, column: second + 13, width: canvas.size.columns - second - 14)
    }
    return row + 3
  }

  private var leftFacts: [(String, [Span])] {
    let row = card.row
    var close = [Span("no date", row.isOpen ? .warn : .faint)]
    if let day = row.closeDay, let days = row.daysToClose {
      let isLate = row.isOpen && days < 0
      let ahead = days < 0 ? Wording.late(days: -days) : Wording.ahead(days: days)
      close = [Span(SafeLine(Wording.longDay(CivilDay(number: day))))]
      if row.isOpen { close += [Span("  "), Span(SafeLine(ahead), isLate ? .bad : .dim)] }
    }
    var created = [Span("not known", .faint)]
    if let at = card.createdAt {
      let day = context.viewpoint.day(at: at)
      let age = Wording.age(context.viewpoint.seconds(since: at))
      created = [Span(SafeLine(Wording.longDay(day))), Span(SafeLine("  \(age) ago"), .dim)]
    }
    return [("close", close), ("owner", [card.ownerSpan]), ("created", created)]
  }

  private func rightFacts(isWide: Bool) -> [(String, [Span])] {
    let row = card.row
    var step = [row.nextStep.span]
    if !row.isOpen { step = [Span("-", .faint)] }
    if row.isOpen, !card.nextSubject.isEmpty {
      step += [Span("  "), Span(SafeLine(card.nextSubject), .dim)]
    }
    let touch = [
      Span(SafeLine(Wording.touched(days: row.quietDays))), Span("  "),
      Span(SafeLine(card.touchWords(context.viewpoint)), .dim),
    ]
    return [("next step", step), ("last touch", touch), ("limit", limit(isWide: isWide))]
  }

  private func limit(isWide: Bool) -> [Span] {
    guard let stage = card.row.stage.word, let most = stage.quietLimit else {
      return [Span("-", .faint)]
    }
    let left = most - card.row.quietDays
    return [
      Span(SafeLine("quiet \(most)d" + (isWide ? " in \(stage.rawValue)" : ""))), Span("  "),
      left > 0
        ? Span(SafeLine("\(left)d left"), .dim) : Span(SafeLine("reached \(-left)d ago"), .warn),
    ]
  }

  /// What is wrong, each with the key that helps; one or two on a line.
  private func drawCare(_ canvas: inout Canvas, row: Int) -> Int {
    let needs = card.needs(context.viewpoint)
    guard !needs.isEmpty else { return row }
    TitledRule([Span("Needs care", .strong), Span(SafeLine("  \(needs.count)"), .dim)])
      .draw(on: &canvas, row: row)
    let perLine = canvas.size.columns >= Self.wideFrom ? 2 : 1
    for (index, need) in needs.enumerated() {
      canvas.put(
        need, row: row + 1 + index / perLine, column: index % perLine == 0 ? 3 : 66,
        width: perLine == 2 && index % 2 == 0 ? 61 : nil)
    }
    return row + 1 + (needs.count + perLine - 1) / perLine + 1
  }

  private func notes(width: Int) -> [[Span]] {
    guard let notes = card.notes, !notes.isEmpty else { return [] }
    return SafeText(notes).wrapped(to: width).map { [Span($0)] }
  }

  private var companyTitle: [Span] {
    [Span(SafeLine(card.row.company), .strong), Span("  company", .dim)]
  }
}

extension DealCardView {
  private static let mostDeals = 5

  /// What kind of company it is, then its deals.
  private func companyLines(_ canvas: Canvas) -> [[Span]] {
    guard !card.companyDeals.isEmpty else { return [] }
    let others = card.companyDeals.filter { $0.id != card.row.id }
    let won = others.filter { $0.stage.word == .won }
    let closed = others.count { !$0.isOpen }
    var about: [[Span]] = []
    for fact in [card.industry, card.website].compactMap(\.self) {
      about.append([Span(SafeLine(fact), .dim)])
    }
    let people = card.contacts == 1 ? "1 contact" : "\(card.contacts) contacts"
    about.append([Span(SafeLine(people), .dim)])
    if closed > 0 {
      let sum = Wording.compact(won.compactMap(\.amount).reduce(0, +))
      about.append([
        Span(SafeLine("won \(won.count) of \(closed) before\(won.isEmpty ? "" : ", \(sum)")"), .dim)
      ])
    }
    let deals = card.companyDeals.prefix(Self.mostDeals).map { deal($0, canvas) }
    let rest = card.companyDeals.count - deals.count
    return [.facts(about)] + deals + (rest > 0 ? [[Span(SafeLine("\(rest) more"), .faint)]] : [])
  }

  private func deal(_ deal: DealRow, _ canvas: Canvas) -> [Span] {
    let isThis = deal.id == card.row.id
    let width = canvas.size.columns >= Self.wideFrom ? 35 : 28
    let when = Span(SafeLine(deal.changedAgo(context.viewpoint)), .dim)
    let reason = deal.lostReason.map { $0 + ", " } ?? ""
    return [
      Span(left(SafeLine(deal.title), width), isThis ? .strong : .text), Span("  "),
      Span(left(SafeLine(deal.stage.label), 11), deal.stage.span.style),
      Span(right(deal.amountSpan(context.glyphs).line, 10), deal.amountSpan(context.glyphs).style),
      Span("   "),
      isThis ? Span("this one", .dim) : Span(SafeLine(reason) + when.line, .dim),
    ]
  }
}

extension DealCard {
  /// The facts that put the deal among those that need care, in words, with keys.
  func needs(_ viewpoint: Viewpoint) -> [[Span]] {
    guard row.isOpen else { return [] }
    var needs: [[Span]] = []
    func add(_ words: String, _ keys: (SafeLine, SafeLine)...) {
      needs.append(
        [Span(SafeLine(words))]
          + keys.flatMap { [Span("   "), Span($0.0, .accent), Span(" " + $0.1, .dim)] })
    }
    switch row.nextStep {
    case .late(let type, _):
      let due = viewpoint.day(of: nextActivity?.dueDate).map { " " + Wording.shortDay($0) } ?? ""
      add("\(type.said) was due\(due)", ("x", "done"), ("t", "plan a new one"))
    case .none: add("no next step", ("t", "plan one"))
    case .today, .planned, .undated: break
    }
    if let day = row.closeDay, row.isOverdue {
      let words = "close date was \(Wording.shortDay(CivilDay(number: day)))"
      add(words, ("+", "a week on"), ("e", "edit"))
    }
    if row.closeDay == nil { add("no close date", ("e", "edit")) }
    if row.amount == nil { add("no amount", ("e", "edit")) }
    if row.owner.isEmpty { add("nobody owns it", ("c", "make it mine")) }
    if row.company.isEmpty, row.contact.isEmpty { add("no company, no contact", ("e", "edit")) }
    if row.isQuiet { add("quiet for \(row.quietDays)d", ("A", "log"), ("t", "plan")) }
    return needs
  }
}
