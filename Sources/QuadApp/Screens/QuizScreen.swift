package import CRM
package import TerminalUI

/// One quiz: its scores, and all attempts at it.
package struct QuizScreen: Screen {
  package enum Action: Sendable, Hashable {
    case student, record, ticket, failing, mark, markAll, unmark, basis, status, edit
  }

  private let key: QuizKey
  private(set) var card: QuizCard?
  private(set) var model = ListModel()
  /// Only learners below the pass mark, each by the latest try.
  private var showsFailing = false
  private var passMark = 0.0
  /// Which try of a learner counts.
  private var basis: QuizBasis

  package init(key: QuizKey, basis: QuizBasis = .usual) {
    self.key = key
    self.basis = basis
  }

  package var trail: String { card?.row.title ?? "quiz" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .student, [.enter, .character("o")], "learner", "Open the learner's card", footer: 10),
    ActionRow(
      .record, [.character("i"), .character("A")], "record", "Record an attempt at this course",
      footer: 20),
    ActionRow(
      .ticket, [.character("t")], "ticket",
      "Open a ticket for the learner of the attempt, or for each marked one", footer: 30),
    ActionRow(
      .failing, [.character("p")], "who fails",
      "Only learners who have not passed, or all attempts",
      footer: 5),
    ActionRow(
      .basis, [.character("b")], "basis",
      "Which try counts: the first, best, last, or the mean of all; then as usual again", footer: 40
    ),
    ActionRow(
      .status, [.character("m")], "status",
      "Correct the status of the attempt, or of each marked one"),
    ActionRow(
      .edit, [.character("e")], "edit", "Correct the attempt: score, status, time, title"),
    ActionRow(.mark, [.character(" ")], "mark", "Mark the attempt and go to the next"),
    ActionRow(.markAll, [.character("*")], "mark all", "Mark all attempts in the list"),
    ActionRow(.unmark, [.character("_")], "unmark", "Take all marks off"),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .quizCard(key, basis: basis)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .quizCard(let card):
      self.card = card
      passMark = context.viewpoint.passMark
      model.follow(RecordIDs(attempts.map(\.id)), height: height(context))
    case .gone: card = nil
    default: break
    }
  }

  private func height(_ context: Context) -> Int { table(context).rows - 1 }

  /// Newest first.
  var attempts: [AttemptRow] {
    guard let card, showsFailing else { return card?.attempts ?? [] }
    var seen: Set<RecordID?> = []
    return card.attempts.filter { row in
      (row.counted ?? 100) < passMark && seen.insert(row.student).inserted
    }
  }

  var attempt: AttemptRow? {
    attempts.indices.contains(model.cursor) ? attempts[model.cursor] : nil
  }

  /// The learners of the marked attempts, or of the one under the cursor.
  private var learners: [RecordID] {
    let targets = Set(model.targets)
    return (card?.attempts ?? []).filter { targets.contains($0.id) }.compactMap(\.student)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .basis: nil
    case .status, .edit:
      attempt == nil
        ? Refusal("There is no attempt here.") : context.rights.refusal(to: .update, .attempt)
    case .record: context.rights.refusal(to: .create, .attempt)
    case .student: attempt?.student == nil ? Refusal("There is no learner here.") : nil
    case .failing: card == nil ? Refusal("There is no quiz here.") : nil
    case .mark, .markAll, .unmark: attempts.isEmpty ? Refusal("There is no attempt here.") : nil
    case .ticket:
      learners.isEmpty
        ? Refusal("There is no learner here.") : context.rights.refusal(to: .create, .ticket)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .student: return attempt?.student.map { [.open(.student($0))] } ?? []
    case .record: return [.form(.attempt(student: attempt?.student, course: key.course))]
    case .ticket: return [.form(.ticket(forEach: learners))]
    case .failing:
      showsFailing.toggle()
      model.restart()
      model.follow(RecordIDs(attempts.map(\.id)), height: height(context))
    case .basis: basis = basis.next
    case .status:
      let targets = Set(model.targets)
      return [
        AttemptBatch(
          rows: (card?.attempts ?? []).filter { targets.contains($0.id) },
          visible: Set(attempts.map(\.id)), context: context
        ).status()
      ]
    case .edit: return attempt.map { [.form(.edit(.attempt, $0.id))] } ?? []
    case .mark: model.toggleMark(height: height(context))
    case .markAll: model.markAll()
    case .unmark: model.unmarkAll()
    }
    return []
  }

  package mutating func unmark() { model.unmarkAll() }

  package func status(_ context: Context) -> [Span] {
    model.marks.isEmpty ? [] : [Span(model.markWords, .accent)]
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    model.move(motion, height: height(context))
  }

  package mutating func refit(_ context: Context) { model.refit(height: height(context)) }

  package func position(_ context: Context) -> SafeLine {
    .place(model.cursor, of: attempts.count)
  }

  /// Where the attempts stand: below the chart where there is room for one.
  private func table(_ context: Context) -> Rect {
    let size = context.size
    let top = size.rows >= ListLayout.statusRows ? Self.chartRows + 10 : size.rows >= 20 ? 5 : 3
    return Rect(
      row: top, column: 0, columns: size.columns,
      rows: max(2, size.rows - top - (size.rows >= 20 ? 2 : 1)))
  }

  /// Counts, eight rows of bars, axis and labels.
  private static let chartRows = 11

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put(
        "Nobody has tried this quiz, or its attempts are not open to you.", row: 4, column: 4)
      return
    }
    let size = context.size
    let first = size.rows >= 20 ? 3 : 2
    canvas.putEnds(
      row: first, left: headline(card.row, isWide: size.columns >= 100), right: basisSpans)
    if size.rows >= ListLayout.statusRows {
      drawScores(card.row, &canvas, context)
      TitledRule(
        [
          Span(showsFailing ? "Not passed" : "Attempts", .strong),
          Span(SafeLine("  " + Wording.count(attempts.count)), .dim),
        ],
        right: [Span("i", .accent), Span(" record", .dim)]
      ).draw(on: &canvas, row: table(context).row - 2)
    }
    let attempts = attempts
    AttemptsTable(
      viewpoint: context.viewpoint, place: .oneQuiz, marks: model.marks,
      isWide: context.size.columns >= 160
    )
    .table(context.cursorLook(AttemptRow.self)).draw(
      on: &canvas, in: table(context), state: model.state, count: attempts.count,
      row: { attempts[$0] })
  }

  /// Another basis than the usual one is named where every window shows it.
  private var basisSpans: [Span] {
    basis == .usual ? [] : [Span(SafeLine("by \(basis.word)"), .info)]
  }

  private func headline(_ row: QuizRow, isWide: Bool) -> [Span] {
    .facts([
      [Span(SafeLine(row.title), .strong)], [Span(SafeLine(row.courseCode), .dim)],
      [Span("pass ", .dim), Span(SafeLine(Wording.share(row.passRate)), passStyle(row))],
      fact("failing", SafeLine("\(row.failing)")),
      [
        Span("tries ", .dim), Span(SafeLine(Wording.count(row.tries)), .strong),
        Span(
          SafeLine(" by \(row.learners) learners" + (isWide ? ", \(row.enrolled) enrolled" : "")),
          .faint),
      ],
    ])
  }

  private func passStyle(_ row: QuizRow) -> Style {
    row.severity == .plain ? .strong : row.severity.style
  }

  /// The first tries as a chart, and beside it what their numbers mean.
  private func drawScores(_ row: QuizRow, _ canvas: inout Canvas, _ context: Context) {
    TitledRule([
      Span("Scores", .strong),
      Span(SafeLine("  \(basis.statisticsWord), n \(row.learners)"), .dim),
    ]).draw(on: &canvas, row: 5)
    let mark = context.viewpoint.passMark
    let isWide = context.size.columns >= StudentBlocks.twoFrom
    Histogram(
      counts: row.histogram,
      labels: ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90+"], target: mark / 100,
      words: { SafeLine(Wording.count($0, within: 5)) }
    ).draw(
      on: &canvas,
      in: Rect(row: 6, column: 4, columns: context.size.columns - 5, rows: Self.chartRows))
    canvas.put(
      [
        Span("score, learners per band", .faint), Span("       "),
        Span(SafeLine("pass mark \(Wording.integer(mark))"), .dim),
      ], row: 6 + Self.chartRows, column: 4)
    guard isWide else { return }
    for (line, fact) in facts(row, mark, context).enumerated() {
      canvas.put(
        [Span(left(fact.0, 10), .dim), Span(left(fact.1, 6), fact.3), Span(fact.2, .faint)],
        row: 7 + line, column: 68, width: context.size.columns - 69)
    }
    canvas.put(
      [Span(left("12 weeks", 10), .dim)]
        + Columns(row.weeks, scale: 0...100).spans(width: 12, glyphs: context.glyphs)
        + [Span("  weekly means, 0 to 100", .faint)], row: 15, column: 68,
      width: context.size.columns - 69)
  }

  private func facts(
    _ row: QuizRow, _ mark: Double, _ context: Context
  ) -> [(SafeLine, SafeLine, SafeLine, Style)] {
    let passing = row.learners - row.failing
    return [
      (
        "pass", SafeLine(Wording.share(row.passRate)),
        SafeLine(
          "\(passing) of \(row.learners), \(basis.passingWord), mark \(Wording.integer(mark))"),
        passStyle(row)
      ),
      ("mean", SafeLine(Wording.integer(row.mean)), SafeLine(basis.statisticsWord), .strong),
      (
        "SD", SafeLine(Wording.integer(row.deviation)), SafeLine(row.shape?.meaning ?? "spread"),
        row.shape == nil ? .text : .info
      ),
      ("gain", SafeLine(Wording.signed(row.gain)), "points, last against first try", .text),
      (
        "rho", SafeLine(Wording.rho(row.rho)),
        SafeLine("\(basis.statisticsWord) against progress"), .text
      ),
      (
        "last try",
        SafeLine(row.lastAt.map { Wording.age(context.viewpoint.seconds(since: $0)) } ?? "-"), "",
        .text
      ),
    ]
  }
}

extension QuizRow.Shape {
  /// From where a quiz counts as odd (reference/domain.md §1.2).
  fileprivate var meaning: String {
    switch self {
    case .ceiling: "easy: 30 % at 98 or more"
    case .floor: "hard: 20 % at 20 or less"
    case .split: "split: over 25"
    case .bunched: "bunched: under 8"
    }
  }
}
