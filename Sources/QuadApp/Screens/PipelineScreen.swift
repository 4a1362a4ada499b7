package import CRM
package import TerminalUI

/// Deals as a board of lanes with honest totals, or as a list with the forecast below.
package struct PipelineScreen: Screen {
  package enum Action: Sendable, Hashable {
    case open, moveBack, moveForward, stage, won, lost, claim, assign, log, plan, push, new
    case board, filter, clearFilter, views, previousView, nextView, resort, mark, unmark
  }

  private var list = DealList()
  private var board = BoardState()
  private var isList = false

  package init() {}

  package var trail: String { "Pipeline" }
  private var answer: PipelineAnswer? { list.answer }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .moveForward, [.character("L"), .character(">")], "move card",
      "Move the card to the next stage", footer: 10),
    ActionRow(
      .moveBack, [.character("H"), .character("<")], "move back",
      "Move the card to the stage before"),
    ActionRow(.stage, [.character("m")], "stage", "Choose the stage of the card", footer: 20),
    ActionRow(.won, [.character("w")], "won", "Mark the deal won", footer: 30),
    ActionRow(.lost, [.character("W")], "lost", "Mark the deal lost, with a reason", footer: 40),
    ActionRow(
      .log, [.character("A")], "log", "Log a call, e-mail, meeting or note just done", footer: 50),
    ActionRow(.plan, [.character("t")], "next step", "Plan the next step of the deal", footer: 60),
    ActionRow(
      .push, [.character("+"), .character("=")], "push close", "Move the close date a week on"),
    ActionRow(.claim, [.character("c")], "own", "Make the deal mine"),
    ActionRow(.assign, [.character("a")], "assign", "Hand the deal to somebody"),
    ActionRow(.new, [.character("n")], "new deal", "Record a deal"),
    ActionRow(
      .board, [.character("b")], "list", "The board or the list with the forecast", footer: 70),
    ActionRow(.open, [.enter], "open", "Open the deal", footer: 80),
    ActionRow(.filter, [.character("/")], "filter", "Type words to filter the cards", footer: 90),
    ActionRow(.clearFilter, [.character("F")], "clear filter", "Show all cards of the view again"),
    ActionRow(.views, [.character("f")], "views", "Choose a saved view", footer: 95),
    ActionRow(.previousView, [.character("[")], "previous view", "Go to the view before this one"),
    ActionRow(.nextView, [.character("]")], "next view", "Go to the view after this one"),
    ActionRow(
      .resort, [.character("R"), .function(5)], "refresh",
      "Put moved rows in order and ask the server for changes"),
    ActionRow(.mark, [.character(" ")], "mark", "Mark the row and go to the next"),
    ActionRow(.unmark, [.character("_")], "unmark", "Take all marks off"),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var watches: [Slot.Part: ViewRequest] = [.list: .pipeline(list.model.request)]
    if showsTable(context), let id = list.model.cursorID { watches[.detail] = .dealCard(id) }
    return watches
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .pipeline(let answer):
      list.answer = answer
      list.topInset = isList || !showsTable(context) ? 0 : LaneStrip.rows + 1
      list.followList(context)
      board.follow(answer.lanes, layout: boardLayout(context))
    case .dealCard(let card): list.card = card
    default: if part == .detail { list.card = nil }
    }
  }

  /// Below 100 columns the board is a strip of lane heads over one list.
  private func showsTable(_ context: Context) -> Bool {
    isList || context.size.columns < BoardLayout.leastColumns
  }

  private func boardLayout(_ context: Context) -> BoardLayout { BoardLayout(size: context.size) }

  private func deal(_ context: Context) -> DealRow? {
    showsTable(context) ? list.current : board.card(in: answer?.lanes ?? [])
  }

  private func targets(_ context: Context) -> [RecordID] {
    if showsTable(context), !list.model.marks.isEmpty { return list.model.targets }
    return [deal(context)?.id].compactMap(\.self)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .moveBack, .moveForward, .stage, .won, .lost, .claim, .assign, .push:
      guard let deal = deal(context) else { return Refusal("There is no deal here.") }
      return context.rights.refusal(
        to: .update, .deal, isOwn: action == .claim || deal.ownerID == context.session.user)
    case .open: return deal(context) == nil ? Refusal("There is no deal here.") : nil
    case .log, .plan: return context.rights.refusal(to: .create, .activity)
    case .new: return context.rights.refusal(to: .create, .deal)
    case .board:
      return context.size.columns < BoardLayout.leastColumns
        ? Refusal("The board needs \(BoardLayout.leastColumns) columns.") : nil
    default: return nil
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    let ids = targets(context)
    switch action {
    case .moveBack: return [.act(.stepDeals(forward: false, deals: ids))]
    case .moveForward: return [.act(.stepDeals(forward: true, deals: ids))]
    case .stage: return [stage(ids, context)]
    case .won: return [.act(.moveDeals(ids, to: .won))]
    case .lost: return [lost(ids, context)]
    case .claim: return [.act(.claimDeals(ids))]
    case .assign: return [.toast(Toast(.notice, "Only an admin can hand a deal to somebody."))]
    case .push: return [.act(.pushClose(byDays: 7, deals: ids))]
    case .log: return [.form(.activity(deal: ids.first, contact: nil, isDone: true))]
    case .plan: return [.form(.activity(deal: ids.first, contact: nil, isDone: false))]
    case .new: return [.form(.deal(contact: nil, company: nil))]
    case .open: return ids.first.map { [.open(.deal($0))] } ?? []
    case .board: isList.toggle()
    case .filter: return list.performShared(.filter, context)
    case .clearFilter: return list.performShared(.clearFilter, context)
    case .views: return list.performShared(.views, context)
    case .previousView: return list.performShared(.previousView, context)
    case .nextView: return list.performShared(.nextView, context)
    case .resort: return list.performShared(.resort, context)
    case .mark: return list.performShared(.mark, context)
    case .unmark: return list.performShared(.unmark, context)
    }
    return []
  }

  private func stage(_ ids: [RecordID], _ context: Context) -> Command {
    .drawer(
      .words(
        SafeLine("Stage of \(deal(context)?.title ?? "")"),
        Stage.allCases.map { ($0.rawValue, .moveDeals(ids, to: $0)) },
        present: deal(context)?.stage.label ?? ""))
  }

  private func lost(_ ids: [RecordID], _ context: Context) -> Command {
    .drawer(
      .reason(
        Prompt(
          title: SafeLine("\(deal(context)?.title ?? "Deal") is lost"), label: "Why",
          hint: "price, no budget, competitor, … goes on top of the notes"), lostDeals: ids))
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    list.topInset = isList || !showsTable(context) ? 0 : LaneStrip.rows + 1
    if showsTable(context) {
      list.move(motion, context)
    } else {
      board.move(motion, answer?.lanes ?? [], layout: boardLayout(context))
    }
  }

  package var filter: String? {
    get { list.filter }
    set { list.filter = newValue }
  }

  package var target: RecordID? { isList ? list.target : board.cardID }
  package mutating func choose(view: String) { list.choose(view: view) }
  package mutating func choose(sort: String) { list.choose(sort: sort) }
  package func status(_ context: Context) -> [Span] { list.status(context) }

  package func position(_ context: Context) -> SafeLine {
    if showsTable(context) { return list.position(context) }
    return board.position(in: answer?.lanes ?? [])
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let answer else {
      canvas.put("Reading the cache.", row: 4, column: 4)
      return
    }
    if isList {
      list.drawList(&canvas, context)
      return
    }
    list.drawViewsLine(&canvas, context)
    if showsTable(context) {
      LaneStrip(lanes: answer.lanes).draw(&canvas)
      list.drawBelowStrip(&canvas, context)
      return
    }
    if context.size.rows >= ListLayout.statusRows {
      canvas.put(list.summary(context), row: 3, column: 1)
    }
    BoardView(lanes: answer.lanes, state: board, layout: boardLayout(context), context: context)
      .draw(&canvas)
  }
}
