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
  let instructorID: PackedID
  /// Percent, 0 to 100. Zero and missing both mean: no target.
  package let targetCompletionRate: Double?

  package init(_ fields: RecordFields) {
    meta = fields.meta
    courseCode = fields.text("courseCode") ?? ""
    title = fields.text("title") ?? ""
    status = fields.term("status")
    instructorID = fields.reference("instructor")
    targetCompletionRate = fields.number("targetCompletionRate").flatMap { $0 > 0 ? $0 : nil }
  }

  package var instructor: RecordID? { instructorID.id }
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
  let accountOwnerID: PackedID

  package init(_ fields: RecordFields) {
    meta = fields.meta
    fullName = fields.text("fullName") ?? ""
    email = fields.text("email")
    cohort = fields.sharedText("cohort") ?? ""
    rate = CompactNumber(fields.number("currentCompletionRate"))
    lastScore = CompactNumber(fields.number("lastQuizScore"))
    accountOwnerID = fields.reference("accountOwner")
  }

  package var accountOwner: RecordID? { accountOwnerID.id }

  /// Percent.
  package var currentCompletionRate: Double? { rate.number }

  /// Percent. Zero without any attempt means: no score yet (reference/domain.md T6).
  package var lastQuizScore: Double? { lastScore.number }
}

package struct Enrollment: Record {
  package static let schoolClass = SchoolClass.enrollment
  package static let links: [Link<Enrollment>] = [.student, .course]
  // In an order that leaves no gaps, here as in the other classes of many rows.
  package let meta: RecordMeta
  package let active: Bool
  private let start: CompactDate
  private let sharedCourse: SharedID
  let studentID: PackedID
  private let progress: CompactNumber

  package init(_ fields: RecordFields) {
    meta = fields.meta
    studentID = fields.reference("student")
    sharedCourse = SharedID(fields.reference("course"))
    start = CompactDate(fields.date("enrolledAt"))
    progress = CompactNumber(fields.number("progressPercent"))
    active = fields.bool("active") ?? false
  }

  var courseID: PackedID { sharedCourse.packed }

  package var student: RecordID? { studentID.id }

  package var course: RecordID? { courseID.id }

  package var enrolledAt: ParseDate? { start.date }

  /// Percent.
  package var progressPercent: Double? { progress.number }
}

package struct QuizAttempt: Record {
  package static let schoolClass = SchoolClass.attempt
  package static let links: [Link<QuizAttempt>] = [.student, .course]
  package let meta: RecordMeta
  private let moment: CompactDate
  /// The title as it was written, among the few that a school's quizzes have.
  let title: SharedText
  let sharedCourse: SharedID
  package let status: Term<AttemptStatus>
  private let score: CompactPercent
  let studentID: PackedID

  package init(_ fields: RecordFields) {
    meta = fields.meta
    studentID = fields.reference("student")
    sharedCourse = SharedID(fields.reference("course"))
    title = SharedText(fields.text("quizTitle") ?? "")
    score = CompactPercent(fields.number("scorePercent"))
    moment = CompactDate(fields.date("attemptedAt"))
    status = fields.term("status")
  }

  var courseID: PackedID { sharedCourse.packed }

  package var quizTitle: String { title.text }

  package var student: RecordID? { studentID.id }

  package var course: RecordID? { courseID.id }

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
  private let message: CompactDate
  package let priority: Term<TicketPriority>
  package let status: Term<TicketStatus>
  package let ticketNumber: String
  let studentID: PackedID
  let assignedToID: PackedID
  package let subject: String

  package init(_ fields: RecordFields) {
    meta = fields.meta
    ticketNumber = fields.text("ticketNumber") ?? ""
    studentID = fields.reference("student")
    assignedToID = fields.reference("assignedTo")
    subject = fields.sharedText("subject") ?? ""
    priority = fields.term("priority")
    status = fields.term("status")
    message = CompactDate(fields.date("lastMessageAt"))
  }

  package var student: RecordID? { studentID.id }

  package var assignedTo: RecordID? { assignedToID.id }

  package var lastMessageAt: ParseDate? { message.date }
}

extension Link<Course> {
  package static let instructor = Link(0, ids: { $0.instructorID })
}

extension Link<Student> {
  package static let owner = Link(0, ids: { $0.accountOwnerID })
}

extension Link<Enrollment> {
  package static let student = Link(0, ids: { $0.studentID })
  package static let course = Link(1, ids: { $0.courseID })
}

extension Link<QuizAttempt> {
  package static let student = Link(0, ids: { $0.studentID })
  /// Attempts that name none are found by the empty id.
  package static let course = Link(1, ids: { $0.courseID.orEmpty })
}

extension Link<SupportTicket> {
  package static let student = Link(0, ids: { $0.studentID })
  package static let assignee = Link(1, ids: { $0.assignedToID })
  /// Of tickets that have one; two with the same number are a mistake.
  package static let number = Link(2, texts: { $0.ticketNumber.isEmpty ? nil : $0.ticketNumber })
}
