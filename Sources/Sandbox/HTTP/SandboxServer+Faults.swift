import Synchronization

/// What goes wrong on purpose.
extension SandboxServer {
  /// Lets the next `times` requests that fit fail in this way.
  package func inject(
    _ fault: SandboxFault, times: Int = 1,
    where applies: @escaping @Sendable (SandboxRequest) -> Bool = { _ in true }
  ) {
    faults.withLock {
      $0.waiting.append(FaultPlan.Waiting(fault: fault, times: times, applies: applies))
    }
  }

  package func setWeather(_ weather: SandboxWeather) { faults.withLock { $0.weather = weather } }

  /// While offline every connection is cut; what is open is cut at once.
  package func setOffline(_ isOffline: Bool) {
    faults.withLock { $0.isOffline = isOffline }
    if isOffline { cutAllConnections() }
  }

  /// While muted, changes happen without live events: what a client must find by catching up.
  package func setLiveMuted(_ isMuted: Bool) {
    backend.withLock { $0.live.isMuted = isMuted }
  }

  /// Puts the server's clock ahead of the true time, or behind it.
  package func setClockSkew(seconds: Int) { clock.skew.withLock { $0 = seconds } }

  /// How many LiveQuery sockets are open, and how many subscriptions they hold together.
  package var liveLoad: (sockets: Int, subscriptions: Int) {
    backend.withLock { backend in
      let all = backend.live.connections.values
      return (all.count, all.reduce(0) { $0 + $1.subscriptions.count })
    }
  }

  /// Drops every open connection, HTTP and WebSocket.
  package func cutAllConnections() { cutAllConnections(except: nil) }

  func cutAllConnections(except spared: HTTPConnection?) {
    running.withLock { $0?.listener }?.cutAll(except: spared)
  }
}
