package struct CourseRow: Sendable, Hashable {
  package let id: RecordID
  package let code: String
  package let title: String
  package let status: Term<CourseStatus>
  package let instructor: String
  package let mean: Double?
  package let target: Double?
  /// Active enrollments, those at target among them.
  package let active: Int
  package let atTarget: Int
  package let meanScore: Double?
  package let openTickets: Int
  package let severity: Severity
  package let isUnsent: Bool
}

package struct CoursesAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<CourseRow>

  package init(views: [ViewCount], list: Rows<CourseRow>) {
    self.views = views
    self.list = list
  }
}

/// One check of the data: how many rows it found, and what that spoils.
package struct HealthRow: Sendable, Hashable {
  package let id: String
  package let check: String
  package let schoolClass: SchoolClass
  package let found: Int
  package let of: Int
  package let spoils: String
  package let severity: Severity
  /// The first rows found, in words.
  package let examples: [String]
  /// The records of `examples`, in the same order; empty where a line stands for none.
  package let exampleIDs: [RecordID]
  /// What puts all rows found right; nil where that needs a person's judgement.
  package let fix: HealthFix?
  /// What the fix writes into `examples`; empty without one.
  package let changes: [HealthChange]
  /// Put aside on this machine until the check finds more rows than then.
  package internal(set) var isIgnored = false
}

package struct HealthAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<HealthRow>
  package var rowsChecked: Int

  package init(views: [ViewCount], list: Rows<HealthRow>, rowsChecked: Int) {
    self.views = views
    self.list = list
    self.rowsChecked = rowsChecked
  }
}

/// Screen 0: the four panes side by side.
package struct QuadAnswer: Sendable {
  package var completion: CompletionAnswer
  package var cohorts: [CohortRow]
  package var quizzes: QuizzesAnswer
  package var tickets: TicketsAnswer
  package var pipeline: PipelineAnswer
  /// The open deals with something late or missing, in the order of the pipeline's list.
  package let needingCare: [DealRow]
  /// Tickets that arrived and ended a day, oldest first, 14 days.
  package var opened: [Int]
  package var closed: [Int]
  /// All rows of all classes are here; before that orders and numbers still change.
  package var isComplete: Bool

  package init(
    completion: CompletionAnswer, cohorts: [CohortRow], quizzes: QuizzesAnswer,
    tickets: TicketsAnswer, pipeline: PipelineAnswer, opened: [Int], closed: [Int],
    isComplete: Bool
  ) {
    self.completion = completion
    self.cohorts = cohorts
    self.quizzes = quizzes
    self.tickets = tickets
    self.pipeline = pipeline
    needingCare = pipeline.list.rows.filter { PipelineView.needsCare.holds($0) }
    self.opened = opened
    self.closed = closed
    self.isComplete = isComplete
  }
}
