internal import CRM
internal import QuadApp
internal import Synchronization
internal import TerminalUI
internal import Workspace

/// Keeps what a next session shows first, whichever screen it starts with and in whatever window: as
/// soon as all screens are ready, for a session that is never ended, and at the end.
final class PictureKeeper: Sendable {
  /// What a picture tells besides rows.
  private struct News {
    var sync: SyncState?
    var outbox: [OutboxRow] = []
    var cache: CacheFacts?
  }

  private let news = Mutex(News())
  private let ready: AsyncStream<Void>
  private let readiness: AsyncStream<Void>.Continuation
  private let early = Mutex<Task<Void, Never>?>(nil)

  init() { (ready, readiness) = AsyncStream.makeStream(of: Void.self) }

  func note(_ notice: WorkspaceNotice) {
    switch notice {
    case .sync(let state): news.withLock { $0.sync = state }
    case .outbox(let rows): news.withLock { $0.outbox = rows }
    case .cache(let facts): news.withLock { $0.cache = facts }
    case .ready: readiness.finish()
    case .answer, .stored, .form, .done, .refused, .failed, .signedIn: break
    }
  }

  /// Keeps the pictures once, when the screens are ready and between all else.
  ///
  /// - Parameter first: the context of a start.
  func begin(_ workspace: Workspace, _ first: Context) {
    let task = Task.detached(priority: .background) {
      for await _ in self.ready {}
      await self.keep(Set(ScreenID.allCases), first.size, first, workspace) {
        await workspace.waitForCalm()
        return !Task.isCancelled
      }
    }
    early.withLock { $0 = task }
  }

  /// Keeps those of the screens a session ended with, as of now.
  func finish(_ workspace: Workspace, _ first: Context, after app: App) async {
    early.withLock { $0 }?.cancel()
    await early.withLock { $0 }?.value
    // Others would take seconds of a large school to answer.
    let screens = await workspace.isPrepared ? Set(ScreenID.allCases) : app.seen
    await keep(screens, app.context.size, first, workspace) { true }
  }

  private func keep(
    _ screens: Set<ScreenID>, _ window: Size, _ first: Context, _ workspace: Workspace,
    while isWanted: () async -> Bool
  ) async {
    for screen in screens {
      var context = first
      news.withLock {
        context.sync = $0.sync ?? first.sync
        context.outbox = $0.outbox
        context.cache = $0.cache
      }
      context.viewpoint = workspace.viewpoint
      var pictures: [String: String] = [:]
      var app = App(context: context, start: screen)
      guard await isWanted() else { return }
      await app.answer(app.start(), from: workspace)
      for size in App.keptSizes + [window] {
        guard await isWanted() else { return }
        await app.answer(app.handle(.resized(size)), from: workspace)
        pictures[app.keptName] = app.draw().kept
      }
      await workspace.keep(pictures: pictures)
    }
  }
}

extension App {
  /// Has all answered that was asked for, and what is asked for then.
  mutating func answer(_ effects: [Effect], from workspace: Workspace) async {
    var effects = effects
    while !effects.isEmpty {
      guard case .watch(let slot, let request) = effects.removeFirst() else { continue }
      effects += handle(.answer(slot, request, await workspace.answer(request)))
    }
  }
}
