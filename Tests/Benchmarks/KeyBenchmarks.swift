import CRM
import ParseCore
import QuadApp
import TerminalUI

/// What a key costs on each screen: the app as a value takes it and draws the whole picture anew. An
/// answer that arrives counts as one, because keys wait behind it.
struct KeyBenchmarks {
  let live: LiveSchool
  let viewpoint: Viewpoint
  private static let presses = 200
  /// Moves, pages, the ends of the list, marks, the next view's cursor; what changes nothing that is
  /// watched.
  private static let keys = "jjkjljhj<PgDn><PgDn><PgUp>Gggj *jk_"

  func run() throws {
    for screen in ScreenID.allCases where screen != .outbox { try run(screen) }
  }

  private func run(_ screen: ScreenID) throws {
    var app = App(
      context: Context(
        viewpoint: viewpoint,
        session: Session(user: viewpoint.user, username: "admin", role: .admin),
        sync: SyncState(connection: .live), size: Size(columns: 120, rows: 40)), start: screen)
    var watches: [Slot: ViewRequest] = [:]
    take(app.start(), &watches)
    var slowest = 0.0
    for (slot, request) in watches {
      let answer = live.answer(request, viewpoint)
      _ = app.handle(.answer(slot, request, answer))
      // Another with the same rows takes the place of the first.
      let again = live.answer(request, viewpoint, previous: answer.order)
      let start = Measure.Clock.cpu.now
      _ = app.handle(.answer(slot, request, again))
      slowest = max(slowest, Measure.Clock.cpu.now - start)
    }
    var times: [Double] = []
    var slow = (time: 0.0, key: "")
    let script = try Key.script(Self.keys)
    while times.count < Self.presses {
      for key in script {
        let start = Measure.Clock.cpu.now
        let effects = app.handle(.key(key))
        let picture = app.draw()
        times.append(Measure.Clock.cpu.now - start)
        if times[times.count - 1] > slow.time { slow = (times[times.count - 1], "\(key)") }
        if picture.size.rows == 0 { return }
        take(effects, &watches)
      }
    }
    times.sort()
    let worst = max(slowest, times[times.count - 1])
    Measure.report(
      "\(screen.title), the slowest key or answer taken", worst, "ms", isMet: worst <= 10, "≤ 10")
    print(
      "     keys p50 \(Measure.text(times[times.count / 2])) ms, p99 "
        + "\(Measure.text(times[times.count * 99 / 100])) ms; answer \(Measure.text(slowest)) ms; "
        + "slowest \(slow.key)")
    runDetails(screen, &app)
  }

  /// What a move of the cursor asks for, answered and drawn.
  private func runDetails(_ screen: ScreenID, _ app: inout App) {
    guard let down = try? Key.script("j").first else { return }
    _ = app.handle(.key(.character("g")))
    _ = app.handle(.key(.character("g")))
    var times: [Double] = []
    for _ in 0..<Self.presses {
      let start = Measure.Clock.cpu.now
      var isAsked = false
      for case .watch(let slot, let request) in app.handle(.key(down)) {
        _ = app.handle(.answer(slot, request, live.answer(request, viewpoint)))
        isAsked = true
      }
      _ = app.draw()
      if isAsked { times.append(Measure.Clock.cpu.now - start) }
    }
    guard !times.isEmpty else { return }
    Measure.report("\(screen.title), a move of the cursor with its detail", times, aim: 10)
  }

  private func take(_ effects: [Effect], _ watches: inout [Slot: ViewRequest]) {
    for case .watch(let slot, let request) in effects { watches[slot] = request }
  }
}
