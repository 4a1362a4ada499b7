import CRM
import TerminalUI

/// Students in groups, with the distribution of the group under the cursor. A part of the
/// completion screen, which decides when it is shown.
struct GroupsScreen: ListScreen {
  enum Action: Sendable, Hashable { case students, barLeft, barRight, quizzes, list }

  var model = ListModel()
  private var answer: CohortsAnswer?
  /// The students of the bar picked, or of the group those at risk.
  private var students: CompletionAnswer?
  /// The other way to part the group: its courses, or the cohorts of a course.
  private var parts: CohortsAnswer?
  private var grouping = CohortGrouping.cohort
  private var sort = CohortSort.name
  /// The bar picked, 0 to 9.
  private var band: Int?

  static let table: [ActionRow<Action>] = [
    ActionRow(
      .students, [.enter], "students", "List the students of the group, or of the bar picked in it",
      footer: 10),
    ActionRow(
      .barLeft, [.character("h"), .left], "pick a bar", "Pick the bar to the left", footer: 15,
      shown: "h l"),
    ActionRow(
      .barRight, [.character("l"), .right], "bar to the right", "Pick the bar to the right"),
    ActionRow(.quizzes, [.character("o")], "quizzes", "Go to the quizzes", footer: 30),
    ActionRow(
      .list, [.character("b"), .escape], "back", "Back to the list of students", footer: 90,
      shown: "Esc"),
  ]

  /// What of every list makes sense for groups, with the words of this place.
  private static let shared: [ActionRow<ListAction>] = ListAction.table.compactMap { row in
    switch row.action {
    case .sort:
      ActionRow(row.action, row.keys, "order, group", "Choose groups and their order", footer: 20)
    case .filter, .clearFilter, .views, .previousView, .nextView, .reverse, .resort: row
    case .open, .mark, .markAll, .unmark, .pin: nil
    }
  }

  static func action(for key: Key) -> Action? {
    table.first { $0.keys.contains(key) }?.action
  }

  var trail: String { "Completion" }
  var views: [ViewCount] { answer?.views ?? [] }
  /// Groups are of all students until a view is chosen.
  var activeView: ViewCount? { views.first { $0.id == model.request.view } }
  var leastColumns: Int { 121 }
  /// With a blank line and the total.
  var listRows: Int { list.rows.count + 2 }
  var list: Rows<CohortRow> { answer?.list ?? Rows() }
  func id(of row: CohortRow) -> RecordID { row.name }
  func look(_ row: CohortRow) -> RowLook { RowLook(stripe: row.severity.stripe) }
  /// Few groups leave room for a taller chart.
  var detailRows: Int { list.rows.count <= 7 ? 24 : 19 }
  static var subject: SchoolClass? { .student }
  var rowWords: String { "groups" }
  var emptyWords: [SafeLine] { ["No students are open to you."] }

  static let sorts: [SortOrder] =
    CohortGrouping.allCases.map { grouping in
      SortOrder(
        grouping.rawValue, SafeLine("Groups by \(grouping.title.lowercased())"), column: "group")
    } + [
      SortOrder("name", "In order of name", column: "group"),
      SortOrder("students", "Most students first", column: "students", descending: true),
      SortOrder("mean", "Mean, lowest first", column: "mean"),
      SortOrder("at-target", "Share at target, lowest first", column: "target"),
      SortOrder("risk", "Most at risk first", column: "risk", descending: true),
      SortOrder("stalled", "Most stalled first", column: "stalled", descending: true),
      SortOrder("score", "Quiz score, lowest first", column: "quiz"),
    ]

  static var columns: [Column<CohortRow>] { GroupsTable.columns(title: "Cohort") }
  var shownColumns: [Column<CohortRow>] {
    GroupsTable.columns(title: SafeLine(grouping.title))
  }
  var order: SortOrder? { Self.sorts.first { $0.id == sort.rawValue } }

  /// The group under the cursor with the bar picked in it.
  var picked: GroupFilter? { current.map { GroupFilter(grouping, $0.name, band: band) } }

  func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var request = model.request
    request.sort = "\(grouping.rawValue)/\(sort.rawValue)"
    var watches: [Slot.Part: ViewRequest] = [.second: .cohorts(request)]
    guard let picked else { return watches }
    watches[.detail] = .completion(
      ListRequest(
        view: band == nil ? CompletionView.atRisk.rawValue : CompletionView.seedOrder.rawValue,
        isReversed: band != nil, group: picked))
    watches[.third] = .cohorts(
      ListRequest(
        sort: grouping == .course ? "cohort" : "course",
        group: GroupFilter(grouping, picked.name)))
    return watches
  }

  mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch (part, answer) {
    case (.second, .cohorts(let answer)):
      self.answer = answer
      followList(context)
    case (.third, .cohorts(let answer)): parts = answer
    case (.detail, .completion(let answer)): students = answer
    default: break
    }
  }

  func refusal(_ action: Action, _ context: Context) -> Refusal? {
    action == .students && current == nil ? Refusal("There is no group here.") : nil
  }

  mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .barLeft: pickBar(by: -1)
    case .barRight: pickBar(by: 1)
    case .quizzes: return [.go(.quizzes)]
    // The completion screen does these, as it holds the list.
    case .students, .list: break
    }
    return []
  }

  mutating func press(_ key: Key, _ context: Context) -> [Command]? {
    if let commands = pressOwn(key, context) { return commands }
    guard let row = Self.shared.first(where: { $0.keys.contains(key) }) else { return nil }
    return performShared(row.action, context)
  }

  func bindings(_ context: Context) -> [Binding] {
    ownBindings(context) + Self.shared.map { Binding($0, scope: .screen) }
  }

  mutating func move(_ motion: Motion, _ context: Context) {
    band = nil
    model.move(motion, height: layout(context).listHeight)
  }

  /// Goes to the next bar that has students; beyond the first and the last one none is picked.
  private mutating func pickBar(by step: Int) {
    guard let counts = current?.summary.histogram else { return }
    var place = (band ?? (step > 0 ? -1 : counts.count)) + step
    while counts.indices.contains(place), counts[place] == 0 { place += step }
    band = counts.indices.contains(place) ? place : nil
  }

  mutating func choose(sort: String) {
    grouping = CohortGrouping(rawValue: sort) ?? grouping
    self.sort = CohortSort(rawValue: sort) ?? self.sort
    model.request.isReversed = false
    band = nil
    model.restart()
  }

  mutating func choose(view: String) {
    model.request.view = view
    band = nil
    model.restart()
  }

  func counts(_ context: Context) -> [Span] {
    let students = answer?.total.summary.students ?? 0
    let groups = list.rows.count == 1 ? "1 group" : "\(list.rows.count) groups"
    return [
      Span(SafeLine("by \(grouping.title.lowercased())"), .strong),
      Span(SafeLine("   \(groups), \(Wording.count(students)) students"), .dim),
    ]
  }

  func draw(_ canvas: inout Canvas, _ context: Context) {
    drawList(&canvas, context)
    guard let total = answer?.total, !list.rows.isEmpty else { return }
    let table = layout(context).table
    guard model.request.filter.isEmpty, list.rows.count + 2 <= table.rows - 1 else { return }
    let rect = table.inset(top: list.rows.count + 2).splitTop(1).top
    GroupsTable.drawTotal(total, shownColumns, &canvas, rect)
  }

  func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    GroupDetail(
      row: row, band: band, students: students?.list.rows ?? [],
      parts: parts?.list.rows ?? [], partsHead: grouping == .course ? "By cohort" : "By course",
      drifting: answer?.drifting ?? 0, context: context
    ).draw(&canvas)
  }
}

extension GroupFilter {
  /// `2026-A`, `2026-A, 30 to 39 %`.
  var words: String { band.map { "\(name), \(Self.bandWords($0))" } ?? name }

  static func bandWords(_ band: Int) -> String {
    "\(band * 10) to \(band == 9 ? 100 : band * 10 + 9) %"
  }
}
