internal import CRM
internal import Foundation
internal import ParseCore
internal import QuadApp
internal import TerminalUI
internal import Workspace

/// Opens the UI on an account, or prints its default view where there is no terminal.
@MainActor
enum AccountSession {
  static func run(
    _ profile: Profile, isOffline: Bool, look: LookOptions
  ) async throws {
    let environment = ProcessInfo.processInfo.environment
    let clock: @Sendable () -> ParseDate = { ParseClock.now() }
    let options = Workspace.Options(
      environment: environment, isOffline: isOffline, now: clock,
      zoneOffset: { instant in
        TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: instant.seconds))
      })
    do {
      if TerminalStage.canPaint(environment) {
        try await paint(profile, options, look)
      } else {
        try await printView(profile, options)
      }
    } catch let error as WorkspaceError {
      throw CommandFailure(error.words, .workspace(error))
    }
  }

  private static func paint(
    _ profile: Profile, _ options: Workspace.Options, _ look: LookOptions
  ) async throws {
    let mailbox = try Mailbox()
    let slots = SlotTable()
    // The file is opened and read while the terminal is taken over.
    let opening = Task.detached {
      let workspace = try Workspace(profile: profile, options: options) { notice in
        if let message = slots.message(for: notice) { mailbox.post(message) }
      }
      return (workspace, Task.detached { await workspace.start() })
    }
    let stage = try TerminalStage(options.environment, look)
    let screen = stage.screen
    let (workspace, started): (Workspace, Task<Void, Never>)
    do {
      (workspace, started) = try await opening.value
    } catch {
      stage.close()
      throw error
    }
    let runner = EffectRunner(workspace: workspace, slots: slots)
    var context = context(profile, workspace.viewpoint, size: screen.size)
    context.hasCursorBar = !screen.isRemote && screen.theme.hasSelection
    context.glyphs = screen.glyphs
    let loop = MainLoop(
      warden: stage.warden, screen: screen, mailbox: mailbox,
      app: App(context: context, start: look.screen ?? .quad), now: options.now,
      minutePassed: { Task { await workspace.tick() } }, perform: { runner.run($0) })
    _ = loop.run()
    await runner.finish()
    await started.value
    await workspace.close()
  }

  /// The four panes as text, for pipes, cron and `TERM=dumb`.
  private static func printView(_ profile: Profile, _ options: Workspace.Options) async throws {
    let workspace = try Workspace(profile: profile, options: options) { _ in }
    await workspace.fill()
    let columns = options.environment["COLUMNS"].flatMap(Int.init) ?? 120
    let size = Size(columns: max(80, columns), rows: 50)
    var app = App(context: context(profile, workspace.viewpoint, size: size))
    for case .watch(let slot, let request) in app.start() {
      _ = app.handle(.answer(slot, await workspace.answer(request)))
    }
    print(app.draw().text)
    await workspace.close()
  }

  private static func context(
    _ profile: Profile, _ viewpoint: Viewpoint, size: Size
  ) -> Context {
    Context(
      viewpoint: viewpoint,
      session: Session(
        user: profile.userId, username: profile.username, role: viewpoint.role,
        server: profile.serverURL),
      sync: SyncState(connection: .starting), size: size)
  }
}
