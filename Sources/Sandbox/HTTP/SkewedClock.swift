import ParseCore
import Synchronization

/// The server's clock, which tests may put wrong.
final class SkewedClock: Sendable {
  private let base: @Sendable () -> ParseDate
  /// Seconds ahead of the true time.
  let skew = Mutex(0)

  private init(_ base: @escaping @Sendable () -> ParseDate) { self.base = base }

  var now: ParseDate { base().advanced(bySeconds: skew.withLock { $0 }) }

  /// The same options with a clock that can be put wrong.
  static func built(into options: SandboxOptions) -> (SandboxOptions, SkewedClock) {
    let clock = SkewedClock(options.now)
    var options = options
    options.now = { clock.now }
    return (options, clock)
  }
}
