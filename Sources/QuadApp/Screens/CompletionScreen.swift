package import CRM
package import TerminalUI

/// Students by risk, or groups of them: who is behind target, stalled, at risk, and why.
package struct CompletionScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case card, raise, lower, claim, ticket, attempts, attempt, enroll, groups, leaveGroup, why, edit
    case snooze, active
  }

  package var model = ListModel()
  private var answer: CompletionAnswer?
  private var card: StudentCard?
  /// The marked rows as they were last in sight.
  private var marked: [RecordID: CompletionRow] = [:]
  private(set) var groups = GroupsScreen()
  private(set) var showsGroups = false

  package init() {}

  package var trail: String { "Completion" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<CompletionRow> { answer?.list ?? Rows() }
  package func id(of row: CompletionRow) -> RecordID { row.id }
  package func look(_ row: CompletionRow) -> RowLook {
    RowLook(row.risk.severity, isUnsent: row.isUnsent)
  }
  package var detailRows: Int { 15 }
  package static var hasSummary: Bool { true }
  package static var subject: SchoolClass? { .student }
  package func open(_ row: CompletionRow) -> [Command] { [.open(.student(row.id))] }
  package var emptyWords: [SafeLine] {
    ["No students are open to you.", "The server decides which ones; an admin can change that."]
  }

  package static var sorts: [SortOrder] { CompletionColumns.sorts }
  package static var columns: [Column<CompletionRow>] { CompletionColumns.reasons }
  package var shownColumns: [Column<CompletionRow>] {
    CompletionColumns.ofView(model.request.view)
  }

  package var order: SortOrder? {
    let view = model.request.view.flatMap(CompletionView.init(rawValue:))
    let sort = model.request.sort ?? view?.sort.rawValue
    return Self.sorts.first { $0.id == sort } ?? Self.sorts.first
  }

  /// Instructors start with their own students, as those are what they can act on. Who looks after
  /// the whole school starts with whoever is at risk in it, and learners with all that is open to
  /// them.
  private static func startView(_ role: CRM.Role?) -> CompletionView {
    switch role {
    case .instructor: .mine
    case .admin, .coordinator, nil: .atRisk
    case .sales, .learner: .seedOrder
    }
  }

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var request = model.request
    request.view = request.view ?? Self.startView(context.session.role).rawValue
    var watches: [Slot.Part: ViewRequest] = [.list: .completion(request)]
    if showsGroups {
      watches.merge(groups.watches(context)) { _, groups in groups }
    } else if let id = model.cursorID {
      watches[.detail] = .studentCard(id)
    }
    return watches
  }

  package mutating func letGo() -> Bool { Self.letGo(of: &answer, model) }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch (part, answer) {
    case (.list, .completion(let answer)):
      marked = marked.filter { model.marks.contains($0.key) }
      for row in list.rows where model.marks.contains(row.id) { marked[row.id] = row }
      self.answer = answer
      settleView(answer.views, context)
      followList(context)
    case (.detail, .studentCard(let card)): self.card = card
    case (.detail, .gone): card = nil
    default: groups.receive(answer, part, context)
    }
  }

  /// Fixes the view the role starts with; an instructor without students of the own looks at all
  /// that are at risk.
  private mutating func settleView(_ views: [ViewCount], _ context: Context) {
    guard model.request.view == nil else { return }
    let start = Self.startView(context.session.role)
    let hasRows = views.contains { $0.id == start.rawValue && $0.count > 0 }
    model.request.view = (start == .mine && !hasRows ? .atRisk : start).rawValue
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .groups: return nil
    case .leaveGroup: return model.request.group == nil ? Refusal("No group is chosen.") : nil
    default: break
    }
    guard current != nil else { return Refusal("There is no student here.") }
    switch action {
    case .raise, .lower, .active: return context.rights.refusal(to: .update, .enrollment)
    case .claim, .edit: return context.rights.refusal(to: .update, .student)
    case .ticket: return context.rights.refusal(to: .create, .ticket)
    case .attempt: return context.rights.refusal(to: .create, .attempt)
    case .enroll: return context.rights.refusal(to: .create, .enrollment)
    case .card, .attempts, .groups, .leaveGroup, .why, .snooze: return nil
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    let ids = model.targets
    switch action {
    case .card: return current.map(open) ?? []
    case .raise: return batch(context).progress(by: 5)
    case .lower: return batch(context).progress(by: -5)
    case .claim: return batch(context).claim()
    case .active:
      let name = ids.count == 1 ? current?.name ?? "the student" : "\(ids.count) students"
      return [batch(context).activity(name)]
    case .ticket: return [.form(.ticket(forEach: ids))]
    case .attempts: return model.cursorID.map { [.open(.attempts($0))] } ?? []
    case .attempt: return [.form(.attempt(student: model.cursorID, course: nil))]
    case .enroll: return [.form(.enrollment(student: model.cursorID, course: nil))]
    case .edit: return model.cursorID.map { [.form(.edit(.student, $0))] } ?? []
    case .why:
      return current.map {
        [.drawer(RiskWhy(row: $0, isComplete: list.isComplete, context: context).drawer)]
      } ?? []
    case .snooze:
      let name = ids.count == 1 ? current?.name ?? "the student" : "\(ids.count) students"
      let until = ids.count == 1 ? current?.snoozed?.until : nil
      return Drawer.snooze(.student, ids, name: name, until: until, context)
    case .groups: showsGroups = true
    case .leaveGroup:
      model.request.group = nil
      model.restart()
      showsGroups = true
    }
    return []
  }

  private func batch(_ context: Context) -> StudentBatch {
    let known = Dictionary(list.rows.map { ($0.id, $0) }) { first, _ in first }
    return StudentBatch(
      rows: model.targets.compactMap { known[$0] ?? marked[$0] }, visible: Set(known.keys),
      context: context)
  }

  package func summary(_ context: Context) -> [Span] {
    guard let summary = answer?.summary else { return [] }
    let plus: SafeLine = list.isComplete ? "" : "+"
    return .facts([
      [
        Span(SafeLine(Wording.count(summary.students)) + plus, .strong),
        Span(summary.students == 1 ? " student" : " students", .dim),
      ],
      fact("mean", SafeLine(Wording.percent(summary.mean))),
      fact("median", SafeLine(Wording.percent(summary.median))),
      [
        Span("at target ", .dim), Span(SafeLine("\(summary.atTarget)"), .strong),
        Span(SafeLine(" of \(summary.withTarget) with a course"), .faint),
      ],
    ])
  }

  package func summaryEnd(_ context: Context) -> [Span] {
    guard let summary = answer?.summary, context.size.columns >= 100 else { return [] }
    return [Span("0 ", .faint)]
      + Columns(summary.histogram.map(Double.init)).spans(width: 10, glyphs: context.glyphs)
      + [Span(" 100 %", .faint)]
  }

  package func counts(_ context: Context) -> [Span] {
    let group = model.request.group.map {
      [Span(SafeLine("in \($0.words)"), .strong), Span("   ")]
    }
    return (group ?? []) + listCounts
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let card, card.row.id == model.cursorID else { return }
    StudentDetail(card: card, context: context).draw(&canvas)
  }
}

/// While groups are shown they have the keys, the filter and the picture.
extension CompletionScreen {
  package mutating func press(_ key: Key, _ context: Context) -> [Command]? {
    guard showsGroups else {
      if key == .escape, model.request.group == nil { return nil }
      if let commands = pressOwn(key, context) { return commands }
      guard let row = ListAction.table.first(where: { $0.keys.contains(key) }) else { return nil }
      return performShared(row.action, context)
    }
    switch GroupsScreen.action(for: key) {
    case .students: enterGroup()
    case .list: showsGroups = false
    default: return groups.press(key, context)
    }
    return []
  }

  /// Lists the students of the group, or of the bar picked in it.
  private mutating func enterGroup() {
    guard let group = groups.picked else { return }
    model.request = ListRequest(
      view: groups.model.request.view ?? CompletionView.seedOrder.rawValue,
      sort: group.band == nil ? "risk" : "completion", isReversed: group.band != nil, group: group)
    model.restart()
    showsGroups = false
  }

  package func bindings(_ context: Context) -> [Binding] {
    if showsGroups { return groups.bindings(context) }
    let own = Set(Self.table.flatMap(\.keys))
    return ownBindings(context)
      + ListAction.table.filter { own.isDisjoint(with: $0.keys) }
      .map { Binding($0, scope: .screen) }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    if showsGroups {
      groups.move(motion, context)
    } else {
      model.move(motion, height: layout(context).listHeight)
    }
  }

  package mutating func refit(_ context: Context) {
    model.refit(height: layout(context).listHeight)
    groups.refit(context)
  }

  package var filter: String? {
    get { showsGroups ? groups.model.request.filter : model.request.filter }
    set {
      if showsGroups {
        groups.filter = newValue
      } else {
        model.request.filter = newValue ?? ""
        model.restart()
      }
    }
  }

  package mutating func choose(sort: String) {
    guard !showsGroups else { return groups.choose(sort: sort) }
    model.request.sort = sort
    model.request.isReversed = false
    model.restart()
  }

  package mutating func choose(view: String) {
    guard !showsGroups else { return groups.choose(view: view) }
    model.request.view = view
    model.request.sort = nil
    model.request.isReversed = false
    model.restart()
  }

  package var target: RecordID? { showsGroups ? nil : model.cursorID }

  package func position(_ context: Context) -> SafeLine {
    if showsGroups { return groups.position(context) }
    return .place(model.cursor, of: list.rows.count)
  }

  package func detailArea(_ context: Context) -> Rect? {
    showsGroups ? groups.detailArea(context) : layout(context).detail
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    if showsGroups {
      groups.draw(&canvas, context)
    } else {
      drawList(&canvas, context)
    }
  }
}
