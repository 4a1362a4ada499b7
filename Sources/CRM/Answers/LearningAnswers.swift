package import ParseCore

/// One reason of a learner's risk, with its points (reference/domain.md §1.1).
package struct RiskReason: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Percentage points to target, negative, in the worst active course.
    case gap(Double, course: String)
    case stalled(days: Int, course: String)
    case notStarted(days: Int, course: String)
    case score(Double, quiz: String)
    case falling(points: Double, quiz: String)
    case noAttempt(course: String)
    case lateTicket(number: String)
  }

  package let kind: Kind
  package let points: Int

  package init(_ kind: Kind, points: Int) {
    self.kind = kind
    self.points = points
  }
}

package struct Risk: Sendable, Hashable {
  package let reasons: [RiskReason]

  package init(_ reasons: [RiskReason]) { self.reasons = reasons }

  package var points: Int { reasons.reduce(0) { $0 + $1.points } }

  /// `ok`, `watch`, `at risk` or `high`.
  package var word: String {
    switch points {
    case ..<1: "ok"
    case 1...2: "watch"
    case 3...4: "at risk"
    default: "high"
    }
  }

  package var severity: Severity { points >= 5 ? .late : points >= 3 ? .soon : .plain }
}

package struct CompletionSummary: Sendable, Hashable {
  package var students = 0
  package var mean: Double?
  package var median: Double?
  package var atTarget = 0
  /// Students with an active course that has a target.
  package var withTarget = 0
  package var atRisk = 0
  package var stalled = 0
  package var notStarted = 0
  /// Ten bins of ten percent each, the last one with 100.
  package var histogram: [Int] = Array(repeating: 0, count: 10)

  package init() {}
}

package struct CompletionAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<CompletionRow>
  package var summary: CompletionSummary

  package init(views: [ViewCount], list: Rows<CompletionRow>, summary: CompletionSummary) {
    self.views = views
    self.list = list
    self.summary = summary
  }
}

/// A group of students: its distribution and what needs care in it.
package struct CohortRow: Sendable, Hashable {
  package var name: String
  package var summary: CompletionSummary
  /// Percentiles 10, 25, 50, 75, 90 of completion; nil without students.
  package var percentiles: [Double]?
  package var meanScore: Double?
  /// Mean target of its students, percent; by course the target of the course.
  package var target: Double?
  package var severity: Severity

  package init(
    name: String, summary: CompletionSummary, percentiles: [Double]?, meanScore: Double?,
    target: Double?, severity: Severity
  ) {
    self.name = name
    self.summary = summary
    self.percentiles = percentiles
    self.meanScore = meanScore
    self.target = target
    self.severity = severity
  }
}

package struct CohortsAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<CohortRow>
  /// All students of the view, each once.
  package var total: CohortRow
  /// Students of the view whose stored completion is more than 5 pp off the mean of their courses.
  package var drifting: Int

  package init(views: [ViewCount], list: Rows<CohortRow>, total: CohortRow, drifting: Int) {
    self.views = views
    self.list = list
    self.total = total
    self.drifting = drifting
  }
}

/// A quiz is a title within a course; spelling variants of the title fold together.
package struct QuizKey: Sendable, Hashable {
  package let course: RecordID
  package let foldedTitle: String

  package init(course: RecordID, title: String) {
    self.course = course
    foldedTitle = QuizTitle.fold(title)
  }
}

package struct AttemptRow: Sendable, Hashable {
  let meta: RecordMeta
  /// Milliseconds by which the newest is found.
  let moment: Int64
  /// When it was made; of an enrollment without a try, when it began.
  package let at: ParseDate?
  package let student: RecordID?
  package let studentName: String
  package let cohort: String
  package let quiz: String
  package let course: RecordID?
  package let courseCode: String
  /// Which try of how many, from 1; nil for an attempt that is not scored.
  package let attemptNumber: Int?
  package let attempts: Int
  package let score: Double?
  /// Points against the try before.
  package let change: Double?
  package let best: Double?
  /// The learner's score in the quiz by the basis in force, which is held against the pass mark.
  package let counted: Double?
  package let status: Term<AttemptStatus>
  package let severity: Severity

  package var id: RecordID { meta.id }
  package var isUnsent: Bool { meta.isUnsent }
}

package struct AttemptsAnswer: Sendable {
  package var list: Rows<AttemptRow>

  package init(list: Rows<AttemptRow>) { self.list = list }
}

package struct QuizRow: Sendable, Hashable {
  package enum Shape: String, Sendable {
    case ceiling, floor, bunched, split
  }

  package var key: QuizKey
  package var title: String
  package var courseCode: String
  /// Scored attempts.
  package var tries: Int
  package var learners: Int
  /// Active enrollments of the course.
  package var enrolled: Int
  /// Learners without an active enrollment of the course.
  package var extra = 0
  /// 0 to 1 over learners, by the basis; nil below five learners.
  package var passRate: Double?
  /// Learners below the mark, by the basis.
  package var failing: Int
  /// By the basis, as are deviation, histogram and shape.
  package var mean: Double?
  package var deviation: Double?
  package var histogram: [Int]
  /// Last minus first try, mean over learners with at least two.
  package var gain: Double?
  /// Best minus first try, mean over the same learners.
  package var bestGain: Double?
  /// Mean first score of the 27 % furthest in the course minus that of the 27 % least far; nil below
  /// five learners in each.
  package var d27: Double?
  /// Spearman's rho of first score and progress; nil below ten learners.
  package var rho: Double?
  /// Weekly means, oldest first; gaps stay gaps.
  package var weeks: [Double?]
  package var shape: Shape?
  package var severity: Severity
  package var lastAt: ParseDate?

  package init(key: QuizKey, title: String, courseCode: String) {
    self.key = key
    self.title = title
    self.courseCode = courseCode
    tries = 0
    learners = 0
    enrolled = 0
    failing = 0
    histogram = Array(repeating: 0, count: 10)
    weeks = Array(repeating: nil, count: 12)
    severity = .plain
  }

  /// Enrolled learners with a scored try, 0 to 1 of all active enrollments.
  package var coverage: Double? { Statistics.share(learners - extra, of: enrolled) }
}

package struct QuizSummary: Sendable, Hashable {
  package var tries = 0
  package var learners = 0
  /// Over learners and quizzes, by the basis.
  package var mean: Double?
  package var firstTries = 0
  package var passing = 0
  package var mark = 60.0
  package var basis = QuizBasis.usual
  package var failingNow = 0
  package var neverTried = 0

  package init() {}
}

package struct QuizzesAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<QuizRow>
  package var latest: Rows<AttemptRow>
  package var summary: QuizSummary

  package init(
    views: [ViewCount], list: Rows<QuizRow>, latest: Rows<AttemptRow>, summary: QuizSummary
  ) {
    self.views = views
    self.list = list
    self.latest = latest
    self.summary = summary
  }
}

package struct QuizCard: Sendable {
  package let row: QuizRow
  /// Newest first.
  package let attempts: [AttemptRow]
}
