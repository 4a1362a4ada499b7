/// Which of a learner's tries at a quiz counts (reference/domain.md §5.3).
package enum QuizBasis: String, CaseIterable, Sendable {
  /// The first try in statistics, since later ones are not independent of it; the best for passing.
  case usual
  case first, best, last, mean

  /// The next one, round and round.
  package var next: QuizBasis {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  /// What statistics are of, of one learner.
  package var statisticsWord: String { self == .usual ? Self.first.word : word }
  /// What decides whether a learner has passed.
  package var passingWord: String { self == .usual ? Self.best.word : word }

  /// `first try`, as the header has it.
  package var word: String {
    switch self {
    case .usual: "first try, best to pass"
    case .first: "first try"
    case .best: "best try"
    case .last: "last try"
    case .mean: "mean try"
    }
  }
}

extension QuizBook.Trial {
  /// The score that enters statistics.
  func score(_ basis: QuizBasis) -> Double {
    switch basis {
    case .usual, .first: first
    case .best: best
    case .last: last
    case .mean: sum / Double(tries)
    }
  }

  /// The score that is held against the pass mark.
  func passScore(_ basis: QuizBasis) -> Double { basis == .usual ? best : score(basis) }
}
