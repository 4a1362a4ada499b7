import ParseCore

/// Parse Server's `rateLimit`: so many requests of a path in a span of time, all clients of this
/// machine together; the master key is not counted.
package struct RateLimit: Sendable, Hashable {
  /// How the path starts below the mount, e.g. `/login`.
  package var path: String
  package var count: Int
  package var seconds: Int

  package init(path: String, count: Int, seconds: Int) {
    self.path = path
    self.count = count
    self.seconds = seconds
  }
}

/// Parse Server's `accountLockout`: how many wrong passwords in a row lock an account, and for how
/// long.
package struct AccountLockout: Sendable, Hashable {
  package var threshold: Int
  package var minutes: Int

  package init(threshold: Int, minutes: Int) {
    self.threshold = threshold
    self.minutes = minutes
  }
}

/// What the limits have counted; it is forgotten with the process.
struct LimitState: Sendable {
  struct Window: Sendable {
    var count = 0
    let end: ParseDate
  }

  struct Failures: Sendable {
    var count = 0
    var lockedUntil: ParseDate?
  }

  var windows: [RateLimit: Window] = [:]
  /// By user id.
  var failures: [String: Failures] = [:]
}

extension Backend {
  /// Counts a request against the first limit that fits its path.
  /// - Returns: The headers its answer gets, and whether it is one too many.
  mutating func admit(_ call: Call) -> (headers: [(name: String, value: String)], isOver: Bool) {
    let path = "/" + call.path.joined(separator: "/")
    guard !call.caller.isMaster,
      let limit = options.rateLimits.first(where: { path.hasPrefix($0.path) })
    else { return ([], false) }
    let now = options.now()
    var window =
      limits.windows[limit].flatMap { $0.end > now ? $0 : nil }
      ?? LimitState.Window(end: now.advanced(bySeconds: limit.seconds))
    window.count += 1
    limits.windows[limit] = window
    let left = window.end.milliseconds - now.milliseconds
    var headers = [
      ("X-RateLimit-Limit", String(limit.count)),
      ("X-RateLimit-Remaining", String(max(0, limit.count - window.count))),
      ("X-RateLimit-Reset", String((window.end.milliseconds + 999) / 1000)),
    ]
    let isOver = window.count > limit.count
    if isOver { headers.append(("Retry-After", String((left + 999) / 1000))) }
    return (headers.map { (name: $0.0, value: $0.1) }, isOver)
  }

  /// - Throws: 101 while the account is locked; a right password does not open it.
  func checkLock(_ userId: String) throws(ParseError) {
    guard let lockout = options.lockout,
      let end = limits.failures[userId]?.lockedUntil, end > options.now()
    else { return }
    throw .refused(
      101,
      "Your account is locked due to multiple failed login attempts. Please try again after "
        + "\(lockout.minutes) minute(s)")
  }

  /// Counts a login; one that succeeds clears the count.
  mutating func noteLogin(_ userId: String, isRight: Bool) {
    guard let lockout = options.lockout else { return }
    if isRight {
      limits.failures[userId] = nil
      return
    }
    limits.failures[userId, default: LimitState.Failures()].count += 1
    if let count = limits.failures[userId]?.count, count >= lockout.threshold {
      limits.failures[userId]?.lockedUntil = options.now()
        .advanced(bySeconds: lockout.minutes * 60)
    }
  }
}
