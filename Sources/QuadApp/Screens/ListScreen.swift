package import CRM
package import TerminalUI

/// A screen that is one table with views above and the detail of the cursor row below or beside.
///
/// The screen itself states its columns, its rows and its detail; cursor, marks, views, filter and
/// layout are the same everywhere and live here.
package protocol ListScreen: Remarkable {
  associatedtype Row: Sendable
  static var columns: [Column<Row>] { get }
  /// The columns for a table of a width, where a narrow one has others.
  func columns(_ width: Int) -> [Column<Row>]
  /// The orders of the sort menu; the first is the view's own.
  static var sorts: [SortOrder] { get }
  /// The columns of the view in force.
  var shownColumns: [Column<Row>] { get }
  /// The order in force, which the head shows.
  var order: SortOrder? { get }

  var model: ListModel { get set }
  var views: [ViewCount] { get }
  /// The view in force; nil where the list is not of a view.
  var activeView: ViewCount? { get }
  var list: Rows<Row> { get }
  func id(of row: Row) -> RecordID
  func look(_ row: Row) -> RowLook
  /// What fits the place of the summary strip; empty for none.
  func summary(_ context: Context) -> [Span]
  /// The class of the rows, for the words where there are none.
  static var subject: SchoolClass? { get }
  /// What the rows are called, in the plural.
  var rowWords: String { get }
  /// Whether the rows come from the server; none of others is on its way.
  static var isFetched: Bool { get }
  /// Whether Enter opens a row.
  static var opensRows: Bool { get }
  /// What stands at the right end of the summary strip.
  func summaryEnd(_ context: Context) -> [Span]
  /// Whether this screen has a summary strip at all.
  static var hasSummary: Bool { get }
  /// Rows above the table that the screen draws itself.
  var topInset: Int { get }
  /// Rows the detail would like to have; 0 for a list without detail.
  var detailRows: Int { get }
  /// Columns the list needs beside its detail; 0 where a bit more than half will do.
  var leastColumns: Int { get }
  /// Rows of the list with what stands under its last one.
  var listRows: Int { get }
  func drawDetail(_ canvas: inout Canvas, _ context: Context)
  /// What Enter does on the row under the cursor.
  func open(_ row: Row) -> [Command]
  /// How many rows are shown, at the right end of the views line.
  func counts(_ context: Context) -> [Span]
  /// What can be copied of a row besides its cells: its number, its name and the like.
  func copies(of row: Row, _ context: Context) -> [CopyEntry]
  /// What to read where there are no rows at all.
  var emptyWords: [SafeLine] { get }
}

extension Array {
  /// From 160 columns on, columns as wide as their words rather than one that takes all the room.
  func widened<Row>(
    in width: Int, _ widths: [String: Column<Row>.Width]
  ) -> [Column<Row>] where Element == Column<Row> {
    guard width >= 160 else { return self }
    return map { column in
      var column = column
      column.width = widths[column.id] ?? column.width
      return column
    }
  }
}

extension ListScreen {
  package static var sorts: [SortOrder] { [] }
  package func columns(_ width: Int) -> [Column<Row>] { shownColumns }
  package static var subject: SchoolClass? { nil }
  package var rowWords: String { Self.subject?.plural ?? "rows" }
  package static var isFetched: Bool { true }
  package static var opensRows: Bool { true }

  package func closed(_ context: Context) -> Refusal? {
    Self.subject.flatMap { context.rights.refusal(to: .read, $0) }
  }

  package func loose(_ context: Context) -> Loose? {
    // Beside the list, what is cleared of the detail would take the list's rows with it.
    layout(context).detail.flatMap { $0.column == 0 ? .heads(from: $0.row) : nil }
  }
  package var topInset: Int { 0 }
  package var detailRows: Int { 0 }
  package var leastColumns: Int { 0 }
  package var listRows: Int { list.rows.count }
  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {}
  package static var hasSummary: Bool { false }
  package func summary(_ context: Context) -> [Span] { [] }
  package func summaryEnd(_ context: Context) -> [Span] { [] }
  package var shownColumns: [Column<Row>] { Self.columns }
  package var order: SortOrder? {
    Self.sorts.first { $0.id == model.request.sort } ?? Self.sorts.first
  }
  package func open(_ row: Row) -> [Command] { [] }

  package func counts(_ context: Context) -> [Span] { listCounts }

  /// `14 of 418`.
  var listCounts: [Span] { .shown(list.rows.count, of: list.all, isComplete: list.isComplete) }

  /// The row under the cursor.
  package var current: Row? {
    list.rows.indices.contains(model.cursor) ? list.rows[model.cursor] : nil
  }

  package var filter: String? {
    get { model.request.filter }
    set {
      model.request.filter = newValue ?? ""
      model.restart()
    }
  }

  package var activeView: ViewCount? {
    views.first { $0.id == model.request.view } ?? views.first
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    let layout = layout(context)
    model.move(
      motion, height: layout.listHeight, turnsPages: context.turnsPages(of: layout.table.columns))
  }

  package mutating func refit(_ context: Context) {
    model.refit(height: layout(context).listHeight)
  }

  package mutating func followList(_ context: Context) {
    model.follow(
      list.ids, height: layout(context).listHeight, isComplete: list.isComplete)
  }

  package mutating func press(_ key: Key, _ context: Context) -> [Command]? {
    if let commands = pressOwn(key, context) { return commands }
    guard let row = ListAction.table.first(where: { $0.keys.contains(key) }) else { return nil }
    return pressShared(row.action, context)
  }

  /// Performs what every list can do, or says why it cannot.
  mutating func pressShared(_ action: ListAction, _ context: Context) -> [Command] {
    if let refusal = refusal(shared: action) { return [.toast(Toast(.notice, refusal.words))] }
    return performShared(action, context)
  }

  private func refusal(shared action: ListAction) -> Refusal? {
    switch action {
    case .open, .mark, .markAll, .pin: current == nil ? Refusal("There is no row here.") : nil
    default: nil
    }
  }

  package func bindings(_ context: Context) -> [Binding] {
    let own = Set(Self.table.flatMap(\.keys))
    return ownBindings(context)
      + ListAction.table.filter { own.isDisjoint(with: $0.keys) && means($0.action) }
      .map { Binding($0, scope: .screen, refusal: refusal(shared: $0.action)) }
  }

  /// Whether the action does anything on this screen.
  private func means(_ action: ListAction) -> Bool {
    switch action {
    case .open: Self.opensRows
    case .sort, .reverse: !Self.sorts.isEmpty
    case .pin: Self.subject != nil
    default: true
    }
  }

  mutating func performShared(_ action: ListAction, _ context: Context) -> [Command] {
    switch action {
    case .open: return current.map(open) ?? []
    case .filter: return [.filter]
    case .clearFilter: filter = ""
    case .views: return [.drawer(.views(views, active: activeView?.id))]
    case .previousView: stepView(by: -1)
    case .nextView: stepView(by: 1)
    case .sort:
      return Self.sorts.isEmpty ? [] : [.drawer(.sorts(Self.sorts, active: model.request.sort))]
    case .reverse:
      model.request.isReversed.toggle()
      model.restart()
    case .resort:
      model.request.generation += 1
      return [.effect(.refresh)]
    case .mark: model.toggleMark(height: layout(context).listHeight)
    case .markAll: model.markAll()
    case .unmark: model.unmarkAll()
    case .pin:
      guard let subject = Self.subject, let current else { return [] }
      return [.effect(.pin(subject, id(of: current)))]
    }
    return []
  }

  private mutating func stepView(by step: Int) {
    guard !views.isEmpty else { return }
    let current = views.firstIndex { $0.id == activeView?.id } ?? 0
    let next = (current + step + views.count) % views.count
    choose(view: views[next].id)
  }

  /// Lets go of an answer whose rows are not marked; see `Screen.letGo`.
  static func letGo<Answer>(of answer: inout Answer?, _ model: ListModel) -> Bool {
    guard model.marks.isEmpty, answer != nil else { return false }
    answer = nil
    return true
  }

  package func copies(of row: Row, _ context: Context) -> [CopyEntry] { [] }

  package func copies(_ context: Context) -> [CopyEntry] { listCopies(context) }

  /// What can be copied of the row under the cursor, of the marked ones, and of all.
  func listCopies(_ context: Context) -> [CopyEntry] {
    guard let current else { return [] }
    let marked = list.rows.filter { model.marks.contains(id(of: $0)) }
    return copies(of: current, context)
      + CopyEntry.rows(
        columns(Self.copyWidth), current: current, marked: marked, all: list.rows)
  }

  /// Columns at which a table shows all of its own.
  static var copyWidth: Int { 400 }

  package var target: RecordID? { model.cursorID }

  package mutating func unmark() { model.unmarkAll() }

  package mutating func choose(sort: String) {
    model.request.sort = sort
    model.request.isReversed = false
    model.restart()
  }

  package mutating func choose(view: String) {
    model.request.view = view
    model.request.sort = nil
    model.restart()
  }

  package func status(_ context: Context) -> [Span] { listStatus }

  /// Marks, or the rows that a re-sort would move.
  var listStatus: [Span] {
    if !model.marks.isEmpty { return [Span(model.markWords, .accent)] }
    guard list.wouldMove > 0 else { return [] }
    let rows = list.wouldMove == 1 ? "1 row would move" : "\(list.wouldMove) rows would move"
    return [Span(SafeLine(rows), .info), Span("  "), Span("R", .accent), Span(" re-sort", .dim)]
  }

  package func position(_ context: Context) -> SafeLine {
    .place(model.cursor, of: list.rows.count)
  }
}
