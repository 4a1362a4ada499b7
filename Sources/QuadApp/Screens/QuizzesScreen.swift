package import CRM
package import TerminalUI

/// Quizzes above and attempts below, or the other way round in views that are about attempts; Tab
/// goes from one to the other.
package struct QuizzesScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case open, switchList, record, ticket, quiz, why, basis, status, edit
  }

  package var model = ListModel()
  private(set) var answer: QuizzesAnswer?
  /// The attempts in an order of their own; nil in the usual one.
  private var sorted: AttemptsAnswer?
  private(set) var latest = ListModel()
  private(set) var isInLatest = false
  /// The marked attempts, also while a filter hides them.
  private var marked: [RecordID: AttemptRow] = [:]

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
  /// A rule, a blank, a head, twelve attempts and what the columns mean; more of them beside few
  /// quizzes.
  package var detailRows: Int { isAboutAttempts ? 14 : list.rows.count <= 10 ? 22 : 19 }
  package var leastColumns: Int { 120 }
  package static var hasSummary: Bool { true }
  package static var subject: SchoolClass? { .attempt }
  package var rowWords: String { "quizzes" }
  package func open(_ row: QuizRow) -> [Command] { [.open(.quiz(row.key, basis: basis))] }
  package var emptyWords: [SafeLine] {
    ["No quiz attempts yet.", "i records one by hand"]
  }

  package static var sorts: [SortOrder] { QuizColumns.sorts }
  package static var columns: [Column<QuizRow>] { QuizColumns.quizzes }
  package var shownColumns: [Column<QuizRow>] {
    view == .byCohort ? QuizColumns.cohorts : QuizColumns.quizzes
  }

  var view: QuizView {
    model.request.view.flatMap(QuizView.init(rawValue:)) ?? .byQuiz
  }

  /// Which try counts, on all of the screen.
  var basis: QuizBasis { model.request.basis }

  /// Whether the rows the view counts are attempts (or learners without one).
  var isAboutAttempts: Bool {
    switch view {
    case .failing, .improved, .declined, .never: true
    case .byQuiz, .byCohort, .mine: false
    }
  }

  var attempts: Rows<AttemptRow> { sorted?.list ?? answer?.latest ?? Rows() }

  var attempt: AttemptRow? {
    attempts.rows.indices.contains(latest.cursor) ? attempts.rows[latest.cursor] : nil
  }

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var watches: [Slot.Part: ViewRequest] = [.list: .quizzes(model.request)]
    if latest.request.sort != nil || latest.request.isReversed {
      var request = latest.request
      request.view = model.request.view
      request.filter = model.request.filter
      request.basis = basis
      watches[.second] = .latestAttempts(request)
    }
    return watches
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .quizzes(let answer): self.answer = answer
    case .latestAttempts(let answer): sorted = answer
    default: return
    }
    model.follow(
      list.ids, height: height(ofAttempts: false, context),
      isComplete: list.isComplete)
    latest.follow(
      attempts.ids, height: height(ofAttempts: true, context),
      isComplete: attempts.isComplete)
  }

  /// Rows of data in the upper table, or below it.
  private func height(ofAttempts: Bool, _ context: Context) -> Int {
    let layout = layout(context)
    return ofAttempts == isAboutAttempts
      ? layout.listHeight : max(1, layout.detail.map { lowerTable($0.size).rows - 1 } ?? 1)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .open, .basis: nil
    case .why: current == nil ? Refusal("There is no quiz here.") : nil
    case .switchList:
      layout(context).detail == nil ? Refusal("The other list needs a larger window.") : nil
    case .record: context.rights.refusal(to: .create, .attempt)
    case .status, .edit:
      !isInLatest || attempt == nil
        ? Refusal("Go to an attempt first: Tab leads there.")
        : view == .never
          ? Refusal("There is no attempt yet; i records one.")
          : context.rights.refusal(to: .update, .attempt)
    case .ticket:
      isInLatest && attempt != nil
        ? context.rights.refusal(to: .create, .ticket)
        : Refusal("Go to an attempt first: Tab leads there.")
    case .quiz:
      isInLatest && attempt?.quizKey != nil && view != .never
        ? nil : Refusal("Go to an attempt first: Tab leads there.")
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .open: return openUnderCursor()
    case .switchList: isInLatest.toggle()
    case .basis: model.request.basis = basis.next
    case .record:
      return [
        .form(
          .attempt(
            student: isInLatest ? attempt?.student : nil,
            course: isInLatest ? attempt?.course : current?.key.course.nonEmpty))
      ]
    case .why:
      let mark = context.viewpoint.passMark
      return current.map {
        [
          .drawer(
            QuizWhy(row: $0, mark: mark, basis: basis, isComplete: list.isComplete).drawer)
        ]
      } ?? []
    case .ticket: return [.form(.ticket(forEach: learners))]
    case .status:
      return [
        AttemptBatch(
          rows: chosen, visible: Set(attempts.rows.map(\.id)), context: context
        ).status()
      ]
    case .edit: return attempt.map { [.form(.edit(.attempt, $0.id))] } ?? []
    case .quiz: return attempt?.quizKey.map { [.open(.quiz($0, basis: basis))] } ?? []
    }
    return []
  }

  private mutating func openUnderCursor() -> [Command] {
    if isInLatest { return attempt?.student.map { [.open(.student($0))] } ?? [] }
    guard view == .byCohort, let cohort = current?.title else { return current.map(open) ?? [] }
    // A cohort has no card: who fails in it is the question behind its row.
    choose(view: QuizView.failing.rawValue)
    filter = cohort
    return []
  }
}

/// Keys go to the list in focus.
extension QuizzesScreen {
  package mutating func press(_ key: Key, _ context: Context) -> [Command]? {
    if let commands = pressOwn(key, context) { return commands }
    guard let row = ListAction.table.first(where: { $0.keys.contains(key) }) else { return nil }
    // Quizzes are groups of attempts by their title, no records.
    guard row.action != .pin else { return nil }
    guard isInLatest else { return performShared(row.action, context) }
    switch row.action {
    case .sort: return [.drawer(.sorts(AttemptsTable.sorts, active: latest.request.sort))]
    case .reverse:
      latest.request.isReversed.toggle()
      restartLatest()
      return []
    case .mark:
      latest.toggleMark(height: height(ofAttempts: true, context))
      rememberMarked()
      return []
    case .markAll:
      latest.markAll()
      rememberMarked()
      return []
    case .unmark:
      latest.unmarkAll()
      return []
    default: return performShared(row.action, context)
    }
  }

  private mutating func rememberMarked() {
    for row in attempts.rows where latest.marks.contains(row.id) { marked[row.id] = row }
  }

  /// The learners of the marked attempts, or of the one under the cursor.
  private var learners: [RecordID] { chosen.compactMap(\.student) }

  /// The marked attempts, or the one under the cursor.
  private var chosen: [AttemptRow] {
    guard !latest.marks.isEmpty else { return [attempt].compactMap(\.self) }
    let present = Dictionary(attempts.rows.map { ($0.id, $0) }) { first, _ in first }
    return latest.targets.compactMap { present[$0] ?? marked[$0] }
  }

  package mutating func unmark() {
    model.unmarkAll()
    latest.unmarkAll()
  }

  package func status(_ context: Context) -> [Span] {
    guard isInLatest, !latest.marks.isEmpty else { return listStatus }
    return [Span(latest.markWords, .accent)]
  }

  /// The footer names the list Tab leads to.
  package func bindings(_ context: Context) -> [Binding] {
    let own = Set(Self.table.flatMap(\.keys))
    let rows = Self.table.map { row in
      row.action == .switchList && isInLatest
        ? ActionRow(row.action, row.keys, "quizzes", row.help, footer: row.footer) : row
    }
    return rows.map { Binding($0, scope: .screen, refusal: refusal($0.action, context)) }
      + ListAction.table.filter { own.isDisjoint(with: $0.keys) && $0.action != .pin }
      .map { Binding($0, scope: .screen) }
  }

  private mutating func restartLatest() {
    sorted = nil
    latest.restart()
  }

  package mutating func choose(sort: String) {
    if isInLatest {
      latest.request.sort = sort == AttemptSort.recent.rawValue ? nil : sort
      latest.request.isReversed = false
      restartLatest()
    } else {
      model.request.sort = sort
      model.request.isReversed = false
      model.restart()
    }
  }

  package mutating func choose(view: String) {
    model.request.view = view
    model.request.sort = nil
    model.restart()
    restartLatest()
    isInLatest = isAboutAttempts
  }

  package var filter: String? {
    get { model.request.filter }
    set {
      model.request.filter = newValue ?? ""
      model.restart()
      restartLatest()
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    if isInLatest {
      latest.move(motion, height: height(ofAttempts: true, context))
    } else {
      model.move(motion, height: height(ofAttempts: false, context))
    }
  }

  package mutating func refit(_ context: Context) {
    if layout(context).detail == nil { isInLatest = isAboutAttempts }
    model.refit(height: height(ofAttempts: false, context))
    latest.refit(height: height(ofAttempts: true, context))
  }

  package func position(_ context: Context) -> SafeLine {
    let (cursor, count) =
      isInLatest ? (latest.cursor, attempts.rows.count) : (model.cursor, list.rows.count)
    return .place(cursor, of: count)
  }

  package var target: RecordID? { nil }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
