package import CRM
package import TerminalUI

/// Quizzes by pass rate above, the latest attempts below; Tab goes from one to the other.
package struct QuizzesScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case switchList, record
  }

  package var model = ListModel()
  private var answer: QuizzesAnswer?
  private var latest = ListModel()
  private var isInLatest = false

  package init() {}

  package var trail: String { "Quizzes" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<QuizRow> { answer?.list ?? Rows() }
  package func id(of row: QuizRow) -> RecordID { row.key.id }
  package func look(_ row: QuizRow) -> RowLook {
    var look = RowLook(row.severity, isUnsent: false)
    look.isFaint = row.tries < 5
    return look
  }
  package var detailRows: Int { 21 }
  package static var hasSummary: Bool { true }
  package func open(_ row: QuizRow) -> [Command] { [.open(.quiz(row.key))] }
  package var emptyWords: [SafeLine] {
    ["No quiz attempts yet.", "i records one by hand"]
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .switchList, [.tab, .backTab], "attempts", "Go to the latest attempts and back", footer: 20),
    ActionRow(.record, [.character("A")], "record", "Record a quiz attempt", footer: 30),
  ]

  package static let sorts: [SortOrder] = [
    SortOrder("pass", "Pass rate, lowest first", column: "pass"),
    SortOrder("failing", "Most failing first", column: "fail", descending: true),
    SortOrder("tries", "Most tries first", column: "tries", descending: true),
    SortOrder("mean", "Mean, lowest first", column: "mean"),
    SortOrder("title", "Title", column: "quiz"),
    SortOrder("latest", "Latest first", column: "weeks", descending: true),
  ]

  package static let columns: [Column<QuizRow>] = [
    Column("quiz", title: "Quiz", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.title))]
    },
    Column("course", title: "Course", width: .fixed(6), from: 80) { row, _ in
      [Span(SafeLine(row.courseCode), .dim)]
    },
    Column("tries", title: "Tries", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.count(row.tries)))]
    },
    Column("learners", title: "Learners", width: .fixed(8), align: .right, from: 100) { row, _ in
      [Span(SafeLine("\(row.learners)")), Span(SafeLine("/\(row.enrolled)"), .faint)]
    },
    Column("pass", title: "Pass", width: .fixed(6), align: .right) { row, _ in
      [Span(SafeLine(Wording.share(row.passRate)), row.severity.style)]
    },
    Column("fail", title: "Fail", width: .fixed(4), align: .right) { row, _ in
      [Span(SafeLine("\(row.failing)"))]
    },
    Column("mean", title: "Mean", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.integer(row.mean)), .dim)]
    },
    Column("sd", title: "SD", width: .fixed(3), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.integer(row.deviation)), .dim)]
    },
    Column("scores", title: "Scores", width: .fixed(10)) { row, cell in
      Columns(row.histogram.map(Double.init)).spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("gain", title: "Gain", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.gain.map { Wording.signed($0) } ?? "-"), .dim)]
    },
    Column("rho", title: "Rho", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.rho(row.rho)), .dim)]
    },
    Column("weeks", title: "12 weeks", width: .fixed(12), from: 100) { row, cell in
      Columns(row.weeks, scale: 0...100).spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("shape", title: "Shape", width: .fixed(7), from: 80) { row, _ in
      [Span(SafeLine(row.tries < 5 ? "n = \(row.tries)" : row.shape?.word ?? ""), .faint)]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .quizzes(model.request)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .quizzes(let answer) = answer else { return }
    self.answer = answer
    followList(context)
    latest.follow(answer.latest.rows.map(\.id), height: latestHeight(context))
  }

  private func latestHeight(_ context: Context) -> Int {
    max(1, (layout(context).detail?.rows ?? 0) - 3)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .switchList:
      layout(context).detail == nil ? Refusal("The attempts need a larger window.") : nil
    case .record: context.rights.refusal(to: .create, .attempt)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .switchList:
      isInLatest.toggle()
      return []
    case .record:
      let course = isInLatest ? nil : current?.key.course
      let student = isInLatest ? attempt?.student : nil
      return [.form(.attempt(student: student, course: course))]
    }
  }

  /// The attempt under the cursor of the lower list.
  private var attempt: AttemptRow? {
    guard let rows = answer?.latest.rows, rows.indices.contains(latest.cursor) else { return nil }
    return rows[latest.cursor]
  }

  package mutating func press(_ key: Key, _ context: Context) -> [Command]? {
    if let commands = pressOwn(key, context) { return commands }
    if isInLatest, key == .enter {
      return attempt?.student.map { [.open(.student($0))] } ?? []
    }
    guard let row = ListAction.table.first(where: { $0.keys.contains(key) }) else { return nil }
    return performShared(row.action, context)
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    if isInLatest {
      latest.move(motion, height: latestHeight(context))
    } else {
      model.move(motion, height: layout(context).listHeight)
    }
  }

  package func position(_ context: Context) -> SafeLine {
    guard isInLatest else {
      return list.rows.isEmpty ? "" : SafeLine("\(model.cursor + 1) of \(list.rows.count)")
    }
    return SafeLine("\(latest.cursor + 1) of \(answer?.latest.rows.count ?? 0)")
  }

  package func summary(_ context: Context) -> [Span] {
    guard let summary = answer?.summary else { return [] }
    return .facts([
      fact("tries", SafeLine(Wording.count(summary.tries))),
      fact("learners", SafeLine(Wording.count(summary.learners))),
      [
        Span("mean ", .dim), Span(SafeLine(Wording.integer(summary.meanFirst)), .strong),
        Span(SafeLine(" first try, n \(Wording.count(summary.firstTries))"), .faint),
      ],
      [
        Span("passing ", .dim), Span(SafeLine("\(summary.passing)"), .strong),
        Span(
          SafeLine(" of \(summary.learners) best try, mark \(Wording.integer(summary.mark))"),
          .faint),
      ],
    ])
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let rows = answer?.latest else { return }
    TitledRule(
      [Span("Latest attempts", isInLatest ? .header : .strong)],
      right: [
        Span("Tab", .accent), Span(" go there", .dim),
        Span(SafeLine("   all quizzes, \(rows.rows.count) of \(Wording.count(rows.all))"), .faint),
      ]
    ).draw(on: &canvas, row: 0)
    let look: Table<AttemptRow>.CursorLook =
      isInLatest ? context.cursorLook(AttemptRow.self) : .none
    AttemptsTable.table(context.viewpoint, cursor: look).draw(
      on: &canvas, in: canvas.bounds.inset(top: 2), state: latest.state, count: rows.rows.count,
      row: { rows.rows[$0] })
  }
}
