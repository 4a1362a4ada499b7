package import ParseCore

/// How a sandbox answers: keys, clock, chance, and which of Parse Server's options are on.
package struct SandboxOptions: Sendable {
  /// 0 takes any free port.
  package var port: UInt16 = 0
  package var applicationId = "campus"
  package var restKey = "rest"
  package var masterKey = "master"
  package var mountPath = "/parse"
  package var now: @Sendable () -> ParseDate
  /// Bits for object ids, tokens and faults by chance.
  package var random: @Sendable () -> UInt64

  /// Cloud Code of reference/domain.md §4.4: ticket numbers, ranges, defaults, ACL stamps, roll-
  /// ups.
  package var runsHooks = true
  /// Without those: the few hooks of the recorded servers, on classes of their names.
  package var runsTrialHooks = false
  /// The bundled classes with their permissions. Without it only `_User` and `_Role` exist, open.
  package var hasBundledSchema = true
  /// Parse Server's `allowClientClassCreation`, off since 7.0.
  package var allowsClassCreation = false
  /// Whom a ticket without an assignee goes to when its creator is not staff (product.md D8).
  package var queueUsername = "triage"
  /// Parse Server's `sessionLength`, in seconds; a year there.
  package var sessionSeconds = 31_536_000
  /// How long a request id is remembered, in seconds; 0 turns idempotency off.
  package var idempotencySeconds = 300
  /// Limits by path; the first that fits counts.
  package var rateLimits: [RateLimit] = []
  /// Nil lets passwords be tried for ever.
  package var lockout: AccountLockout?
  /// Clamps `limit` silently, as Parse Server's `maxLimit`; nil leaves it open.
  package var maximumLimit: Int?
  /// Above it a body gets 413; Parse Server's `maxUploadSize`.
  package var maximumBodyBytes = 20 << 20
  /// Classes that send live events; others subscribe and stay silent. Nil means all.
  package var liveClasses: Set<String>? = [
    "SupportTicket", "Enrollment", "Deal", "Activity", "Contact",
  ]
  /// Whether a LiveQuery client must bring a right key: Parse Server's `keyPairs`, which lets anyone
  /// in when it is empty.
  package var checksLiveKeys = true
  /// Whether class permissions count for subscriptions, as since 8.6.16; before, only a row's ACL did.
  package var checksLiveClasses = false
  /// Whose rules queries and values follow where Parse Server leaves them to its database.
  package var database = Database.mongoDB
  /// Told when a change could not be saved to the server's file; its request gets a 500.
  package var report: @Sendable (SandboxFile.Failure) -> Void = { _ in }
  /// Seconds between the server's WebSocket pings; a client silent for two of them is cut.
  package var pingSeconds = 10
  /// Seconds a connection may wait for its next request; Node's `keepAliveTimeout`.
  package var keepAliveSeconds = 5

  package init(
    now: @escaping @Sendable () -> ParseDate,
    random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
  ) {
    self.now = now
    self.random = random
  }

  /// Back4app runs Parse Server on MongoDB.
  package enum Database: String, Sendable {
    case mongoDB, postgreSQL
  }
}

extension SandboxOptions {
  /// A fresh Parse Server without classes, on PostgreSQL, with the little Cloud Code the recorded
  /// servers of the conformance fixtures had.
  package mutating func beEmpty() {
    hasBundledSchema = false
    runsHooks = false
    runsTrialHooks = true
    liveClasses = [
      "Course", "Student", "Enrollment", "QuizAttempt", "SupportTicket", "Company", "Contact",
      "Deal", "Activity",
    ]
    checksLiveKeys = false
    database = .postgreSQL
  }
}
