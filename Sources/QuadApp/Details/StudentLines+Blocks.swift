import CRM
import ParseCore
import TerminalUI

extension StudentLines {
  var courses: [CardLine] {
    let active = card.courses.count(where: \.isActive)
    let head = CardLine.rule(
      "Courses", [Span(SafeLine("\(active) active of \(card.courses.count)"), .dim)],
      keys: context.rights.allowed(
        RuleKey("+ -", "progress", .update, .enrollment),
        RuleKey("i", "enrol", .create, .enrollment)
      ))
    guard !card.courses.isEmpty else {
      return [head, CardLine(spans: [Span("not enrolled in any course", .faint)])]
    }
    return [head, CardLine(spans: courseHead)] + card.courses.map(course)
  }

  private var barWidth: Int { isWide ? 22 : 14 }

  private var courseHead: [Span] {
    var cells: [SafeLine] = [left("Course", 9), left("Progress and target", barWidth + 9)]
    cells.append(right("Gap", 7))
    cells.append("    ")
    if isWide {
      cells += [
        left("Pace", 12), left("At target", 13), left("Enrolled", 11), left("Last change", 14),
        "Instructor",
      ]
    } else {
      cells.append("At target")
    }
    return cells.map { Span($0, .dim) }
  }

  private func course(_ course: CourseProgress) -> CardLine {
    let isActive = course.isActive
    let severity: Severity = isActive ? Severity(gap: course.gap) : .plain
    let gapStyle = isActive ? severity.style : .faint
    var spans =
      [Span(left(SafeLine(course.courseCode), 9), isActive ? .text : .faint)]
      + Bar(
        value: course.progress, target: course.target,
        style: isActive ? severity.barStyle : .faint
      ).spans(width: barWidth, glyphs: context.glyphs)
    spans += [
      Span(right(SafeLine(Wording.integer(course.progress)), 4), isActive ? .text : .faint),
      Span(left(SafeLine(" /" + Wording.integer(course.target)), 5), .dim),
      Span(right(SafeLine(course.gap.map { Wording.signed($0) } ?? "-"), 7), gapStyle),
      Span("    "),
    ]
    if isWide { spans.append(Span(left(SafeLine(course.pace.rate), 12), .dim)) }
    let goal = course.pace.goal
    spans.append(Span(left(goal.line, isWide ? 13 : 11), goal.style))
    if isWide { spans += times(course) }
    return CardLine(
      spans: spans, stripe: severity.stripe, target: .course(course.enrollment),
      isUnsent: course.isUnsent)
  }

  private func times(_ course: CourseProgress) -> [Span] {
    let enrolled = course.enrolledAt.map(day) ?? "-"
    let changed = course.changedAt.map { Wording.ago(context.viewpoint.seconds(since: $0)) }
    return [
      Span(left(SafeLine(enrolled), 11), .dim),
      Span(
        left(SafeLine(changed ?? "-"), 14),
        course.pace.isStalled ? .warn : course.isActive ? .dim : .faint),
      Span(SafeLine(course.instructor), .dim),
      Span(course.isActive ? "" : "  ended", .faint),
    ]
  }

  private func day(_ date: ParseDate) -> String {
    let viewpoint = context.viewpoint
    return Wording.day(viewpoint.day(field: date), today: viewpoint.today)
  }

  /// - Parameter most: Quizzes that stand in the card; the list of attempts has all.
  func quizzes(_ most: Int) -> [CardLine] {
    let tried = card.scores
    let facts: SafeLine =
      tried.tries == 0
      ? "none tried"
      : SafeLine(
        "\(counted(tried.tries, "try", "tries")), \(counted(tried.quizzes, "quiz", "quizzes"))")
    let head = CardLine.rule(
      "Quizzes", [Span(facts, .dim)],
      keys: context.rights.allowed(RuleKey("i", "record", .create, .attempt))
        + (card.attempts.isEmpty ? [] : [("o", "all tries")]))
    guard !card.attempts.isEmpty else { return [head] }
    let scores = CardLine(spans: StudentBlocks(card: card, context: context).scores(width - 4))
    return [head, scores] + cut(byQuiz, most: most, quiz)
  }

  /// The first rows of a block, and how many more there are.
  private func cut<Row>(_ rows: [Row], most: Int, _ line: (Row) -> CardLine) -> [CardLine] {
    let (shown, rest) = CardLine.split(rows.count, most: most)
    return rows.prefix(shown).map(line)
      + (rest > 0 ? [CardLine(spans: [Span(SafeLine("\(rest) more"), .faint)])] : [])
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    count == 1 ? "1 \(one)" : "\(count) \(many)"
  }

  /// The attempts at each quiz, newest first, the quiz tried last on top.
  var byQuiz: [[AttemptRow]] {
    var order: [QuizKey] = []
    var groups: [QuizKey: [AttemptRow]] = [:]
    for attempt in card.attempts {
      let key = QuizKey(course: attempt.course ?? "", title: attempt.quiz)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(attempt)
    }
    return order.compactMap { groups[$0] }
  }

  private func quiz(_ attempts: [AttemptRow]) -> CardLine {
    let shown = attempts.first { $0.score != nil } ?? attempts[0]
    let tries = attempts.count { $0.score != nil }
    let change = shown.changeSpan ?? Span("", .faint)
    var spans = [
      Span(left(SafeLine(shown.quiz), isWide ? 26 : 22)), Span("  "),
      Span(left(tries > 0 ? SafeLine(counted(tries, "try", "tries")) : "", 10), .dim),
    ]
    if let score = shown.score {
      spans +=
        Bar(value: score, target: context.viewpoint.passMark, style: shown.severity.barStyle)
        .spans(width: isWide ? 20 : 12, glyphs: context.glyphs)
      spans.append(
        Span(right(shown.scoreWords(context.viewpoint.passMark), 4), shown.severity.style))
    } else {
      spans.append(Span(left("no score yet", isWide ? 24 : 16), .faint))
    }
    spans += [Span(right(change.line, 6), change.style), Span("     "), when(shown)]
    let isFailing = shown.best.map { $0 < context.viewpoint.passMark } ?? false
    return CardLine(
      spans: spans, stripe: isFailing ? .late : nil,
      target: shown.quizKey.map { .quiz($0, newest: attempts[0].id) },
      isUnsent: attempts.contains(where: \.isUnsent))
  }

  private func when(_ attempt: AttemptRow) -> Span {
    guard let at = attempt.at, isWide, !attempt.isAhead(context.viewpoint) else {
      return attempt.ageSpan(context.viewpoint)
    }
    let day = context.viewpoint.day(at: at)
    return day == context.viewpoint.today
      ? Span(SafeLine(Wording.moment(at, context.viewpoint)), .faint)
      : Span(SafeLine(Wording.day(day, today: context.viewpoint.today)), .faint)
  }

  /// - Parameter most: Tickets that stand in the card.
  func tickets(_ most: Int) -> [CardLine] {
    let open = card.tickets.count(where: \.isOpen)
    let head = CardLine.rule(
      "Tickets",
      [
        Span(SafeLine("\(open) open, \(card.tickets.count) all"), .dim), Span("  "),
        Span(
          SafeLine("\(card.recentTickets) in 30 days"), card.recentTickets >= 3 ? .warn : .faint),
      ], keys: context.rights.allowed(RuleKey("t", "open one", .create, .ticket)))
    let shown =
      card.tickets.filter(\.isOpen) + card.tickets.filter { !$0.isOpen }
    return [head] + cut(shown, most: most, ticket)
  }

  private func ticket(_ ticket: TicketBrief) -> CardLine {
    let priority = ticket.priority.span
    let assignee = ticket.assignee.span
    let status = ticket.status.span
    let subject = isWide ? min(60, width - 60) : max(16, width - 50)
    var spans = [
      Span(left(SafeLine(ticket.number), 7), ticket.isOpen ? .text : .dim), Span(" "),
      Span(left(status.line, 8), status.style), Span("  "),
    ]
    if isWide { spans += [Span(left(priority.line, 7), priority.style), Span("  ")] }
    spans += [
      Span(left(SafeLine(ticket.subject), subject), ticket.isOpen ? .text : .dim), Span("  "),
      waiting(ticket), Span("  "), Span(assignee.line, assignee.style),
    ]
    return CardLine(
      spans: spans, stripe: ticket.severity.stripe, target: .ticket(ticket.id),
      isUnsent: ticket.isUnsent)
  }

  private func waiting(_ ticket: TicketBrief) -> Span {
    let words: String
    if ticket.isRunning {
      let target = isWide ? " of \(Wording.target(ticket.responseTarget))" : ""
      words = Wording.waiting(ticket.waiting) + target
    } else {
      words = ticket.isOpen ? "paused" : Wording.ago(ticket.age)
    }
    let style: Style = ticket.isRunning && ticket.severity != .plain ? ticket.severity.style : .dim
    return Span(left(SafeLine(words), isWide ? 12 : 9), style)
  }
}

extension CourseProgress.Pace {
  /// `1.1 pp/wk`; empty where there is no pace.
  var rate: String {
    if case .moving(let pace, _) = self { return "\(Wording.tenths(pace)) pp/wk" }
    return ""
  }

  var isStalled: Bool { if case .stalled = self { true } else { false } }

  /// When the target is reached at this pace.
  var goal: Span {
    switch self {
    case .ended: Span("ended", .faint)
    case .reached: Span("reached", .good)
    case .stalled: Span("not moving", .warn)
    case .notStarted: Span("not started", .warn)
    case .moving(_, let weeks?): Span(SafeLine(Self.ahead(weeks: weeks)))
    case .moving(_, nil): Span("-", .faint)
    case .unknown: Span("-", .faint)
    }
  }
}
