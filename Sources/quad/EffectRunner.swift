internal import CRM
internal import QuadApp
internal import Synchronization
internal import TerminalUI
internal import Workspace

/// Performs what the app wants done outside of itself, in order, off the main thread.
@MainActor
final class EffectRunner {
  /// What only the main loop can do.
  enum Local {
    case repaint, suspend, quit
    case theme(Theme.Name)
    case copy(CopyEntry)

    /// What of an effect belongs to the terminal; nil for everything else.
    init?(_ effect: Effect) {
      switch effect {
      case .repaint: self = .repaint
      case .suspend: self = .suspend
      case .quit: self = .quit
      case .theme(let name): self = .theme(name)
      case .copy(let entry): self = .copy(entry)
      default: return nil
      }
    }
  }

  private let workspace: Workspace
  private let slots: SlotTable
  private let queue: AsyncStream<Effect>.Continuation
  private let worker: Task<Void, Never>

  init(workspace: Workspace, slots: SlotTable) {
    self.workspace = workspace
    self.slots = slots
    let (stream, continuation) = AsyncStream.makeStream(of: Effect.self)
    queue = continuation
    worker = Task.detached {
      for await effect in stream { await Self.perform(effect, workspace, slots) }
    }
  }

  /// Hands the effect on; what belongs to the terminal comes back.
  func run(_ effect: Effect) -> Local? {
    if let local = Local(effect) { return local }
    queue.yield(effect)
    return nil
  }

  /// Waits until everything handed on so far is done.
  func finish() async {
    queue.finish()
    await worker.value
  }

  private nonisolated static func perform(
    _ effect: Effect, _ workspace: Workspace, _ slots: SlotTable
  ) async {
    switch effect {
    case .watch(let slot, let request): await workspace.watch(slots.id(of: slot), request)
    case .unwatch(let slot): await workspace.unwatch(slots.id(of: slot))
    case .form(let request): await workspace.open(request)
    case .act(let intent): await workspace.perform(intent)
    case .edit(let edit): await workspace.perform(edit)
    case .undo: await workspace.undo()
    case .redo: await workspace.redo()
    case .refresh: await workspace.refresh()
    case .retry(let id): await workspace.retry(outboxID: id)
    case .retryAll: await workspace.retryAll()
    case .exportOutbox: await workspace.exportOutbox()
    case .passMinute: await workspace.passMinute()
    case .measureCache: await workspace.measureCache()
    case .readStored(let kind, let id): await workspace.readStored(kind, id)
    case .discard(let id): await workspace.discard(outboxID: id)
    case .pin(let kind, let id): await workspace.togglePin(kind, id)
    case .resolve(let id, let resolution):
      await workspace.resolve(outboxID: id, resolution)
    case .takeAsArrived(let id): await workspace.takeAsArrived(outboxID: id)
    case .remake(let id): await workspace.remake(outboxID: id)
    case .signInAgain(let number, let password):
      await workspace.signInAgain(number, password: password)
    case .repaint, .suspend, .quit, .theme, .signIn, .copy: break
    }
  }
}

/// The numbers the workspace knows the app's slots by, both ways, from any thread.
final class SlotTable: Sendable {
  private struct State {
    var ids: [Slot: WatchID] = [:]
    var slots: [WatchID: Slot] = [:]
  }

  private let state = Mutex(State())

  func id(of slot: Slot) -> WatchID {
    state.withLock { state in
      if let id = state.ids[slot] { return id }
      let id = WatchID(state.ids.count)
      state.ids[slot] = id
      state.slots[id] = slot
      return id
    }
  }

  /// The message for a notice; nil for an answer nobody asked for.
  func message(for notice: WorkspaceNotice) -> Message? {
    switch notice {
    case .answer(let id, let request, let answer):
      state.withLock { $0.slots[id] }.map { .answer($0, request, answer) }
    case .sync(let status): .sync(status)
    case .outbox(let rows): .outbox(rows)
    case .cache(let facts): .cache(facts)
    case .stored(let name, let json): .stored(name: name, json: json)
    case .form(let form): .form(form)
    case .done(let words, let canUndo): .done(words: words, canUndo: canUndo)
    case .refused(let words): .refused(words)
    case .failed(let result): .failed(result)
    case .ready: nil
    case .signedIn(let number, let error): .signIn(number, error.map(SignInTrouble.init))
    }
  }
}
