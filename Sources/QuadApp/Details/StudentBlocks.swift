import CRM
import TerminalUI

/// The blocks of a learner that the detail of a ticket, of a student and the card share.
struct StudentBlocks {
  let card: StudentCard
  let context: Context

  /// Columns from which two blocks stand side by side, and where the second one starts.
  static let twoFrom = 100
  static let second = 63

  /// `Zoë …   2026-A   owner mara     ▌ high risk 6   −32 ART101, stalled 21d`.
  var headline: [Span] {
    guard card.row.risk.points > 0 else { return who }
    return who + [Span("     ")] + standing
      + [Span("   "), Span(SafeLine(card.row.risk.words), .text)]
  }

  /// `Zoë …   2026-A   owner mara`.
  var who: [Span] {
    let row = card.row
    return .facts([
      [Span(SafeLine(row.name), .strong)], [Span(SafeLine(row.cohort), .dim)],
      fact("owner", SafeLine(row.owner.isEmpty ? "-" : row.owner), .dim),
    ])
  }

  /// `▌ high risk 6`; empty without points.
  var standing: [Span] {
    let risk = card.row.risk
    guard risk.points > 0 else { return [] }
    let word = risk.points >= 5 ? "high risk" : risk.points >= 3 ? "at risk" : "watch"
    let style = Style(risk.severity.style.role, bold: risk.points >= 5)
    let words = Span(SafeLine("\(word) \(risk.points)"), style)
    guard let stripe = risk.severity.stripe else { return [words] }
    return [Span(stripe.sign(context.glyphs), stripe.style), Span(" "), words]
  }

  /// `Quiz 3: Loops 41 −14`, or that there is none.
  var latestScore: [Span] {
    guard let row = card.attempts.first else { return [Span("no quiz tried yet", .faint)] }
    let change = row.change.map { [Span(SafeLine(" " + Wording.signed($0)), changeStyle($0))] }
    return [
      Span(SafeLine(row.quiz).cut(to: 18) + " ", .dim),
      Span(SafeLine(Wording.integer(row.score)), row.severity.style),
    ] + (change ?? [])
  }

  func courses(_ most: Int) -> Block {
    var lines = card.courses.prefix(most).map(course)
    if lines.isEmpty { lines = [[Span("not enrolled in any course", .faint)]] }
    return Block("Courses", "progress to target", lines)
  }

  private func course(_ course: CourseProgress) -> [Span] {
    let severity: Severity = course.isActive ? Severity(gap: course.gap) : .plain
    let bar = Bar(
      value: course.progress, target: course.target,
      style: course.isActive ? severity.barStyle : .faint)
    let target = course.target.map { "/" + Wording.integer($0) } ?? "/-"
    return [Span(left(SafeLine(course.courseCode), 8), course.isActive ? .text : .faint)]
      + bar.spans(width: 16, glyphs: context.glyphs)
      + [
        Span(right(SafeLine(Wording.integer(course.progress)), 4), severity.style),
        Span(" "), Span(SafeLine(target), .faint), Span(" "),
        Span(
          right(SafeLine(course.gap.map { Wording.signed($0) } ?? ""), 3),
          course.isActive ? severity.style : .faint),
        Span("  "), course.pace.span,
        Span(course.isUnsent ? " " + context.glyphs.unsent : "", .info),
      ]
  }

  func quizzes(_ most: Int) -> Block {
    var lines = card.attempts.prefix(most).map(attempt)
    if lines.isEmpty { lines = [[Span("no quiz tried yet", .faint)]] }
    return Block(
      "Quizzes", SafeLine("pass mark \(Wording.integer(context.viewpoint.passMark))"), lines)
  }

  private func attempt(_ row: AttemptRow) -> [Span] {
    let mark = context.viewpoint.passMark
    let age = row.at.map { Wording.age(context.viewpoint.seconds(since: $0)) } ?? "-"
    return [Span(left(SafeLine(row.quiz), 18))]
      + Bar(value: row.score, target: mark, style: row.severity.barStyle)
      .spans(width: 10, glyphs: context.glyphs)
      + [
        Span(right(SafeLine(Wording.integer(row.score)), 4), row.severity.style),
        Span(
          right(SafeLine(row.change.map { Wording.signed($0) } ?? ""), 5), changeStyle(row.change)),
        Span(right(SafeLine(age), 5), .faint),
      ]
  }

  private func changeStyle(_ change: Double?) -> Style {
    guard let change else { return .faint }
    return change <= -10 ? .bad : change >= 10 ? .good : .dim
  }

  func tickets(_ most: Int) -> Block {
    let lines = card.tickets.prefix(most).map { ticket in
      [
        Span(left(SafeLine(ticket.number), 8), .dim),
        Span(left(ticket.status.span.line, 10), ticket.status.span.style),
        Span(left(SafeLine(ticket.subject), 33)),
        Span(right(SafeLine(Wording.age(ticket.age)), 5), .faint),
      ]
    }
    return Block(
      "Tickets", SafeLine("\(card.recentTickets) in 30 days"),
      lines.isEmpty ? [[Span("none", .faint)]] : lines)
  }

  /// The points of the risk with their rules.
  var why: Block {
    let lines = card.row.risk.reasons.map { reason in
      [
        Span(SafeLine("\(reason.points)"), .strong), Span("  "),
        Span(left(SafeLine(reason.sentence), 30)), Span(SafeLine(reason.rule), .faint),
      ]
    }
    let points = card.row.risk.points
    return Block(
      "Why", SafeLine("\(card.row.risk.word) \(points) points"),
      lines.isEmpty ? [[Span("nothing counts against this learner", .faint)]] : lines)
  }
}

extension CourseProgress.Pace {
  var span: Span {
    switch self {
    case .ended: Span("not active", .faint)
    case .reached: Span("reached", .good)
    case .stalled(let days): Span(SafeLine("stalled \(days)d"), .warn)
    case .notStarted(let days): Span(SafeLine("not started \(days)d"), .warn)
    case .moving(_, let weeks?): Span(SafeLine("target in \(Wording.integer(weeks)) wk"), .dim)
    case .moving(let pace, nil): Span(SafeLine("\(Wording.tenths(pace)) pp a week"), .dim)
    case .unknown: Span("-", .faint)
    }
  }
}

/// A dim head with a faint qualifier and its lines.
struct Block {
  let head: SafeLine
  let qualifier: SafeLine
  let lines: [[Span]]

  init(_ head: SafeLine, _ qualifier: SafeLine, _ lines: [[Span]]) {
    self.head = head
    self.qualifier = qualifier
    self.lines = lines
  }

  var rows: Int { lines.count + 1 }

  /// Draws what fits; the next free row comes back.
  @discardableResult
  func draw(_ canvas: inout Canvas, row: Int, column: Int, width: Int) -> Int {
    guard row + 1 < canvas.size.rows else { return row }
    canvas.put(
      [Span(head, .dim), Span(" "), Span(qualifier, .faint)], row: row, column: column, width: width
    )
    var next = row + 1
    for line in lines where next < canvas.size.rows {
      canvas.put(line, row: next, column: column, width: width)
      next += 1
    }
    return next
  }
}

extension Canvas {
  /// Blocks one under the other, a blank line between.
  mutating func stack(_ blocks: [Block], row: Int, column: Int, width: Int) {
    var next = row
    for block in blocks {
      next = block.draw(&self, row: next, column: column, width: width) + 1
    }
  }
}
