package import ParseCore

package struct User: Record {
  package static let schoolClass = SchoolClass.user
  package let meta: RecordMeta
  package let username: String
  package let email: String?
  package let role: Term<Role>

  package init(_ fields: RecordFields) {
    meta = fields.meta
    username = fields.text("username") ?? ""
    email = fields.text("email")
    role = fields.term("role")
  }
}

package struct Course: Record {
  package static let schoolClass = SchoolClass.course
  package static let links: [Link<Course>] = [.instructor]
  package let meta: RecordMeta
  package let courseCode: String
  package let title: String
  package let status: Term<CourseStatus>
  package let instructor: RecordID?
  /// Percent, 0 to 100. Zero and missing both mean: no target.
  package let targetCompletionRate: Double?

  package init(_ fields: RecordFields) {
    meta = fields.meta
    courseCode = fields.text("courseCode") ?? ""
    title = fields.text("title") ?? ""
    status = fields.term("status")
    instructor = fields.reference("instructor")
    targetCompletionRate = fields.number("targetCompletionRate").flatMap { $0 > 0 ? $0 : nil }
  }
}

package struct Student: Record {
  package static let schoolClass = SchoolClass.student
  package static let links: [Link<Student>] = [.owner]
  package let meta: RecordMeta
  package let fullName: String
  package let email: String?
  package let cohort: String
  private let rate: CompactNumber
  private let lastScore: CompactNumber
  package let accountOwner: RecordID?

  package init(_ fields: RecordFields) {
    meta = fields.meta
    fullName = fields.text("fullName") ?? ""
    email = fields.text("email")
    cohort = fields.sharedText("cohort") ?? ""
    rate = CompactNumber(fields.number("currentCompletionRate"))
    lastScore = CompactNumber(fields.number("lastQuizScore"))
    accountOwner = fields.reference("accountOwner")
  }

  /// Percent.
  package var currentCompletionRate: Double? { rate.number }

  /// Percent. Zero without any attempt means: no score yet (reference/domain.md T6).
  package var lastQuizScore: Double? { lastScore.number }
}

package struct Enrollment: Record {
  package static let schoolClass = SchoolClass.enrollment
  package static let links: [Link<Enrollment>] = [.student, .course]
  package let meta: RecordMeta
  package let student: RecordID?
  package let course: RecordID?
  private let start: CompactDate
  private let progress: CompactNumber
  package let active: Bool

  package init(_ fields: RecordFields) {
    meta = fields.meta
    student = fields.reference("student")
    course = fields.reference("course")
    start = CompactDate(fields.date("enrolledAt"))
    progress = CompactNumber(fields.number("progressPercent"))
    active = fields.bool("active") ?? false
  }

  package var enrolledAt: ParseDate? { start.date }

  /// Percent.
  package var progressPercent: Double? { progress.number }
}

package struct QuizAttempt: Record {
  package static let schoolClass = SchoolClass.attempt
  package static let links: [Link<QuizAttempt>] = [.student, .course]
  package let meta: RecordMeta
  package let student: RecordID?
  package let course: RecordID?
  package let quizTitle: String
  private let score: CompactNumber
  private let moment: CompactDate
  package let status: Term<AttemptStatus>

  package init(_ fields: RecordFields) {
    meta = fields.meta
    student = fields.reference("student")
    course = fields.reference("course")
    quizTitle = fields.sharedText("quizTitle") ?? ""
    score = CompactNumber(fields.number("scorePercent"))
    moment = CompactDate(fields.date("attemptedAt"))
    status = fields.term("status")
  }

  /// Percent.
  package var scorePercent: Double? { score.number }

  package var attemptedAt: ParseDate? { moment.date }

  /// Unknown words count as scored; only the known unfinished ones do not (reference/domain.md §2).
  package var isScored: Bool { scorePercent != nil && status.word?.isScored ?? true }
}

package struct SupportTicket: Record {
  package static let schoolClass = SchoolClass.ticket
  package static let links: [Link<SupportTicket>] = [.student, .assignee, .number]
  package let meta: RecordMeta
  package let ticketNumber: String
  package let student: RecordID?
  package let assignedTo: RecordID?
  package let subject: String
  package let priority: Term<TicketPriority>
  package let status: Term<TicketStatus>
  private let message: CompactDate

  package init(_ fields: RecordFields) {
    meta = fields.meta
    ticketNumber = fields.text("ticketNumber") ?? ""
    student = fields.reference("student")
    assignedTo = fields.reference("assignedTo")
    subject = fields.sharedText("subject") ?? ""
    priority = fields.term("priority")
    status = fields.term("status")
    message = CompactDate(fields.date("lastMessageAt"))
  }

  package var lastMessageAt: ParseDate? { message.date }
}

extension Link<Course> {
  package static let instructor = Link(0) { $0.instructor }
}

extension Link<Student> {
  package static let owner = Link(0) { $0.accountOwner }
}

extension Link<Enrollment> {
  package static let student = Link(0) { $0.student }
  package static let course = Link(1) { $0.course }
}

extension Link<QuizAttempt> {
  package static let student = Link(0) { $0.student }
  package static let course = Link(1) { $0.course ?? "" }
}

extension Link<SupportTicket> {
  package static let student = Link(0) { $0.student }
  package static let assignee = Link(1) { $0.assignedTo }
  /// Of tickets that have one; two with the same number are a mistake.
  package static let number = Link(2) { $0.ticketNumber.isEmpty ? nil : $0.ticketNumber }
}
