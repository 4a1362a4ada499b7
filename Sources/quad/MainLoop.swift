internal import CRM
internal import Glibc
internal import ParseCore
internal import QuadApp
internal import TerminalUI

/// Keys, messages and signals in; pictures out. Blocks in poll(2), drains all that waits, paints once.
@MainActor
final class MainLoop<Running: Program> {
  private let warden: TerminalGuard
  private let screen: CursesScreen
  private let mailbox: Mailbox
  /// Hands an effect on; what belongs to the terminal comes back.
  private let hand: (Effect) -> EffectRunner.Local?
  private let now: @Sendable () -> ParseDate
  private var app: Running
  /// As the terminal and the command line wanted it.
  private let firstTheme: Theme
  private var isEnding = false
  /// When the rows of what was opened are no longer waited for; nil while they are here.
  private var patienceEnds: ContinuousClock.Instant?

  init(
    warden: TerminalGuard, screen: CursesScreen, mailbox: Mailbox, app: Running,
    now: @escaping @Sendable () -> ParseDate,
    perform hand: @escaping (Effect) -> EffectRunner.Local?
  ) {
    self.warden = warden
    self.screen = screen
    self.mailbox = mailbox
    self.hand = hand
    firstTheme = screen.theme
    self.app = app
    self.now = now
  }

  /// Paints the picture the last session kept for this window, if there is one.
  func showKept() {
    if app.showsKeptOfThisWindow { paint() }
  }

  /// Runs until the person or the terminal ends it, and gives what it came to. The terminal is
  /// given back on return.
  func run() -> Running {
    perform(app.start())
    waitForRows()
    paint()
    while !isEnding {
      wait(milliseconds: timeout)
      drainSignals()
      drainKeys()
      drainMailbox()
      handle(.tick(now()))
      if !isEnding { paintWhenAnswered() }
    }
    screen.close()
    warden.close()
    // A terminal that goes now must not cut short what is still being written.
    signal(SIGHUP, SIG_IGN)
    return app
  }

  /// A small cache answers within milliseconds: the first picture is painted once, with its rows. A
  /// large one gets a picture without them. A kept picture shows at once, one of another window when
  /// no rows came in time for them to be first. Keys wait for the rows they were pressed on, but not
  /// for ever.
  private func waitForRows() {
    let start = ContinuousClock.now
    let end = start + (app.showsKept ? .seconds(1) : .milliseconds(60))
    while !isEnding, !app.hasAnswer, ContinuousClock.now < end {
      wait(milliseconds: 10, forKeys: false)
      drainSignals()
      drainMailbox()
      let isLate = app.showsKept && ContinuousClock.now > start + .milliseconds(8)
      if isLate || app.showsKeptOfThisWindow { paint() }
    }
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch hand(effect) {
      case .repaint: screen.repaint()
      case .suspend: suspend()
      case .quit: isEnding = true
      case .theme(let name):
        screen.theme =
          name == .auto
          ? firstTheme
          : Theme(name: name, depth: firstTheme.depth, background: firstTheme.background)
      case .copy(let entry): handle(entry.message(screen.copy(entry.clip)))
      case nil: break
      }
    }
  }

  private func handle(_ message: Message) { perform(app.handle(message)) }

  private func paint() { screen.draw(app.draw()) }

  /// What was just opened is painted with its rows, which the cache answers within milliseconds: a
  /// picture without them first would be a flash. Keys are taken all the while.
  private func paintWhenAnswered() {
    guard !app.hasAnswer, !app.showsKept else {
      patienceEnds = nil
      return paint()
    }
    let end = patienceEnds ?? ContinuousClock.now + .milliseconds(30)
    patienceEnds = end
    if ContinuousClock.now >= end { paint() }
  }

  private func wait(milliseconds: Int32, forKeys: Bool = true) {
    // poll(2) passes over a negative descriptor.
    let input = forKeys ? screen.inputDescriptor : -1
    var sources = [
      input, warden.signalDescriptor, mailbox.readDescriptor, screen.readyDescriptor,
    ].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // The array lives through the call and holds `count` entries.
    _ = unsafe poll(&sources, nfds_t(sources.count), milliseconds)
    if sources[0].revents & Int16(POLLHUP | POLLERR) != 0 { isEnding = true }
  }

  /// Until the toast ends, the minute changes or the rows of what was opened should be here.
  private var timeout: Int32 {
    let present = now().milliseconds
    let minuteEnd = 60_000 - present % 60_000
    let toastEnd = app.nextTick.map { $0.milliseconds - present } ?? minuteEnd
    let patience = patienceEnds.map { ($0 - ContinuousClock.now) / .milliseconds(1) } ?? 0
    let rowsEnd = patience > 0 ? Int64(patience.rounded(.up)) : minuteEnd
    return Int32(clamping: max(1, min(minuteEnd, toastEnd, rowsEnd)))
  }

  private func drainKeys() {
    while !isEnding, let key = screen.nextKey() {
      switch key {
      case .hangup: isEnding = true
      case .resize: resize()
      default: handle(.key(key))
      }
    }
  }

  private func drainMailbox() {
    for message in mailbox.drain() { handle(message) }
  }

  private func drainSignals() {
    while let signal = warden.nextSignal() {
      switch signal {
      case .terminate, .hangup, .interrupt, .quit:
        warden.acknowledge()
        isEnding = true
      case .suspend: suspend()
      case .resume: screen.repaint()
      case .resize: resize()
      }
    }
  }

  private func resize() {
    _ = screen.refreshSize()
    // What was on its way for the old size has landed anywhere on the new one.
    screen.repaint()
    handle(.resized(screen.size))
  }

  private func suspend() {
    screen.suspend()
    warden.stop()
    screen.resume()
    resize()
  }
}
