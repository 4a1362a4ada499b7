import ParseCore

/// A reference to a row by its place in the world's list.
enum DemoLink: Hashable {
  case row(Int)
  /// To a row that is gone: the pointer dangles.
  case gone

  var row: Int? { if case .row(let index) = self { index } else { nil } }
}

struct DemoUser {
  let id: String
  let username, email, role: String
  let created, updated: ParseDate
}

struct DemoCourse {
  let id: String
  let code, title, status: String
  let target: Double
  /// Points the scores lie below the school's mean.
  let difficulty: Double
  /// Weight among the enrolments.
  let share: Double
  let instructor: Int
  var quizzes: [DemoQuiz]
  let created, updated: ParseDate

  var isOver: Bool { status == "completed" || status == "archived" }
}

struct DemoQuiz {
  /// The form of the scores (reference/domain.md §1.2, quiz flags).
  enum Shape: String { case plain, ceiling, split, bunched, floor, pilot, spellings }

  let title: String
  let shape: Shape
}

/// Where a student stands against the target, worst first.
enum DemoStanding: Int, Comparable {
  case far, behind, near, reached

  static func < (left: DemoStanding, right: DemoStanding) -> Bool { left.rawValue < right.rawValue }
}

struct DemoStudent {
  let id: String
  var name: String
  let email: String
  let cohort: Int
  let owner: Int
  /// Latent ability and effort, about N(0, 1), correlated by one half.
  var ability, effort: Double
  var standing: DemoStanding = .reached
  var rate = 0.0
  var lastScore = 0.0
  var enrollments: [Int] = []
  var created, updated: ParseDate
}

struct DemoEnrollment {
  let id: String
  var student: DemoLink
  let course: Int
  var enrolledAt: ParseDate
  var progress: Double
  var active: Bool
  var created, updated: ParseDate
}

struct DemoAttempt {
  let id: String
  var student, course: Int
  /// Nil for a student who is not enrolled.
  var enrollment: Int?
  var quiz: String
  var score: Double
  var at: ParseDate
  var status: String
  var created, updated: ParseDate

  /// Whether the status counts among the scored ones (reference/domain.md §2).
  var isScored: Bool { status != "in_progress" && status != "abandoned" && status != "voided" }
}

struct DemoTicket {
  let id: String
  var number = ""
  var student: Int
  var assignee: DemoLink
  var subject: String
  var priority, status: String
  var lastMessageAt: ParseDate
  var created, updated: ParseDate
}

struct DemoCompany {
  let id: String
  let name, website, industry, address, notes: String
  let creator: Int
  let created, updated: ParseDate
}

struct DemoContact {
  let id: String
  var name: String
  var email, phone: String
  var company: Int?
  let notes: String
  let creator: Int
  let created: ParseDate
  var updated: ParseDate
}

struct DemoDeal {
  let id: String
  var title: String
  var stage: String
  var amount: Double?
  var company, contact: Int?
  var close: ParseDate?
  var notes: String
  var owner: DemoLink?
  var created, updated: ParseDate

  var isOpen: Bool { stage != "won" && stage != "lost" }
}

struct DemoActivity {
  enum Related {
    case deal(DemoLink)
    case contact(DemoLink)
  }

  let id: String
  var type, subject: String
  var description = ""
  var due, completed: ParseDate?
  var related: Related?
  let creator: Int
  var created, updated: ParseDate
}
