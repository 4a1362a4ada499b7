package import CRM
package import TerminalUI

/// Deals as a board of lanes with honest totals, or as a list with the forecast below.
package struct PipelineScreen: Remarkable {
  package enum Action: Sendable, Hashable {
    case open, moveBack, moveForward, stage, won, lost, claim, assign, log, plan, push, new
    case board, filter, clearFilter, views, previousView, nextView, sort, reverse, resort
    case mark, markAll, unmark, why, delete, snooze
  }

  var list = DealList()
  private(set) var board = BoardState()
  private(set) var isList = false
  /// Marks on no card of the board. Counted when marks or cards change and not for every picture:
  /// there may be many.
  private var hiddenMarks = 0

  package init() {}

  package var trail: String {
    guard let view = list.activeView, view.id != list.views.first?.id else { return "Pipeline" }
    return "Pipeline, \(view.title)"
  }

  var answer: PipelineAnswer? { list.answer }
  var lanes: [CRM.Lane] { list.answer?.lanes ?? [] }

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var watches: [Slot.Part: ViewRequest] = [.list: .pipeline(list.model.request)]
    if showsDetail(context), let id = deal()?.id { watches[.detail] = .dealCard(id) }
    if isList { watches[.second] = .observed }
    return watches
  }

  package mutating func letGo() -> Bool { DealList.letGo(of: &list.answer, list.model) }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .pipeline(let answer):
      list.isNarrow = boardLayout(context).isStrip
      list.answer = answer
      list.followList(context)
      board.follow(answer.lanes, layout: boardLayout(context))
      countHiddenMarks()
    case .dealCard(let card): list.card = card
    case .observed(let observed): list.observed = observed.history
    default: if part == .detail { list.card = nil }
    }
  }

  func boardLayout(_ context: Context) -> BoardLayout {
    BoardLayout(size: context.size, listHeight: stripLayout(context).listHeight)
  }

  func stripLayout(_ context: Context) -> ListLayout {
    ListLayout(context, hasSummary: true, topInset: LaneStrip.rows + 1, detailRows: 14)
  }

  package func closed(_ context: Context) -> Refusal? { list.closed(context) }

  package func loose(_ context: Context) -> Loose? {
    if isList { return list.loose(context) }
    let layout = boardLayout(context)
    guard layout.isStrip else {
      return .cards(
        from: layout.top + TerminalUI.Lane.headRows, rows: TerminalUI.Lane.cardRows)
    }
    return stripLayout(context).detail.map { .heads(from: $0.row) }
  }

  package func rowsArea(_ context: Context) -> Rect? {
    if isList { return list.rowsArea(context) }
    return boardLayout(context).isStrip ? stripLayout(context).table.inset(top: 1) : nil
  }

  package func detailArea(_ context: Context) -> Rect? {
    if isList { return list.detailArea(context) }
    return boardLayout(context).isStrip ? stripLayout(context).detail : nil
  }

  /// The strip has the deal under the cursor below it, a roomy list beside it; the board has the
  /// cards themselves.
  private func showsDetail(_ context: Context) -> Bool {
    isList ? list.wantsCard(context) : boardLayout(context).isStrip
  }

  func deal() -> DealRow? { isList ? list.current : board.card(in: lanes) }

  func targets() -> [RecordID] {
    if !list.model.marks.isEmpty { return list.model.targets }
    return [deal()?.id].compactMap(\.self)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .assign:
      guard let deal = deal() else { return Refusal("There is no deal here.") }
      let rights = context.rights.refusal(
        to: .update, .deal, isOwn: deal.ownerID == context.session.user)
      return rights
        ?? (context.rights.role == .admin
          ? nil : Refusal("Only an admin can hand a deal to somebody."))
    case .moveBack, .moveForward, .stage, .won, .lost, .claim, .push:
      guard let deal = deal() else { return Refusal("There is no deal here.") }
      return context.rights.refusal(
        to: .update, .deal, isOwn: action == .claim || deal.ownerID == context.session.user)
    case .delete:
      guard let deal = deal() else { return Refusal("There is no deal here.") }
      return context.rights.refusal(
        to: .delete, .deal, isOwn: deal.ownerID == context.session.user)
    case .open, .snooze: return deal() == nil ? Refusal("There is no deal here.") : nil
    case .log, .plan:
      return deal() == nil
        ? Refusal("There is no deal here.") : context.rights.refusal(to: .create, .activity)
    case .new: return context.rights.refusal(to: .create, .deal)
    default: return nil
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .moveBack: return batch(context).step(forward: false)
    case .moveForward: return batch(context).step(forward: true)
    case .stage: return [stage()]
    case .won: return batch(context).win()
    case .lost: return [lost()]
    case .claim: return batch(context).claim()
    case .assign: return [assign(context)]
    case .push: return batch(context).push(days: 7)
    case .log: return [.form(.activity(deal: deal()?.id, contact: nil, isDone: true))]
    case .plan: return [.form(.activity(deal: deal()?.id, contact: nil, isDone: false))]
    case .new: return [.form(.deal(contact: nil, company: nil))]
    case .delete: return deal().map { [.drawer(.deletion(.deal, $0.id, name: $0.title))] } ?? []
    case .open: return deal().map { [.open(.deal($0.id))] } ?? []
    case .snooze: return snooze(context)
    case .board: turn(context)
    case .mark: mark(context)
    case .markAll:
      list.model.markAll()
      countHiddenMarks(marksOpen: true)
    case .unmark: unmark()
    case .filter: return list.performShared(.filter, context)
    case .clearFilter: return list.performShared(.clearFilter, context)
    case .views: return list.performShared(.views, context)
    case .previousView: return list.performShared(.previousView, context)
    case .nextView: return list.performShared(.nextView, context)
    case .sort: return list.performShared(.sort, context)
    case .reverse: return list.performShared(.reverse, context)
    case .resort: return list.performShared(.resort, context)
    case .why:
      let isWhole = list.activeView?.id == list.views.first?.id && list.model.request.filter.isEmpty
      let title = isWhole ? nil : list.activeView?.title
      return answer.map { [.drawer($0.why(viewTitle: title, context))] } ?? []
    }
    return []
  }

  /// Board or list, the cursor on the same deal in both.
  private mutating func turn(_ context: Context) {
    let id = deal()?.id
    isList.toggle()
    countHiddenMarks()
    guard let id else { return }
    if isList {
      list.model.select(id, height: list.layout(context).listHeight)
    } else {
      board.select(id, lanes, layout: boardLayout(context))
    }
  }

  /// Marks the card under the cursor and goes to the next.
  private mutating func mark(_ context: Context) {
    if isList {
      _ = list.performShared(.mark, context)
    } else if let id = board.cardID {
      list.model.toggleMark(of: id)
      board.move(.down, lanes, layout: boardLayout(context))
    }
  }

  /// - Parameter marksOpen: every card of an open deal is marked.
  mutating func countHiddenMarks(marksOpen: Bool = false) {
    let marks = list.model.marks
    guard !marks.isEmpty else {
      hiddenMarks = 0
      return
    }
    hiddenMarks = lanes.reduce(marks.count) { rest, lane in
      let isMarked = marksOpen && lane.stage.word?.isOpen ?? true
      return rest
        - (isMarked ? lane.cards.count : lane.cards.count { marks.contains($0.packedID) })
    }
  }

  private func name(_ ids: [RecordID]) -> String {
    guard ids.count == 1, let id = ids.first else { return "\(ids.count) deals" }
    let rows = list.list.rows + lanes.flatMap(\.cards)
    return rows.first { $0.id == id }?.title ?? "Deal"
  }

  private func batch(_ context: Context) -> DealBatch {
    DealBatch(targets(), shown: isList ? list.list.rows : lanes.flatMap(\.cards), context)
  }

  private func lost() -> Command {
    let ids = targets()
    return .drawer(.lost(ids, name: name(ids)))
  }

  private func snooze(_ context: Context) -> [Command] {
    let ids = targets()
    let until = ids.count == 1 ? deal()?.snoozed?.until : nil
    return Drawer.snooze(.deal, ids, name: name(ids), until: until, context)
  }

  private func stage() -> Command {
    let ids = targets()
    return .drawer(
      .words(
        SafeLine("Stage of \(name(ids))"),
        Stage.allCases.map { ($0.rawValue, .moveDeals(ids, to: $0)) },
        present: ids.count == 1 ? deal()?.stage.label ?? "" : "several"))
  }

  private func assign(_ context: Context) -> Command {
    let ids = targets()
    return .drawer(
      .people(
        SafeLine("Owner of \(name(ids))"), answer?.people ?? [], me: context.session.user,
        what: "deals"
      ) { user in
        // Everybody in this list is a user; nobody stands for the queue of the tickets.
        user.map { .assignDeals(ids, to: $0) } ?? .claimDeals(ids)
      })
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    if isList {
      list.move(motion, context)
    } else {
      let layout = boardLayout(context)
      board.move(
        motion, lanes, layout: layout, turnsPages: context.isRemote && !layout.isStrip)
    }
  }

  package mutating func refit(_ context: Context) {
    list.isNarrow = boardLayout(context).isStrip
    list.refit(context)
    board.refit(lanes, layout: boardLayout(context))
  }

  package var filter: String? {
    get { list.filter }
    set { list.filter = newValue }
  }

  package var target: RecordID? { deal()?.id }
  package mutating func unmark() {
    list.model.unmarkAll()
    hiddenMarks = 0
  }
  package mutating func choose(view: String) { list.choose(view: view) }
  package mutating func choose(sort: String) { list.choose(sort: sort) }

  package func status(_ context: Context) -> [Span] {
    let marks = list.model.marks
    guard !isList, !marks.isEmpty else { return list.status(context) }
    let words = hiddenMarks > 0 ? ", \(hiddenMarks) hidden by the filter" : ""
    return [Span(SafeLine("\(Wording.count(marks.count)) marked\(words)"), .accent)]
  }

  package func position(_ context: Context) -> SafeLine {
    if isList { return list.position(context) }
    return board.position(in: lanes, layout: boardLayout(context))
  }

  /// What the footer names, in its order; the rest is in the help.
  private func footer(_ context: Context) -> [Action] {
    isList
      ? [.open, .log, .plan, .stage, .won, .board, .filter, .views, .why]
      : [.moveForward, .won, .lost, .log, .plan, .filter, .new, .board, .open]
  }

  package func bindings(_ context: Context) -> [Binding] {
    let footer = footer(context)
    return Self.table.map { row in
      var word = row.word
      if row.action == .board, isList { word = "board" }
      if row.action == .moveForward, boardLayout(context).isStrip { word = "move" }
      let shown = ActionRow(
        row.action, row.keys, word, row.help, footer: footer.firstIndex(of: row.action),
        shown: row.shown)
      return Binding(shown, scope: .screen, refusal: refusal(row.action, context))
    }
  }
}
