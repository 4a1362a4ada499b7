package import ParseCore

/// One class to keep in the cache, and how.
package struct SyncClass: Sendable, Hashable {
  package let className: String
  /// What is asked before all else, so that a screen has rows at once; nil for nothing.
  package let firstPage: Query?
  /// Changes are listened for over LiveQuery too.
  package let isLive: Bool

  package init(_ className: String, firstPage: Query? = nil, isLive: Bool = false) {
    self.className = className
    self.firstPage = firstPage
    self.isLive = isLive
  }
}

extension SyncClass {
  /// The classes of product.md D1 in the order the four panes need them, with the seeds' exact
  /// first queries (reference/domain.md §3, lines 12, 13 and 79) and the five live classes (C6).
  package static let standard: [SyncClass] = [
    SyncClass(
      "Student",
      firstPage: Query(
        "Student", order: [Query.Order("currentCompletionRate", descending: true)],
        include: ["accountOwner"])),
    SyncClass(
      "QuizAttempt",
      firstPage: Query(
        "QuizAttempt", order: [Query.Order("attemptedAt", descending: true)],
        include: ["student", "course"])),
    SyncClass(
      "SupportTicket",
      firstPage: Query(
        "SupportTicket", order: [Query.Order("lastMessageAt", descending: true)],
        include: ["student", "assignedTo"]),
      isLive: true),
    SyncClass(
      "Deal", firstPage: Query("Deal", order: [Query.Order("expectedCloseDate")]), isLive: true),
    SyncClass("Course"), SyncClass("_User"), SyncClass("Enrollment", isLive: true),
    SyncClass("Contact", isLive: true), SyncClass("Company"), SyncClass("Activity", isLive: true),
  ]
}

/// The numbers of the sync, with their usual values.
package struct SyncConfiguration: Sendable, Hashable {
  package var classes: [SyncClass]
  /// Rows asked at once. A server may give fewer.
  package var pageSize = 1000
  /// How far a delta reaches back, for clocks and commits out of order (reference/domain.md §5.5).
  package var overlapSeconds = 60
  /// How often deltas run while LiveQuery is silent about a class.
  package var pollInterval = Duration.seconds(30)
  /// How often counts are compared to find deletions; ids too where they differ.
  package var walkSeconds = 900
  /// How often ids are compared even where the counts agree.
  package var idWalkSeconds = 21_600
  /// Records of the outbox that are sent at once.
  package var parallelSends = 4
  /// Requests of all kinds at once; product.md, Scale.
  package var parallelRequests = 4

  package init(classes: [SyncClass] = SyncClass.standard) { self.classes = classes }
}

/// Clock, timer and chance.
package struct SyncTime: Sendable {
  package let now: @Sendable () -> ParseDate
  /// Throws when its task is cancelled.
  package let sleep: @Sendable (Duration) async throws -> Void
  /// From 0 to 1.
  package let random: @Sendable () -> Double

  package init(
    now: @escaping @Sendable () -> ParseDate,
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.random = random
  }
}
