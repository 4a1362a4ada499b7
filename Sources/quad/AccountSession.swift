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
    var options = Workspace.Options(
      environment: environment, isOffline: isOffline, now: clock,
      zoneOffset: { instant in
        TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: instant.seconds))
      })
    options.officeHours = try officeHours(environment)
    do {
      if TerminalStage.canPaint(environment) {
        try await paint(profile, options, look)
      } else {
        try await printView(profile, options, look)
      }
    } catch let error as WorkspaceError {
      throw CommandFailure(error.words, .workspace(error))
    }
  }

  /// `QUAD_OFFICE_HOURS`, as in `mon-fri 8-17`; without it the clocks of tickets never stop.
  private static func officeHours(_ environment: [String: String]) throws -> OfficeHours? {
    guard let text = environment["QUAD_OFFICE_HOURS"], !text.isEmpty else { return nil }
    guard let hours = OfficeHours(text) else {
      throw CommandFailure(
        "QUAD_OFFICE_HOURS is not understood; write it like mon-fri 8-17.", .usage)
    }
    return hours
  }

  private static func paint(
    _ profile: Profile, _ options: Workspace.Options, _ look: LookOptions
  ) async throws {
    let mailbox = try Mailbox()
    let slots = SlotTable()
    let keeper = PictureKeeper()
    // The file is opened while the terminal is taken over.
    let opening = Task.detached {
      try Workspace(profile: profile, options: options) { notice in
        keeper.note(notice)
        if let message = slots.message(for: notice) { mailbox.post(message) }
      }
    }
    let stage = try TerminalStage(options.environment, look)
    let screen = stage.screen
    let workspace: Workspace
    do {
      workspace = try await opening.value
    } catch {
      stage.close()
      throw error
    }
    let runner = EffectRunner(workspace: workspace, slots: slots)
    var context = context(profile, workspace.viewpoint, size: screen.size)
    context.hasCursorBar = !screen.isRemote && screen.theme.hasCursorBar
    context.isRemote = screen.isRemote
    context.glyphs = screen.glyphs
    let start = look.screen ?? .quad
    var app = App(context: context, start: start)
    app.show(kept: workspace.keptPictures(app.keptGroup))
    let loop = MainLoop(
      warden: stage.warden, screen: screen, mailbox: mailbox, app: app, now: options.now,
      perform: { runner.run($0) })
    // Reading the rows takes all processors there are; the kept picture is painted before.
    loop.showKept()
    keeper.begin(workspace, context)
    let started = Task.detached { await workspace.start() }
    app = loop.run()
    await runner.finish()
    await started.value
    await keeper.finish(workspace, context, after: app)
    await workspace.close()
  }

  /// A screen as text, the four panes unless another is asked for: for pipes, cron and `TERM=dumb`.
  private static func printView(
    _ profile: Profile, _ options: Workspace.Options, _ look: LookOptions
  ) async throws {
    let workspace = try Workspace(profile: profile, options: options) { _ in }
    await workspace.fill()
    let columns = options.environment["COLUMNS"].flatMap(Int.init) ?? 120
    let size = Size(columns: max(80, columns), rows: 50)
    var app = App(
      context: context(profile, workspace.viewpoint, size: size), start: look.screen ?? .quad)
    await app.answer(app.start(), from: workspace)
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
