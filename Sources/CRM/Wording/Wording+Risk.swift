extension RiskReason {
  /// The chip in a list: `−52 ART101`, `stalled 34d`.
  package var words: String {
    switch kind {
    case .gap(let gap, let course): Wording.signed(gap) + " " + course
    case .stalled(let days, _): "stalled \(days)d"
    case .notStarted(let days, _): "not started \(days)d"
    case .score(let score, _): "quiz " + Wording.integer(score)
    case .falling: "falling"
    case .noAttempt: "no quiz yet"
    case .lateTicket: "ticket late"
    }
  }

  /// The kind in a word, without its number: what a search finds.
  package var keyword: String {
    switch kind {
    case .gap: "behind"
    case .stalled: "stalled"
    case .notStarted: "not started"
    case .score: "quiz"
    case .falling: "falling"
    case .noAttempt: "no quiz yet"
    case .lateTicket: "ticket late"
    }
  }

  /// The line under `Why`: `32 pp short in ART101`.
  package var sentence: String {
    switch kind {
    case .gap(let gap, let course): Wording.integer(-gap) + " pp short in " + course
    case .stalled(let days, let course): "no progress for \(days) days in " + course
    case .notStarted(let days, let course): course + " not started for \(days) days"
    case .score(let score, let quiz): "latest score " + Wording.integer(score) + " in " + quiz
    case .falling(let points, let quiz): quiz + " fell by " + Wording.integer(points)
    case .noAttempt(let course): "no quiz tried yet in " + course
    case .lateTicket(let number): number + " is past its target"
    }
  }

  /// From where it counts how many points (reference/domain.md §1.1).
  package var rule: String {
    switch kind {
    case .gap: "from 10 pp: 1, from 25 pp: 2, from 40 pp: 3"
    case .stalled: "from 14 d: 1, from 30 d: 2"
    case .notStarted: "from 7 d: 1, from 21 d: 2"
    case .score: "below 70: 1, below 50: 2"
    case .falling: "from 10 points: 1"
    case .noAttempt: "from 30 % progress: 1"
    case .lateTicket: "high: 1, urgent: 2"
    }
  }
}

extension Risk {
  /// `−52 ART101, stalled 34d, quiz 38`; empty without reasons.
  package var words: String { reasons.map(\.words).joined(separator: ", ") }
}

extension Assignee {
  /// What stands under `With`.
  package var label: String {
    switch self {
    case .queue: "queue"
    case .person(let name): name
    case .hidden: "hidden"
    case .nobody: "nobody"
    }
  }
}
