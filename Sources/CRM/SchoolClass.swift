/// The classes of the one backend contract (product.md D1), in the order they are fetched.
package enum SchoolClass: String, Sendable, CaseIterable {
  case user = "_User"
  case course = "Course"
  case student = "Student"
  case enrollment = "Enrollment"
  case ticket = "SupportTicket"
  case attempt = "QuizAttempt"
  case company = "Company"
  case contact = "Contact"
  case deal = "Deal"
  case activity = "Activity"

  /// What staff call the rows.
  package var plural: String {
    switch self {
    case .user: "people"
    case .course: "courses"
    case .student: "students"
    case .enrollment: "enrollments"
    case .ticket: "tickets"
    case .attempt: "quiz attempts"
    case .company: "companies"
    case .contact: "contacts"
    case .deal: "deals"
    case .activity: "activities"
    }
  }
}
