import ParseCore

/// The built-in views of the quiz screen, in the order they are shown.
package enum QuizView: String, CaseIterable, Sendable {
  case byQuiz = "by-quiz"
  case failing, improved, declined, never
  case byCohort = "by-cohort"
  case mine

  package var title: String {
    switch self {
    case .byQuiz: "By quiz"
    case .failing: "Failing now"
    case .improved: "Improved 10"
    case .declined: "Declined 10"
    case .never: "Never tried"
    case .byCohort: "By cohort"
    case .mine: "My courses"
    }
  }
}

extension QuizView {
  init(_ request: ListRequest) {
    self = request.view.flatMap(QuizView.init(rawValue:)) ?? .byQuiz
  }
}

/// The orders of the quiz list.
package enum QuizSort: String, CaseIterable, Sendable {
  /// Lowest pass rate first, then most tries.
  case pass
  case title, course, tries, learners, fail, mean, deviation, gain, rho, last

  package var title: String {
    switch self {
    case .pass: "Pass rate"
    case .title: "Quiz"
    case .course: "Course"
    case .tries: "Tries"
    case .learners: "Learners"
    case .fail: "Failing"
    case .mean: "Mean of first tries"
    case .deviation: "Spread"
    case .gain: "Gain"
    case .rho: "Rho with progress"
    case .last: "Last try"
    }
  }

  func sorted(_ rows: [QuizRow], isReversed: Bool) -> [QuizRow] {
    func order<Key: Comparable>(_ descending: Bool, _ key: (QuizRow) -> Key?) -> [QuizRow] {
      rows.sorted(by: key, descending: descending != isReversed) { one, two in
        one.tries == two.tries
          ? one.key.id.utf8.lexicographicallyPrecedes(two.key.id.utf8) : one.tries > two.tries
      }
    }
    return switch self {
    case .pass: order(false) { $0.passRate }
    case .title: order(false) { FoldedText($0.title) }
    case .course: order(false) { FoldedText($0.courseCode) }
    case .tries: order(true) { $0.tries }
    case .learners: order(true) { $0.learners }
    case .fail: order(true) { $0.failing }
    case .mean: order(false) { $0.mean }
    case .deviation: order(true) { $0.deviation }
    case .gain: order(false) { $0.gain }
    case .rho: order(true) { $0.rho }
    case .last: order(true) { $0.lastAt }
    }
  }
}

/// The orders of the attempt list.
package enum AttemptSort: String, CaseIterable, Sendable {
  /// Newest first: the order of the first query (reference/domain.md §1.2).
  case recent
  case student, cohort, quiz, score, change, status

  package var title: String {
    switch self {
    case .recent: "When"
    case .student: "Student"
    case .cohort: "Cohort"
    case .quiz: "Quiz"
    case .score: "Score"
    case .change: "Change"
    case .status: "Status"
    }
  }

  func order(isReversed: Bool) -> RowOrder<AttemptRow> {
    func by<Key: Comparable>(_ key: @escaping (AttemptRow) -> Key?) -> RowOrder<AttemptRow> {
      RowOrder(by: key, descending: isReversed, ties: Self.isNewer)
    }
    func text(_ key: @escaping (AttemptRow) -> String?) -> RowOrder<AttemptRow> {
      RowOrder(byText: key, descending: isReversed, ties: Self.isNewer)
    }
    return switch self {
    case .recent: RowOrder(isReversed: isReversed, Self.isNewer)
    case .student: text { $0.studentName }
    case .cohort: text { $0.cohort }
    case .quiz: text { $0.quiz }
    case .score: by { $0.score }
    case .change: by { $0.change }
    case .status: text { $0.status.label }
    }
  }

  static func isNewer(_ one: AttemptRow, _ two: AttemptRow) -> Bool {
    one.moment == two.moment ? two.meta.precedes(one.meta) : one.moment > two.moment
  }
}

extension QuizRow {
  func isMember(of group: GroupFilter?) -> Bool {
    guard let group, group.grouping == .course else { return true }
    return (courseCode.isEmpty ? "∅" : courseCode).utf8.elementsEqual(group.name.utf8)
  }

  var words: [String] { [title, courseCode, shape?.word ?? ""] }
}

extension AttemptRow {
  var words: [String] { [studentName, cohort, quiz, courseCode, status.label] }
}
