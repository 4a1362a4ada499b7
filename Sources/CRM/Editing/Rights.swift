/// What a role may do, so that the screens can say no before the server does
/// (reference/domain.md §4.1). The server decides.
package struct Rights: Sendable, Hashable {
  package enum Action: String, Sendable, CaseIterable {
    case read, create, update, delete
  }

  /// How far a role's right to an action reaches.
  package enum Reach: Sendable, Hashable {
    case none
    /// Only rows that name the user: their owner, assignee, instructor or maker.
    case own
    case all
  }

  /// An unknown role counts as learner, who has the least rights.
  package let role: Role

  package init(role: Role?) { self.role = role ?? .learner }

  package func reach(_ action: Action, _ kind: SchoolClass) -> Reach {
    Self.reach(role, action, kind)
  }

  /// Nil when allowed. `isOwn` says whether the row names the user; rows that are not known yet
  /// (creating, or asking for a whole screen) pass true.
  package func refusal(to action: Action, _ kind: SchoolClass, isOwn: Bool = true) -> Refusal? {
    switch reach(action, kind) {
    case .all: return nil
    case .own where isOwn: return nil
    case .own, .none: return Refusal(words(action, kind))
    }
  }

  private func words(_ action: Action, _ kind: SchoolClass) -> String {
    if reach(.read, kind) == .none || action == .read {
      return "\(kind.heading) are not open to \(role.plural)."
    }
    var allowed = Role.allCases.filter { Self.reach($0, action, kind) == .all }
      .map(\.oneOf)
    if Role.allCases.contains(where: { Self.reach($0, action, kind) == .own }) {
      allowed.append(kind.ownerWords)
    }
    return "Only \(Self.either(allowed)) can \(action.rawValue) \(kind.oneOf)."
  }

  private static func either(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "the server" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func reach(_ role: Role, _ action: Action, _ kind: SchoolClass) -> Reach {
    switch role {
    case .admin: .all
    case .coordinator: coordinator(action, kind)
    case .instructor: instructor(action, kind)
    case .sales: sales(action, kind)
    case .learner: learner(action, kind)
    }
  }

  private static func coordinator(_ action: Action, _ kind: SchoolClass) -> Reach {
    switch (kind, action) {
    case (.user, .read): .all
    case (.user, .update): .own
    case (.enrollment, _), (.attempt, _): .all
    case (.course, .read), (.course, .create), (.course, .update): .all
    case (.student, .read), (.student, .create), (.student, .update): .all
    case (.ticket, .read), (.ticket, .create), (.ticket, .update): .all
    default: .none
    }
  }

  private static func instructor(_ action: Action, _ kind: SchoolClass) -> Reach {
    switch (kind, action) {
    case (.user, .read), (.course, .read), (.course, .create): .all
    case (.user, .update), (.course, .update): .own
    case (.student, .read): .own
    case (.enrollment, .read), (.enrollment, .update): .own
    case (.attempt, .read), (.attempt, .create), (.attempt, .update): .own
    case (.ticket, .create): .all
    case (.ticket, .read), (.ticket, .update): .own
    default: .none
    }
  }

  private static func sales(_ action: Action, _ kind: SchoolClass) -> Reach {
    switch (kind, action) {
    case (.user, .read), (.course, .read): .all
    case (.user, .update): .own
    case (.company, .read), (.company, .create), (.contact, .read), (.contact, .create): .all
    case (.company, _), (.contact, _): .own
    case (.deal, .create), (.activity, .create): .all
    case (.deal, _), (.activity, _): .own
    default: .none
    }
  }

  private static func learner(_ action: Action, _ kind: SchoolClass) -> Reach {
    switch (kind, action) {
    case (.user, .read), (.user, .update): .own
    case (.course, .read), (.student, .read), (.enrollment, .read), (.attempt, .read),
      (.ticket, .read):
      .own
    default: .none
    }
  }
}

extension Viewpoint {
  /// Whether any rows of the class are open to the viewer.
  func reads(_ kind: SchoolClass) -> Bool { Rights(role: role).reach(.read, kind) != .none }

  /// Whether a row of the class that is not here is gone, rather than not open to the viewer.
  func readsAll(_ kind: SchoolClass) -> Bool { Rights(role: role).reach(.read, kind) == .all }

  /// Whether all rows of the class that belong to a student in sight are here: an instructor reads
  /// those of own courses only, a learner all there are of the one.
  package func readsWholeStudent(_ kind: SchoolClass) -> Bool {
    Rights(role: role).role == .learner || readsAll(kind)
  }
}

extension Role {
  fileprivate var plural: String {
    switch self {
    case .admin: "admins"
    case .coordinator: "coordinators"
    case .instructor: "instructors"
    case .sales: "sales"
    case .learner: "learners"
    }
  }

  fileprivate var oneOf: String {
    switch self {
    case .admin: "an admin"
    case .coordinator: "a coordinator"
    case .instructor: "an instructor"
    case .sales: "sales"
    case .learner: "a learner"
    }
  }
}

extension SchoolClass {
  /// The plural that starts a sentence.
  fileprivate var heading: String { plural.prefix(1).uppercased() + plural.dropFirst() }

  package var singular: String {
    switch self {
    case .user: "person"
    case .course: "course"
    case .student: "student"
    case .enrollment: "enrollment"
    case .ticket: "ticket"
    case .attempt: "quiz attempt"
    case .company: "company"
    case .contact: "contact"
    case .deal: "deal"
    case .activity: "activity"
    }
  }

  fileprivate var oneOf: String {
    switch self {
    case .enrollment, .activity: "an \(singular)"
    default: "a \(singular)"
    }
  }

  /// Whom a row of the class names as its own.
  fileprivate var ownerWords: String {
    switch self {
    case .user: "the person"
    case .course, .enrollment, .attempt: "the course's instructor"
    case .student, .deal: "the owner"
    case .ticket: "whoever has it"
    case .company, .contact, .activity: "whoever made it"
    }
  }
}

extension School {
  /// Whether the row names the user as its owner, assignee, instructor or maker.
  package func isOwn(_ kind: SchoolClass, _ id: RecordID, of user: RecordID?) -> Bool {
    guard let user else { return false }
    switch kind {
    case .user: return id == user
    case .course: return courses[id]?.instructor == user
    case .student: return students[id]?.accountOwner == user
    case .enrollment:
      guard let row = enrollments[id] else { return false }
      return courses[row.course]?.instructor == user
        || students[row.student]?.accountOwner == user
    case .attempt:
      guard let row = attempts[id] else { return false }
      return courses[row.course]?.instructor == user
    case .ticket: return tickets[id]?.assignedTo == user
    case .company: return companies[id]?.createdBy == user
    case .contact: return contacts[id]?.createdBy == user
    case .deal: return deals[id]?.assignedTo == user
    case .activity: return activities[id]?.createdBy == user
    }
  }
}
