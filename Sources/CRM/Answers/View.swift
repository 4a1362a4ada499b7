package import ParseCore

/// Who looks, when and from where: all an answer depends on besides the rows.
package struct Viewpoint: Sendable, Hashable {
  /// The signed-in user; nil before sign-in.
  package var user: RecordID?
  package var role: Role?
  /// The server's idea of now.
  package var now: ParseDate
  /// Of the user, for the days of all instants.
  package var zone: ZoneOffsets
  /// User names that stand for "nobody yet" (product.md D8).
  package var queueUsernames: Set<String>
  /// Percent at which a quiz counts as passed.
  package var passMark: Double
  /// When the promises to learners run; nil for around the clock.
  package var officeHours: OfficeHours?

  package init(
    user: RecordID?, role: Role?, now: ParseDate, zone: ZoneOffsets,
    queueUsernames: Set<String> = ["triage"], passMark: Double = 60
  ) {
    self.user = user
    self.role = role
    self.now = now
    self.zone = zone
    self.queueUsernames = queueUsernames
    self.passMark = passMark
  }

  /// - Parameter zoneOffset: seconds east of UTC, of a zone that never changes.
  package init(
    user: RecordID?, role: Role?, now: ParseDate, zoneOffset: Int,
    queueUsernames: Set<String> = ["triage"], passMark: Double = 60
  ) {
    self.init(
      user: user, role: role, now: now, zone: ZoneOffsets(first: zoneOffset),
      queueUsernames: queueUsernames, passMark: passMark)
  }
}

/// What a screen wants answered, and again whenever its rows or the minute change.
package enum ViewRequest: Sendable, Hashable {
  /// - Parameter generation: another one puts all panes in order, as that of a list does.
  case quad(generation: Int = 0)
  case completion(ListRequest)
  case cohorts(ListRequest)
  case quizzes(ListRequest)
  case latestAttempts(ListRequest)
  case tickets(ListRequest)
  case pipeline(ListRequest)
  case people(ListRequest)
  case companies(ListRequest)
  case activities(ListRequest)
  case courses(ListRequest)
  case health(ListRequest)
  case studentCard(RecordID)
  case ticketCard(RecordID)
  case dealCard(RecordID)
  case partyCard(Party)
  case merge(MergeRequest)
  case quizCard(QuizKey, basis: QuizBasis = .usual)
  case observed
}

/// Which rows of a list, in which order.
package struct ListRequest: Sendable, Hashable {
  /// The id of a saved view; nil takes the screen's first.
  package var view: String?
  /// Words that must all occur, in any order; folded for case and marks.
  package var filter: String
  /// The id of a sort order; nil takes the view's own.
  package var sort: String?
  package var isReversed: Bool
  /// Raised by the user's re-sort; between two of them known rows keep their order.
  package var generation: Int
  /// Only students of one group, or quizzes of one course; other lists do not look at it.
  package var group: GroupFilter?
  /// Which try counts; the lists of other records than quizzes do not look at it.
  package var basis = QuizBasis.usual

  package init(
    view: String? = nil, filter: String = "", sort: String? = nil, isReversed: Bool = false,
    generation: Int = 0, group: GroupFilter? = nil
  ) {
    self.view = view
    self.filter = filter
    self.sort = sort
    self.isReversed = isReversed
    self.generation = generation
    self.group = group
  }
}

/// The students of one group, or of one band of ten percent within it.
package struct GroupFilter: Sendable, Hashable {
  package var grouping: CohortGrouping
  /// As the group's row is called; `∅` for students without one.
  package var name: String
  /// 0 for 0 to 9 %, 9 for 90 to 100 %; nil for all of the group.
  package var band: Int?

  package init(_ grouping: CohortGrouping, _ name: String, band: Int? = nil) {
    self.grouping = grouping
    self.name = name
    self.band = band
  }
}

package enum ViewAnswer: Sendable {
  case quad(QuadAnswer)
  case completion(CompletionAnswer)
  case cohorts(CohortsAnswer)
  case quizzes(QuizzesAnswer)
  case latestAttempts(AttemptsAnswer)
  case tickets(TicketsAnswer)
  case pipeline(PipelineAnswer)
  case people(PeopleAnswer)
  case companies(CompaniesAnswer)
  case activities(ActivitiesAnswer)
  case courses(CoursesAnswer)
  case health(HealthAnswer)
  case studentCard(StudentCard)
  case ticketCard(TicketCard)
  case dealCard(DealCard)
  case partyCard(PartyCard)
  case merge(MergePreview)
  case quizCard(QuizCard)
  case observed(ObservedAnswer)
  /// The record asked for is not here (deleted, or never readable).
  case gone
}

/// A saved view and how many rows it has now.
package struct ViewCount: Sendable, Hashable {
  package let id: String
  package let title: String
  package let count: Int

  package init(id: String, title: String, count: Int) {
    self.id = id
    self.title = title
    self.count = count
  }
}

/// The rows of a list in their order.
package struct Rows<Row: Sendable>: Sendable {
  package internal(set) var rows: [Row]
  /// Of the rows, in their order.
  package internal(set) var ids: RecordIDs
  /// How many there are without view and filter.
  package internal(set) var all: Int
  /// All rows of the class are in the cache; else numbers carry a `+`.
  package internal(set) var isComplete: Bool
  /// How many rows a re-sort would move.
  package internal(set) var wouldMove: Int

  /// No rows.
  package init() { self.init([], ids: RecordIDs(packed: []), all: 0, isComplete: true) }

  package init(
    _ rows: [Row], ids: some Sequence<RecordID>, all: Int, isComplete: Bool = true
  ) {
    self.init(rows, ids: RecordIDs(ids), all: all, isComplete: isComplete)
  }

  init(_ rows: [Row], ids: RecordIDs, all: Int, isComplete: Bool, wouldMove: Int = 0) {
    self.rows = rows
    self.ids = ids
    self.all = all
    self.isComplete = isComplete
    self.wouldMove = wouldMove
  }
}

/// The one scale of judgement (design language): a colour, a stripe and a word on every screen.
package enum Severity: Int, Sendable, Comparable {
  case good, plain, today, soon, late

  package static func < (left: Severity, right: Severity) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Who has a ticket.
package enum Assignee: Sendable, Hashable {
  case queue
  case person(String)
  /// The pointer leads nowhere readable.
  case hidden
  /// The users are not all here yet.
  case awaited
  case nobody
}

/// A row a form can point to.
package struct Choice: Sendable, Hashable {
  package let id: RecordID
  package let label: String
  package let detail: String

  package init(id: RecordID, label: String, detail: String) {
    self.id = id
    self.label = label
    self.detail = detail
  }
}
