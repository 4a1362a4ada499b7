import CRM
import TerminalUI

extension App {
  /// Between the key that asks for a form or for other rows and their arrival there is a moment, into
  /// which many keys fall where a slow link hands them over at once. They are for the form and not a
  /// row of commands to the screen behind, and for the rows asked for and not those before.
  mutating func pressOrHold(_ key: Key) -> [Effect] {
    let action = GlobalAction.table.first { $0.keys.contains(key) }?.action
    let isHeld = awaitsForm || !heldKeys.isEmpty || (awaitsRows && action?.leadsAway != true)
    guard isHeld, action?.isAtOnce != true else { return press(key) }
    heldKeys.append(key)
    return []
  }

  /// Presses the held keys, as far as what they are for is here or will not come.
  mutating func releaseKeys() -> [Effect] {
    var effects: [Effect] = []
    while !awaitsForm, !awaitsRows, !heldKeys.isEmpty {
      effects += press(heldKeys.removeFirst())
      effects += updateWatches()
    }
    return effects
  }

  mutating func press(_ key: Key) -> [Effect] {
    let travel = travel
    self.travel = nil
    if key == .control("l") { return [.repaint] }
    if drawer != nil { return pressDrawer(key) }
    if filterField != nil { return pressFilter(key) }
    if case .paste = key {
      show(Toast(.notice, "Nothing takes a paste here."))
      return []
    }
    if let row = GlobalAction.table.first(where: { $0.keys.contains(key) }),
      row.action.comesFirst
    {
      return perform(row.action)
    }
    let context = screenContext
    if let commands = top.press(key, context) {
      if cards.isEmpty { opener = key }
      return run(commands)
    }
    if let motion = Motion.table.action(for: key) {
      if context.isRemote {
        // Where it sets out, all rows are whole.
        if travel == nil { top.refit(context) }
        self.travel = Travel(start: travel?.start ?? top)
      }
      top.move(motion, context)
      return []
    }
    if let row = GlobalAction.table.first(where: { $0.keys.contains(key) }) {
      return perform(row.action)
    }
    return []
  }

  private mutating func pressFilter(_ key: Key) -> [Effect] {
    switch key {
    case .enter: filterField = nil
    case .escape:
      filterField = nil
      top.filter = ""
    case .up, .down, .pageUp, .pageDown:
      if let motion = Motion.table.action(for: key) { top.move(motion, screenContext) }
    default:
      let before = filterField?.text
      guard filterField?.handle(key) == true, filterField?.text != before else { break }
      top.filter = filterField?.text
    }
    return []
  }

  /// A form that closes unsaved keeps what was typed; a saved one has no draft.
  private mutating func keepDraft(_ outcome: DrawerOutcome) {
    guard case .form(let form)? = drawer else { return }
    switch outcome {
    case .closed: drafts[form.key] = form.draft
    case .commands: drafts[form.key] = nil
    case .open, .binding, .view, .sort, .asks: break
    }
  }

  private mutating func pressDrawer(_ key: Key) -> [Effect] {
    guard let outcome = drawer?.handle(key, context) else { return [] }
    keepDraft(outcome)
    switch outcome {
    case .open: return []
    case .closed: drawer = nil
    case .commands(let commands):
      drawer = nil
      return run(commands)
    case .binding(let binding):
      drawer = nil
      return binding.keys.first.map { press($0) } ?? []
    case .view(let id):
      drawer = nil
      top.choose(view: id)
    case .asks(let effect): return [effect]
    case .sort(let id):
      drawer = nil
      top.choose(sort: id)
    }
    return []
  }

  /// Performs what a screen asked for, in order.
  mutating func run(_ commands: [Command]) -> [Effect] {
    var effects: [Effect] = []
    for command in commands {
      switch command {
      case .effect(let effect): effects.append(effect)
      case .act(let intent):
        lastIntent = intent
        acted = nil
        effects.append(.act(intent))
      case .form(let request):
        awaitsForm = true
        effects.append(.form(request))
      case .drawer(let opened): drawer = opened
      case .open(let reference): open(reference.makeCard())
      case .go(let screen): go(screen)
      case .unmark: unmark()
      case .back: if !cards.isEmpty { cards.removeLast() }
      case .toast(let news): show(news)
      case .typed(let text): top.take(typed: text, screenContext)
      case .filter:
        if let filter = top.filter { filterField = TextField(filter) }
      }
    }
    return effects
  }

  private mutating func go(_ screen: ScreenID) {
    cards = []
    current = screen
    refit()
    // The header says that there is a conflict; this is where it leads.
    if screen == .outbox, let first = context.outbox.first(where: { $0.conflict != nil }) {
      top.select(first.id, screenContext)
    }
  }
}

extension App {
  private mutating func perform(_ action: GlobalAction) -> [Effect] {
    switch action {
    case .screen(let screen): go(screen)
    case .undo: return [.undo]
    case .redo: return [.redo]
    case .help: drawer = .help("Help", allBindings, on: current, role: context.session.role)
    case .palette: drawer = .help("Actions", allBindings, on: current, role: context.session.role)
    case .back:
      toast = nil
      if !cards.isEmpty { cards.removeLast() }
    case .quit:
      if cards.isEmpty { return [.quit] }
      cards.removeLast()
    case .forceQuit: return [.quit]
    case .suspend: return [.suspend]
    case .refresh: return [.refresh]
    case .repaint: return [.repaint]
    case .placement:
      let all = DetailPlacement.allCases
      let next = (all.firstIndex(of: context.placement) ?? 0) + 1
      context.placement = all[next % all.count]
      refit()
    case .repeatLast: return lastIntent.map { repeated($0) } ?? []
    case .new: drawer = .newRecord(context)
    case .copy:
      let entries = top.copies(screenContext)
      if entries.isEmpty {
        show(Toast(.notice, "There is nothing to copy here."))
      } else {
        drawer = .copy(CopyDrawer(entries, stored: top.stored))
      }
    case .previousRecord: return stepRecord(.up)
    case .nextRecord: return stepRecord(.down)
    case .signIn: openSignIn()
    }
    return []
  }

  private mutating func repeated(_ intent: Intent) -> [Effect] {
    guard let target = top.target, let again = intent.retargeted(to: [target]) else { return [] }
    return [.act(again)]
  }

  /// Everything that can be pressed now, screen first.
  package var allBindings: [Binding] {
    var taken: Set<Key> = []
    var all: [Binding] = []
    let tables =
      top.bindings(screenContext) + Motion.table.map { Binding($0, scope: .move) }
      + GlobalAction.table.map { Binding($0, scope: .everywhere, refusal: refusal($0.action)) }
    for binding in tables where taken.isDisjoint(with: binding.keys) {
      taken.formUnion(binding.keys)
      all.append(binding)
    }
    return all
  }
}
