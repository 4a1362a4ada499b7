package import CRM
package import ParseCore
package import TerminalUI

/// The whole program as a value: messages change it, drawing shows it, nothing else does either.
package struct App: Sendable {
  package private(set) var context: Context
  private var screens: [ScreenID: any Screen]
  package private(set) var current: ScreenID
  /// Cards opened from the current screen, the topmost last.
  var cards: [any Screen] = []
  /// The key that opened the first card; pressing it again on another row opens that one.
  var opener: Key?
  package private(set) var drawer: Drawer?
  private var filterField: TextField?
  private var toast: Toast?
  private var watched: [Slot: ViewRequest] = [:]
  private var lastIntent: Intent?
  /// Something was answered: the picture has rows.
  package private(set) var hasAnswer = false

  package init(context: Context, start: ScreenID = .quad) {
    self.context = context
    current = start
    screens = Dictionary(uniqueKeysWithValues: ScreenID.allCases.map { ($0, $0.makeScreen()) })
  }

  /// The effects the first paint needs.
  package mutating func start() -> [Effect] { updateWatches() }

  package mutating func handle(_ message: Message) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let key): effects += press(key)
    case .resized(let size):
      context.size = size
      refit()
    case .answer(let slot, let answer):
      hasAnswer = true
      receive(answer, slot)
    case .form(let form): drawer = .form(FormDrawer(form, context.viewpoint))
    case .sync(let state): context.sync = state
    case .outbox(let rows):
      context.outbox = rows
      receive(.gone, Slot(screen: .outbox, depth: 0, part: .list))
    case .done(let words, let canUndo): show(Toast(.done, words, canUndo: canUndo))
    case .refused(let words): show(Toast(.notice, words))
    case .tick(let now): tick(now)
    case .session(let session): context.session = session
    }
    return effects + updateWatches()
  }

  private mutating func tick(_ now: ParseDate) {
    context.viewpoint.now = now
    if let shownAt = toast?.shownAt, now.seconds - shownAt.seconds >= Double(Toast.seconds) {
      toast = nil
    }
  }

  /// When the next tick changes something: the toast's end. Nil when the minute is soon enough.
  package var nextTick: ParseDate? { toast?.shownAt?.advanced(bySeconds: Toast.seconds) }

  private mutating func show(_ news: Toast) {
    toast = news
    toast?.shownAt = context.viewpoint.now
  }
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

  private mutating func receive(_ answer: ViewAnswer, _ slot: Slot) {
    let context = screenContext
    if slot.depth == 0 {
      screens[slot.screen]?.receive(answer, slot.part, context)
    } else if slot.screen == current, slot.depth <= cards.count {
      cards[slot.depth - 1].receive(answer, slot.part, context)
    }
  }

  /// Lets every list bring its cursor into sight at a new size.
  private mutating func refit() { top.refit(context) }

  /// What the screen in sight wants answered, against what is being answered.
  private mutating func updateWatches() -> [Effect] {
    var wanted: [Slot: ViewRequest] = [:]
    for (part, request) in top.watches(context) {
      wanted[Slot(screen: current, depth: topSlotDepth, part: part)] = request
    }
    var effects: [Effect] = watched.keys.filter { wanted[$0] == nil }.map { .unwatch($0) }
    for (slot, request) in wanted where watched[slot] != request {
      effects.append(.watch(slot, request))
    }
    watched = wanted
    return effects
  }

  /// The context with what stands over the screen.
  private var screenContext: Context {
    var context = context
    context.isDimmed = drawer != nil
    context.filterText = filterField?.text
    return context
  }
}

extension App {
  private mutating func press(_ key: Key) -> [Effect] {
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
    default:
      _ = filterField?.handle(key)
      top.filter = filterField?.text
    }
    return []
  }

  private mutating func pressDrawer(_ key: Key) -> [Effect] {
    guard let outcome = drawer?.handle(key, context) else { return [] }
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
        effects.append(.act(intent))
      case .form(let request): effects.append(.form(request))
      case .drawer(let opened): drawer = opened
      case .open(let reference): cards.append(reference.makeCard())
      case .go(let screen): go(screen)
      case .back: if !cards.isEmpty { cards.removeLast() }
      case .toast(let news): show(news)
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
  }
}

extension App {
  private mutating func perform(_ action: GlobalAction) -> [Effect] {
    switch action {
    case .screen(let screen): go(screen)
    case .undo: return [.undo]
    case .redo: return [.redo]
    case .help: drawer = .help(allBindings, on: current, role: context.session.role)
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
    case .previousRecord: return stepRecord(.up)
    case .nextRecord: return stepRecord(.down)
    }
    return []
  }

  private mutating func repeated(_ intent: Intent) -> [Effect] {
    guard let target = top.target, let again = intent.retargeted(to: target) else { return [] }
    return [.act(again)]
  }

  /// Everything that can be pressed now, screen first.
  package var allBindings: [Binding] {
    var taken: Set<Key> = []
    var all: [Binding] = []
    let tables =
      top.bindings(screenContext) + Motion.table.map { Binding($0, scope: .move) }
      + GlobalAction.table.map { Binding($0, scope: .everywhere) }
    for binding in tables where taken.isDisjoint(with: binding.keys) {
      taken.formUnion(binding.keys)
      all.append(binding)
    }
    return all
  }
}

extension App {
  /// The whole picture. Cheap enough to be made anew for every paint.
  package func draw() -> Canvas {
    var canvas = Canvas(size: context.size, glyphs: context.glyphs)
    guard context.size.columns >= 40, context.size.rows >= 10 else {
      drawTooSmall(&canvas)
      return canvas
    }
    header.draw(on: &canvas)
    let last = context.size.rows - 1
    top.draw(&canvas, screenContext)
    if !cards.isEmpty { drawTrail(&canvas) }
    if let drawer {
      drawer.draw(&canvas, context)
      return canvas
    }
    let hasStatusLine = context.size.rows >= ListLayout.statusRows
    let news = statusSpans
    let position = Span(top.position(screenContext), .dim)
    if hasStatusLine || !news.isEmpty {
      StatusLine(left: news, right: [position]).draw(on: &canvas, row: last - 1)
    }
    let showsPosition = !hasStatusLine && news.isEmpty
    footer(right: showsPosition ? [position] : []).draw(on: &canvas, row: last)
    return canvas
  }

  private func drawTooSmall(_ canvas: inout Canvas) {
    let lines: [SafeLine] = ["Quad needs", "40 x 10.", "q quits."]
    for (row, line) in lines.enumerated() { canvas.put(line, row: row, column: 0) }
    canvas.placeCursor(row: 0, column: 0)
  }

  private func drawTrail(_ canvas: inout Canvas) {
    let parts = [screens[current]?.trail ?? current.title] + cards.map(\.trail)
    var spans: [Span] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { spans += [Span(" "), Span(context.glyphs.prompt, .faint), Span(" ")] }
      let isLast = index == parts.count - 1
      spans.append(Span(SafeLine(part), isLast ? .strong : .dim))
    }
    canvas.putEnds(row: 1, left: spans, right: trailEnd)
  }

  private var statusSpans: [Span] {
    guard let toast else { return top.status(screenContext) }
    var spans: [Span] = []
    switch toast.kind {
    case .done: spans = [Span(context.glyphs.done, .good), Span(" "), Span(SafeLine(toast.words))]
    case .notice: spans = [Span("! ", .warn), Span(SafeLine(toast.words))]
    }
    if toast.canUndo { spans += [Span("   "), Span("u", .accent), Span(" undo", .dim)] }
    return spans
  }

  private func footer(right: [Span]) -> Footer {
    let bindings = allBindings.filter { $0.footer != nil && $0.refusal == nil }
      .sorted { ($0.footer ?? 0) < ($1.footer ?? 0) }
    return Footer(
      bindings.map { Footer.Item(SafeLine($0.keyWords), SafeLine($0.word)) }, right: right)
  }
}
