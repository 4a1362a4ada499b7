import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// Syncs until the task is cancelled. Waits while another process of the account syncs.
  package func run() async {
    while !Task.isCancelled, !becomeSyncer() {
      do { try await time.sleep(configuration.pollInterval) } catch { return }
    }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.watchOutbox() }
      group.addTask { await self.watchPins() }
      group.addTask { await self.watchClock() }
      group.addTask { await self.listen() }
      group.addTask { for await _ in self.wakes.drain.rings { await self.drain() } }
      group.addTask {
        for await _ in self.wakes.pull.rings { await self.pull(self.wakes.pull.take()) }
      }
      group.addTask { for await _ in self.wakes.push.rings { await self.push() } }
      wakes.push.wake(.poll)
      wakes.pull.wake(.poll)
      await group.waitForAll()
    }
    resignSyncer()
  }

  /// New edits leave at once, of this process and of others.
  private func watchOutbox() async {
    for await notice in store.notices() where notice.outbox {
      publish()
      wakes.push.wake(.poll)
    }
  }

  /// Asks for changes every so often, sooner while the server cannot be reached, and wakes the
  /// outbox when a postponed record is due.
  private func watchClock() async {
    while !Task.isCancelled {
      let wait = min(pause, untilNextTry)
      let alarm = Task { [time] in
        // Cut short: the pause is measured anew.
        do { try await time.sleep(wait) } catch { return false }
        return true
      }
      self.alarm = alarm
      let isDue = await withTaskCancellationHandler {
        await alarm.value
      } onCancel: {
        alarm.cancel()
      }
      guard isDue else { continue }
      wakes.push.wake(.poll)
      wakes.pull.wake(.poll)
    }
  }

  private var untilNextTry: Duration {
    let next = reporting { () throws(CacheError) in try store.nextTry() }
    guard let due = next.flatMap(\.self) else { return configuration.pollInterval }
    return .milliseconds(max(1000, due.milliseconds - time.now().milliseconds))
  }

  /// One live connection while the network may be used; opened anew when that changes.
  private func listen() async {
    let classes = configuration.classes.filter(\.isLive).map(\.className)
    guard !classes.isEmpty else { return }
    var subscriptions: [LiveSubscription] = []
    for name in classes {
      do throws(ClientError) {
        subscriptions.append(try LiveSubscription(className: name))
      } catch {
        problem = error.words
      }
    }
    let wanted = subscriptions
    var rings = wakes.live.rings.makeAsyncIterator()
    while !Task.isCancelled {
      let connection = mayUseNetwork ? Task { await self.hearAll(wanted) } : nil
      _ = await rings.next(isolation: self)
      connection?.cancel()
      await connection?.value
    }
  }

  private func hearAll(_ subscriptions: [LiveSubscription]) async {
    for await event in client.liveQuery(subscriptions) { hear(event) }
  }
}
