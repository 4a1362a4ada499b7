package import CRM
package import TerminalUI

/// The four panes at once, each live; Enter opens the row, a digit goes to the whole screen.
package struct QuadScreen: Screen {
  package enum Action: Sendable, Hashable {
    case zoom, nextPane, previousPane, open, takeNext, claim, raise, lower, moveForward, moveBack
    case resort
  }

  /// The four in the order of their digits.
  enum Pane: Int, Sendable, CaseIterable {
    case completion, quizzes, tickets, pipeline

    var screen: ScreenID {
      switch self {
      case .completion: .completion
      case .quizzes: .quizzes
      case .tickets: .tickets
      case .pipeline: .pipeline
      }
    }
  }

  private(set) var answer: QuadAnswer?
  private var news: SchoolNews?
  /// How often the panes were put in order.
  private var generation = 0
  private(set) var focus: Pane
  private(set) var models: [Pane: ListModel] = [:]

  package init() {
    focus = .tickets
    for pane in Pane.allCases { models[pane] = ListModel() }
  }

  package var trail: String { "Quad" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .zoom, [], "zoom", "Show one pane as a whole screen, by its digit", footer: 5, shown: "1-4"),
    ActionRow(.nextPane, [.tab], "next pane", "Go to the next pane", footer: 10),
    ActionRow(.previousPane, [.backTab], "previous pane", "Go to the pane before"),
    ActionRow(.open, [.enter], "open", "Open the record under the cursor", footer: 20),
    ActionRow(
      .takeNext, [.character("N")], "take next ticket",
      "Claim the most pressing ticket and open it", footer: 30),
    ActionRow(
      .claim, [.character("c")], "claim", "Make the ticket, the student or the deal mine",
      footer: 40),
    ActionRow(
      .raise, [.character("+")], "raise",
      "Raise the ticket's priority, or the student's progress by 5", footer: 45),
    ActionRow(.lower, [.character("-")], "lower", "Lower the priority, or the progress by 5"),
    ActionRow(
      .moveForward, [.character("L"), .character(">")], "forward",
      "Move the deal a stage, or the ticket a status forward", footer: 50),
    ActionRow(
      .moveBack, [.character("H"), .character("<")], "back",
      "Move the deal a stage, or the ticket a status back"),
    ActionRow(
      .resort, [.character("R"), .function(5)], "refresh",
      "Put the rows of all panes in order and ask the server for changes"),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .quad(generation: generation), .second: .observed]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    if case .observed(let observed) = answer { news = observed.news }
    guard case .quad(let answer) = answer else { return }
    let isFirst = self.answer == nil
    self.answer = answer
    if isFirst, let role = context.session.role { focus = Self.home(of: role) }
    let open = Pane.open(to: context.rights)
    if !open.contains(focus) { focus = open.first ?? .tickets }
    let layout = layout(context)
    for pane in Pane.allCases {
      let ids = ids(pane)
      models[pane]?.follow(ids, height: layout.height(pane), isComplete: answer.isComplete)
    }
  }

  private static func home(of role: CRM.Role) -> Pane {
    switch role {
    case .sales: .pipeline
    case .instructor: .quizzes
    case .learner: .completion
    case .admin, .coordinator: .tickets
    }
  }

  private func ids(_ pane: Pane) -> RecordIDs {
    guard let answer else { return [] }
    return switch pane {
    case .completion: answer.completion.list.ids
    case .quizzes: answer.quizzes.list.ids
    case .tickets: answer.tickets.list.ids
    case .pipeline: RecordIDs(packed: answer.needingCare.map(\.packedID))
    }
  }

  private var focusID: RecordID? { models[focus]?.cursorID }
  package var target: RecordID? { focusID }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    let rights = context.rights
    switch (action, focus) {
    case (.zoom, _), (.nextPane, _), (.previousPane, _), (.open, _), (.resort, _):
      return nil
    case (.takeNext, _): return rights.refusal(to: .update, .ticket)
    case (_, .quizzes): return Refusal("Nothing to change here; Enter opens the quiz.")
    case (.claim, .completion): return rights.refusal(to: .update, .student)
    case (.raise, .completion), (.lower, .completion):
      return rights.refusal(to: .update, .enrollment)
    case (_, .completion): return Refusal("Students have no stages; + raises the progress.")
    case (_, .tickets): return rights.refusal(to: .update, .ticket)
    case (.raise, .pipeline), (.lower, .pipeline):
      return Refusal("L moves the deal forward, H back.")
    case (_, .pipeline): return rights.refusal(to: .update, .deal)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .zoom: return [.go(focus.screen)]
    case .nextPane: step(1, context)
    case .previousPane: step(-1, context)
    case .open: return open()
    case .resort:
      generation += 1
      return [.effect(.refresh)]
    case .takeNext: return takeNext(context)
    case .claim:
      return act { id in
        focus == .tickets
          ? .claimTickets([id]) : focus == .pipeline ? .claimDeals([id]) : .claimStudents([id])
      }
    case .raise, .lower:
      let up = action == .raise
      return act { id in
        focus == .tickets
          ? .bumpPriority(up: up, tickets: [id])
          : .changeWorstProgress(by: up ? 5 : -5, students: [id])
      }
    case .moveForward, .moveBack:
      let forward = action == .moveForward
      return act { id in
        focus == .tickets
          ? .stepTicketStatus(forward: forward, tickets: [id])
          : .stepDeals(forward: forward, deals: [id])
      }
    }
    return []
  }

  private func act(_ intent: (RecordID) -> Intent) -> [Command] {
    focusID.map { [.act(intent($0))] } ?? []
  }

  private func layout(_ context: Context) -> QuadLayout {
    QuadLayout(context.size, focus: focus, open: Pane.open(to: context.rights))
  }

  private mutating func step(_ by: Int, _ context: Context) {
    let open = Pane.open(to: context.rights)
    let place = open.firstIndex(of: focus) ?? 0
    focus = open[(place + by + open.count) % open.count]
    refit(context)
  }

  /// To the pane beside this one, where there is one.
  private mutating func step(to pane: Pane, _ context: Context) {
    if Pane.open(to: context.rights).contains(pane) { focus = pane }
    refit(context)
  }

  private func open() -> [Command] {
    guard let id = focusID else { return [.go(focus.screen)] }
    switch focus {
    case .completion: return [.open(.student(id))]
    case .tickets: return [.open(.ticket(id))]
    case .pipeline: return [.open(.deal(id))]
    case .quizzes:
      let row = answer?.quizzes.list.rows.first { $0.key.id == id }
      return row.map { [.open(.quiz($0.key))] } ?? []
    }
  }

  private func takeNext(_ context: Context) -> [Command] {
    answer?.tickets.take(as: context.session.user) ?? []
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    switch motion {
    case .left:
      step(to: focus == .quizzes ? .completion : focus == .pipeline ? .tickets : focus, context)
    case .right:
      step(to: focus == .completion ? .quizzes : focus == .tickets ? .pipeline : focus, context)
    default:
      let layout = layout(context)
      models[focus]?.move(
        motion, height: layout.height(focus),
        turnsPages: context.turnsPages(of: layout.rect(focus).columns))
    }
  }

  package mutating func refit(_ context: Context) {
    let layout = layout(context)
    for pane in Pane.allCases {
      models[pane]?.refit(height: layout.height(pane))
    }
  }

  package func position(_ context: Context) -> SafeLine {
    guard let model = models[focus], model.count > 0, !layout(context).isStacked else { return "" }
    return .place(model.cursor, of: model.count)
  }

  /// What is new since the last look, and the panes that left their place to the others.
  package func status(_ context: Context) -> [Span] {
    guard answer != nil else { return [] }
    let facts = [newsSpans(context), refusedSpans(context)].filter { !$0.isEmpty }
    return [Span](facts.joined(separator: [Span("   ")]))
  }

  /// `since yesterday 17:40   4 at target   2 breaches   1 deal won`.
  private func newsSpans(_ context: Context) -> [Span] {
    guard context.size.rows >= ListLayout.statusRows, let news else { return [] }
    func fact(_ count: Int, _ one: String, _ many: String, _ style: Style) -> [Span] {
      guard count > 0 else { return [] }
      return [
        Span(SafeLine("\(count)"), style), Span(SafeLine(" \(count == 1 ? one : many)"), .dim),
      ]
    }
    let facts = [
      fact(news.breaches, "breach", "breaches", .bad),
      fact(news.newTickets, "new ticket", "new tickets", .strong),
      fact(news.atTarget, "at target", "at target", .good),
      fact(news.won, "deal won", "deals won", .good),
      fact(news.lost, "deal lost", "deals lost", .strong),
    ].filter { !$0.isEmpty }
    let since = [Span(SafeLine("since " + Wording.moment(news.since, context.viewpoint)), .dim)]
    let nothing = facts.isEmpty ? [[Span("nothing new", .faint)]] : []
    return .fitting([since] + facts + nothing, width: context.size.columns - 16)
  }

  private func refusedSpans(_ context: Context) -> [Span] {
    let open = Pane.open(to: context.rights)
    let hidden = Pane.allCases.filter { !open.contains($0) }.map(\.screen.title)
    guard context.size.rows >= ListLayout.statusRows, !hidden.isEmpty else { return [] }
    let role = context.rights.role.rawValue
    return [Span(SafeLine("Not open to \(role): " + hidden.joined(separator: ", ")), .faint)]
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    let layout = layout(context)
    guard let answer else { return }
    for pane in Pane.open(to: context.rights) {
      let drawing = PaneDrawing(
        answer: answer, pane: pane, isFocused: pane == focus,
        state: models[pane]?.state ?? ListState(), isStacked: layout.isStacked, context: context)
      canvas.area(layout.rect(pane)) { drawing.draw(&$0) }
    }
  }
}
