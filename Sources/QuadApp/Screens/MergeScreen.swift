package import CRM
package import TerminalUI

/// Two records that may be of the same person or company, side by side: which is kept, what becomes
/// of the values of the other, and what is pointed anew.
package struct MergeScreen: Screen {
  package enum Action: Sendable, Hashable {
    case merge, swap, other, open
  }

  /// Rows above which the number is typed before all are changed (design/screens.md §9).
  private static let typedFrom = 20

  private var request: MergeRequest
  /// The card of the record asked about is below, not its list.
  private let isOverCard: Bool
  private var preview: MergePreview?
  private var scroll = CardScroll()

  package init(_ party: Party, isOverCard: Bool) {
    request = MergeRequest(party)
    self.isOverCard = isOverCard
  }

  package var trail: String { "Merge" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .merge, [.character("y")], "merge",
      "Point everything at the kept record, fill it in, delete the other", footer: 5),
    ActionRow(.swap, [.character("s")], "keep the other", "Keep the other of the two", footer: 10),
    ActionRow(
      .other, [.character("n")], "next double", "Go to the next record that may be the same",
      footer: 20),
    ActionRow(.open, [.enter], "open", "Open what the cursor is on", footer: 30),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .merge(request)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .merge(let preview):
      self.preview = preview
      refit(context)
    case .gone: preview = nil
    default: break
    }
  }

  private func lines(_ context: Context) -> [CardLine] {
    preview.map { MergeLines(preview: $0, context: context, width: width(context)).all } ?? []
  }

  private func width(_ context: Context) -> Int {
    min(context.size.columns, MergeLines.mostColumns)
  }

  package func footerWord(_ row: ActionRow<Action>, _ context: Context) -> String? {
    if row.action == .other, preview?.doubles.count ?? 0 < 2 { return nil }
    return row.word
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    guard let preview else { return Refusal("There is no double any more.") }
    switch action {
    case .merge: return preview.plan.refusal
    case .swap: return nil
    case .other: return preview.doubles.count < 2 ? Refusal("There is no other double.") : nil
    case .open: return scroll.target == nil ? Refusal("There is nothing to open here.") : nil
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    guard let preview else { return [] }
    switch action {
    case .merge: return merge(preview.plan)
    case .swap:
      request.other = preview.other
      request.keepsOther = preview.plan.merge.gone == preview.other
    case .other:
      let place = preview.doubles.firstIndex(of: preview.other) ?? 0
      request.other = preview.doubles[(place + 1) % preview.doubles.count]
      request.keepsOther = nil
    case .open:
      guard let target = scroll.target else { return [] }
      if let card = target.reference { return [.open(card)] }
      if case .record(let kind, let id) = target { return [.form(.edit(kind, id))] }
    }
    return []
  }

  private func merge(_ plan: MergePlan) -> [Command] {
    let isBelowGone = isOverCard && plan.merge.gone == request.party.id
    let then: [Command] = isBelowGone ? [.back, .back, .open(.party(plan.merge.kept))] : [.back]
    let commands: [Command] = [.act(.merge(plan.merge))] + then
    guard plan.movedCount > Self.typedFrom else { return commands }
    return [
      .drawer(
        .confirm(
          Confirm(
            question: SafeLine("Point \(plan.movedWords) anew?"), yes: "merge",
            value: .commands(commands), typed: SafeLine("\(plan.movedCount)"))))
    ]
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    scroll.move(motion, lines(context), context)
  }

  package mutating func refit(_ context: Context) { scroll.settle(lines(context), context) }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard preview != nil else {
      canvas.put(
        SafeLine("No other \(request.party.kind.singular) may be the same any more."), row: 4,
        column: 4)
      return
    }
    var area = canvas.bounds
    area.columns = width(context)
    canvas.area(area) { scroll.draw(lines(context), on: &$0, context) }
  }

  package func position(_ context: Context) -> SafeLine {
    scroll.position(lines(context), context)
  }
}
