package import CRM
package import ParseCore
import TerminalUI

/// The whole program as a value: messages change it, drawing shows it, nothing else does either.
package struct App: Sendable {
  package internal(set) var context: Context
  var screens: [ScreenID: any Screen]
  package internal(set) var current: ScreenID
  /// Cards opened from the current screen, the topmost last.
  var cards: [any Screen] = []
  /// The key that opened the first card; pressing it again on another row opens that one.
  var opener: Key?
  package internal(set) var drawer: Drawer?
  var filterField: TextField?
  var toast: Toast?
  private var watched: [Slot: ViewRequest] = [:]
  /// Which of them have been answered.
  private var answered: Set<Slot> = []
  /// When the cache on show was measured; nil while it is not on show.
  private var measured: Measured?
  /// The depth of a card just opened: it knows nothing of what was answered to the one it replaces.
  var openedDepth: Int?
  var lastIntent: Intent?
  /// The marks that the last change took off, until its news is gone.
  var acted: Acted?
  /// The cursor is on its way over a list whose detail has not followed yet; nil when it rests.
  var travel: Travel?
  /// A form was asked for and is not here yet.
  var awaitsForm = false
  /// Keys pressed before the form or the rows they are for are here.
  var heldKeys: [Key] = []
  /// What was typed into forms that were closed unsaved, by form.
  var drafts: [String: [String: String]] = [:]
  /// The screen or card on top has been answered.
  package var hasAnswer: Bool {
    guard let card = cards.last else { return seen.contains(current) }
    return answeredCards == cards.count || card.watches(context).isEmpty
  }
  /// The screens that have been answered.
  package private(set) var seen: Set<ScreenID> = []
  /// How many of the cards have been answered, from the first one up.
  private var answeredCards = 0
  /// What the last session kept of the first screen; stands in for it until there is an answer.
  var kept: KeptPictures?

  package init(context: Context, start: ScreenID = .quad) {
    self.context = context
    current = start
    screens = Dictionary(uniqueKeysWithValues: ScreenID.allCases.map { ($0, $0.makeScreen()) })
  }

  /// The effects the first paint needs.
  package mutating func start() -> [Effect] { updateWatches() + updateMeasure() }

  package mutating func handle(_ message: Message) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let key): effects += pressOrHold(key)
    case .resized(let size):
      context.size = size
      travel = nil
      refit()
    case .answer(let slot, let request, let answer):
      // What was asked for before on the same place is not what keys and eyes are waiting for.
      guard watched[slot] == request else { break }
      note(answered: slot)
      receive(answer, slot)
      effects += releaseKeys()
    case .form(let form):
      let draft = drafts[FormDrawer.key(form.definition)] ?? [:]
      drawer = .form(FormDrawer(form, context.viewpoint, draft: draft))
      awaitsForm = false
      effects += releaseKeys()
    case .sync(let state):
      context.fill = FillProgress(after: context.fill, state, now: context.viewpoint.now)
      context.sync = state
    case .outbox(let rows):
      context.outbox = rows
      seen.insert(.outbox)
      receive(.gone, Slot(screen: .outbox, depth: 0, part: .list))
    case .cache(let facts): context.cache = facts
    case .stored(let name, let json): effects.append(.copy(.stored(name, json)))
    case .done(let words, let canUndo): show(Toast(.done, words, canUndo: canUndo))
    case .refused(let words):
      show(Toast(.notice, words))
      awaitsForm = false
      effects += releaseKeys()
    case .failed(let result): receive(result)
    case .tick(let now): effects += tick(now)
    case .session(let session): context.session = session
    case .signIn(let number, let trouble): receive(number, trouble)
    }
    refreshHelp()
    updateKept(after: message)
    return effects + updateWatches() + updateMeasure()
  }

  /// An open help tells what can be done with the rows that are here now.
  private mutating func refreshHelp() {
    guard case .help(var help)? = drawer else { return }
    help.refresh(allBindings)
    drawer = .help(help)
  }

  private mutating func tick(_ now: ParseDate) -> [Effect] {
    let before = context.viewpoint
    context.viewpoint.now = now
    if context.viewpoint.today != before.today { letGoOutOfSight() }
    if let shownAt = toast?.shownAt, now.seconds - shownAt.seconds >= Double(Toast.seconds) {
      toast = nil
      acted = nil
    }
    travel?.tick(now)
    if travel?.isOver(now) == true { travel = nil }
    return now.minute == before.now.minute ? [] : [.passMinute]
  }

  private mutating func letGoOutOfSight() {
    for id in ScreenID.allCases where id != current && screens[id]?.letGo() == true {
      seen.remove(id)
    }
  }

  /// When the next tick changes something: the cursor has rested, or the toast ends. Nil when the
  /// minute is soon enough.
  package var nextTick: ParseDate? {
    [travel?.restsAt, toast?.shownAt?.advanced(bySeconds: Toast.seconds)].compactMap(\.self).min()
  }

  mutating func show(_ news: Toast) {
    toast = news
    toast?.shownAt = context.viewpoint.now
  }
}

/// The minute since 1970, whether rows were still being fetched, and what waited.
private struct Measured: Equatable {
  let minute: Int64
  let isFilling: Bool
  /// The edits that wait: what was made today changes with them.
  let waiting: [String]
}

extension ParseDate {
  /// Minutes since 1970.
  fileprivate var minute: Int64 { milliseconds / 60_000 }
}

extension App {
  /// The screen or card that has the keys.
  var top: any Screen {
    get { cards.last ?? screens[current] ?? current.makeScreen() }
    set {
      if cards.isEmpty {
        screens[current] = newValue
      } else {
        cards[cards.count - 1] = newValue
      }
    }
  }

  /// The row the keys act on.
  package var target: RecordID? { top.target }

  private var topSlotDepth: Int { cards.count }

  private mutating func note(answered slot: Slot) {
    seen.insert(slot.screen)
    answered.insert(slot)
    if slot.screen == current, slot.depth == cards.count { answeredCards = slot.depth }
  }

  /// Puts a card of which nothing is known yet on top.
  mutating func open(_ card: any Screen) {
    answeredCards = min(answeredCards, cards.count)
    cards.append(card)
    openedDepth = cards.count
  }

  private mutating func receive(_ answer: ViewAnswer, _ slot: Slot) {
    let context = screenContext
    if slot.screen == current, slot.depth == topSlotDepth {
      travel?.start.receive(answer, slot.part, context)
    }
    if slot.depth == 0 {
      screens[slot.screen]?.receive(answer, slot.part, context)
    } else if slot.screen == current, slot.depth <= cards.count {
      cards[slot.depth - 1].receive(answer, slot.part, context)
    }
  }

  /// Lets every list bring its cursor into sight at a new size.
  mutating func refit() { top.refit(context) }

  /// What the screen in sight wants answered, against what is being answered.
  mutating func updateWatches() -> [Effect] {
    var wanted: [Slot: ViewRequest] = [:]
    // The list is the same; what is asked about the row under the cursor waits for its rest.
    for (part, request) in (travel?.start ?? top).watches(context) {
      wanted[Slot(screen: current, depth: topSlotDepth, part: part)] = request
    }
    var effects: [Effect] = watched.keys.filter { wanted[$0] == nil }.map { .unwatch($0) }
    answered = answered.filter { wanted[$0] != nil }
    for (slot, request) in wanted where watched[slot] != request || slot.depth == openedDepth {
      effects.append(.watch(slot, request))
      answered.remove(slot)
    }
    watched = wanted
    openedDepth = nil
    return effects
  }

  /// The rows that keys act on were asked for a moment ago. Once all rows have been read, which the
  /// first state of the sync says, an answer takes milliseconds.
  var awaitsRows: Bool {
    guard context.sync.connection != .starting, drawer == nil, filterField == nil
    else { return false }
    return watched.keys.contains { $0.takesKeys && !answered.contains($0) }
  }

  /// Has the cache measured when the screen that tells its size is opened, when all rows are here,
  /// when an edit is made or has left, and each minute.
  private mutating func updateMeasure() -> [Effect] {
    let isFilling = if case .syncing = context.sync.connection { true } else { false }
    let now = Measured(
      minute: context.viewpoint.now.minute, isFilling: isFilling,
      waiting: current == .outbox ? context.outbox.map(\.id) : [])
    let wanted = current == .outbox ? now : nil
    defer { measured = wanted }
    return wanted == nil || wanted == measured ? [] : [.measureCache]
  }

  /// The context with what stands over the screen.
  var screenContext: Context {
    var context = context
    context.isDimmed = drawer != nil
    context.isTravelling = travel != nil
    context.filterText = filterField?.text
    return context
  }
}
