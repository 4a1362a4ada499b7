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
    let change = row.changeSpan.map { [Span(" "), $0] }
    return [
      Span(SafeLine(row.quiz).cut(to: 18) + " ", .dim),
      Span(SafeLine(Wording.integer(row.score)), row.severity.style),
    ] + (change ?? [])
  }

  func courses(_ most: Int) -> Block {
    var lines = card.courses.prefix(most).map(course)
    if lines.isEmpty { lines = [none(.enrollment, "not enrolled in any course")] }
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

  /// Where rows are still fetched nobody knows whether there are any.
  private func none(_ kind: SchoolClass, _ words: SafeLine) -> [Span] {
    let isArriving = context.fill?.kinds.contains { $0.className == kind.rawValue && !$0.isDone }
    return [
      Span(isArriving == true ? SafeLine("\(kind.plural) are still arriving") : words, .faint)
    ]
  }

  /// - Parameter width: The block's; a roomy one shows more of a quiz's name.
  func quizzes(_ most: Int, _ width: Int) -> Block {
    let name = min(30, max(17, width - 32))
    var lines = card.attempts.prefix(most).map { attempt($0, name) }
    if lines.isEmpty { lines = [none(.attempt, "no quiz tried yet")] }
    return Block(
      "Quizzes", SafeLine("pass mark \(Wording.integer(context.viewpoint.passMark))"), lines)
  }

  /// - Parameter name: Columns of the quiz's name.
  private func attempt(_ row: AttemptRow, _ name: Int) -> [Span] {
    let age = row.ageSpan(context.viewpoint)
    let end = Span(right(age.line, 6), age.style)
    guard let score = row.score else {
      return [
        Span(left(SafeLine(row.quiz), name) + " "), Span(left("no score yet", 19), .faint), end,
      ]
    }
    let bar = Bar(value: score, target: context.viewpoint.passMark, style: row.severity.barStyle)
    let change = row.changeSpan ?? Span("", .faint)
    return [Span(left(SafeLine(row.quiz), name) + " ")]
      + bar.spans(width: 10, glyphs: context.glyphs)
      + [
        Span(right(row.scoreWords(context.viewpoint.passMark), 4), row.severity.style),
        Span(right(change.line, 5), change.style), end,
      ]
  }

  /// `score by time ▇▅▄  falling 3.1 points a week, straight line   best 90, median 69`.
  func scores(_ width: Int) -> [Span] {
    let scores = card.scores
    guard scores.tries > 0 else { return [Span("no quiz tried yet", .faint)] }
    let mark = context.viewpoint.passMark
    let newest = card.attempts.compactMap(\.score).prefix(12).reversed()
    var spans =
      [Span("score by time ", .dim)]
      + Columns(newest.map { $0 }, scale: 0...100).spans(width: 12, glyphs: context.glyphs)
      + [Span("   ")] + trend(width)
    let words =
      "best \(Wording.integer(scores.best)), median \(Wording.integer(scores.median)), "
      + "passing \(scores.passing) of \(scores.quizzes)"
    let room = width - spans.width - 3
    if words.count <= room { spans += [Span("   "), Span(SafeLine(words), .dim)] }
    if words.count + 15 <= room {
      spans.append(Span(SafeLine(", mark \(Wording.integer(mark))"), .faint))
    }
    return spans
  }

  /// Nil slopes and those under half a point a week say nothing worth a colour.
  private func trend(_ width: Int) -> [Span] {
    guard let slope = card.scores.perWeek else { return [] }
    let words = SafeLine("\(Wording.tenths(abs(slope))) points a week")
    let rest = Span(width < 90 ? words : words + ", straight line", .faint)
    switch slope {
    case ...(-0.5): return [Span("falling ", .warn), rest]
    case 0.5...: return [Span("rising ", .good), rest]
    default: return [Span("steady", .dim)]
    }
  }

  /// - Parameter width: The block's; a roomy one shows more of a subject.
  func tickets(_ most: Int, _ width: Int) -> Block {
    let subject = min(50, max(33, width - 25))
    let lines = card.tickets.prefix(most).map { ticket in
      [
        Span(left(SafeLine(ticket.number), 7), .dim), Span(" "),
        Span(left(ticket.status.span.line, 8), ticket.status.span.style), Span("  "),
        Span(left(SafeLine(ticket.subject), subject)),
        Span(right(SafeLine(Wording.age(ticket.age)), 5), .faint),
      ]
    }
    return Block(
      "Tickets", SafeLine("\(card.recentTickets) in 30 days"),
      lines.isEmpty ? [none(.ticket, "none")] : lines)
  }

  /// The points of the risk with their rules.
  var why: Block {
    let lines = card.row.risk.reasons.map { reason in
      [
        Span(SafeLine("\(reason.points)"), reason.points >= 2 ? .warn : .text), Span("  "),
        Span(left(SafeLine(sentence(reason)), 27)), Span("  "),
        Span(SafeLine(reason.nearRule), .faint),
      ]
    }
    let points = card.row.risk.points
    return Block(
      "Why", SafeLine("\(card.row.risk.word) \(points) \(points == 1 ? "point" : "points")"),
      lines.isEmpty ? [none(.enrollment, "nothing counts against this learner")] : lines)
  }

  /// A fall needs the name of its quiz to be a sentence.
  private func sentence(_ reason: RiskReason) -> String {
    if case .falling = reason.kind { return reason.sentence }
    return reason.brief
  }
}

extension CourseProgress.Pace {
  var span: Span {
    switch self {
    case .ended: Span("not active", .faint)
    case .reached: Span("reached", .good)
    case .stalled(let days): Span(SafeLine("stalled \(days)d"), .dim)
    case .notStarted(let days): Span(SafeLine("not started \(days)d"), .dim)
    case .moving(_, let weeks?): Span(SafeLine("target " + Self.ahead(weeks: weeks)), .dim)
    case .moving(let pace, nil): Span(SafeLine("\(Wording.tenths(pace)) pp a week"), .dim)
    case .unknown: Span("-", .faint)
    }
  }

  /// `in 3 wk`, `in a week` for all that is sooner.
  static func ahead(weeks: Double) -> String {
    weeks < 1.5 ? "in a week" : "in \(Wording.integer(weeks)) wk"
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
