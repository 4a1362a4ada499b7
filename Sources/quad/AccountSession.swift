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
    let canPaint =
      isatty(0) == 1 && isatty(1) == 1 && !["", "dumb"].contains(environment["TERM"] ?? "")
    do {
      if canPaint {
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
    // The file is opened while the terminal is taken over.
    let opening = Task.detached {
      try Workspace(profile: profile, options: options) { notice in
        if let message = slots.message(for: notice) { mailbox.post(message) }
      }
    }
    let warden = try TerminalGuard(terminal: 1)
    let screen: CursesScreen
    do {
      screen = try CursesScreen(
        options: .init(
          environment: options.environment, theme: look.theme ?? .auto,
          background: look.background, ascii: look.ascii), guard: warden)
    } catch {
      warden.close()
      throw CommandFailure(error.description, .usage)
    }
    let workspace: Workspace
    do {
      workspace = try await opening.value
    } catch {
      screen.close()
      warden.close()
      throw error
    }
    let runner = EffectRunner(workspace: workspace, slots: slots)
    var context = context(profile, workspace.viewpoint, size: screen.size)
    context.hasCursorBar = !screen.isRemote && screen.theme.hasSelection
    context.glyphs = screen.glyphs
    let start = look.screen ?? .quad
    var app = App(context: context, start: start)
    if let kept = workspace.keptPicture(app.keptName) { app.show(kept: kept) }
    let loop = MainLoop(
      warden: warden, screen: screen, mailbox: mailbox, runner: runner, workspace: workspace,
      app: app, now: options.now)
    // Reading the rows takes all processors there are; the kept picture is painted before.
    loop.showKept()
    let started = Task.detached { await workspace.start() }
    loop.run()
    await runner.finish()
    await started.value
    if loop.app.hasAnswer { await keepPicture(loop.app.context, start, workspace) }
    await workspace.close()
  }

  /// Keeps what the next session shows first: the screen it opens on with the rows of now.
  private static func keepPicture(
    _ context: Context, _ start: ScreenID, _ workspace: Workspace
  ) async {
    var context = context
    context.viewpoint = workspace.viewpoint
    let app = await answered(App(context: context, start: start), workspace)
    await workspace.keep(picture: app.draw().kept, app.keptName)
  }

  /// The app with all it asks for at its start answered.
  private static func answered(_ app: App, _ workspace: Workspace) async -> App {
    var app = app
    for case .watch(let slot, let request) in app.start() {
      _ = app.handle(.answer(slot, await workspace.answer(request)))
    }
    return app
  }

  /// The four panes as text, for pipes, cron and `TERM=dumb`.
  private static func printView(_ profile: Profile, _ options: Workspace.Options) async throws {
    let workspace = try Workspace(profile: profile, options: options) { _ in }
    await workspace.fill()
    let columns = options.environment["COLUMNS"].flatMap(Int.init) ?? 120
    let size = Size(columns: max(80, columns), rows: 50)
    let app = App(context: context(profile, workspace.viewpoint, size: size))
    print(await answered(app, workspace).draw().text)
    await workspace.close()
  }

  private static func context(
    _ profile: Profile, _ viewpoint: Viewpoint, size: Size
  ) -> Context {
    Context(
      viewpoint: viewpoint,
      session: Session(user: profile.userId, username: profile.username, role: viewpoint.role),
      sync: SyncState(connection: .starting), size: size)
  }
}
