internal import CRM
internal import ParseCore

/// The clock moves on: what that changes, and what stands back for keys.
extension Workspace {
  /// Has `tick` done beside what else is asked for.
  package func passMinute() {
    let earlier = minutes
    minutes = Task {
      await earlier?.value
      await waitForCalm(atMost: Self.latestMinute)
      await tick()
    }
  }

  /// A new minute can wait for the end of what a key is held down for.
  private static let latestMinute: Duration = .seconds(10)

  /// Lets others in, and waits until nothing was asked for lately: what a key asks for must not wait
  /// for work that nobody waits for.
  package func waitForCalm(atMost limit: Duration = .seconds(3600)) async {
    await Task.yield()
    let end = ContinuousClock.now + limit
    while !isClosed, ContinuousClock.now < end {
      let rest = Duration.milliseconds(300) - (ContinuousClock.now - lastAsked)
      guard rest > .zero else { return }
      // Only cancellation ends the wait early, which ends what it is for too.
      do { try await Task.sleep(for: rest) } catch { return }
    }
  }

  /// Clocks have moved: ages, pressures and lateness are answered anew. Of a million rows that takes a
  /// while, so it is done in turns: what a key asks for meanwhile waits for one of them at most. What
  /// is quickest comes first.
  package func tick() async {
    let day = minute?.today
    minute = viewpoint
    // All rows are made anew: what yesterday's took is given back before these take more.
    if let day, day != minute?.today { startDay() }
    for (id, request) in watches.sorted(by: { $0.value.isOfOne && !$1.value.isOfOne }) {
      guard canAnswer(request) else { continue }
      if case .quad = request {
        for pane in QuadPane.allCases {
          live.prepare(pane, minuteViewpoint())
          await Task.yield()
        }
      }
      if isClosed { return }
      if watches[id] == request { answer(id, request) }
      await Task.yield()
    }
    if isClosed { return }
    pinShown()
    prepareScreens()
  }

  private func startDay() {
    live.forget()
    FreeMemory.giveBack()
  }

  func minuteViewpoint() -> Viewpoint {
    let viewpoint = viewpoint
    if let minute, (0..<60).contains(viewpoint.now.seconds - minute.now.seconds) { return minute }
    minute = viewpoint
    return viewpoint
  }
}
