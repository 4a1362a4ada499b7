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

  /// The sentence without its course or quiz: `no progress for 21 days`.
  package var brief: String {
    switch kind {
    case .gap, .lateTicket: sentence
    case .stalled(let days, _): "no progress for \(days) days"
    case .notStarted(let days, _): "not started for \(days) days"
    case .score(let score, _): "latest score " + Wording.integer(score)
    case .falling(let points, _): "fell by " + Wording.integer(points)
    case .noAttempt: "no quiz tried yet"
    }
  }

  /// What the brief sentence leaves out.
  package var about: String {
    switch kind {
    case .gap: "worst active course"
    case .stalled(_, let course), .notStarted(_, let course), .noAttempt(let course): course
    case .score(_, let quiz), .falling(_, let quiz): quiz
    case .lateTicket: ""
    }
  }

  /// From where it counts how many points (reference/domain.md §1.1).
  package var rule: String { steps.joined(separator: ", ") }

  /// The step it reached with the one after it, or at the last one with the one before.
  package var nearRule: String {
    steps[max(0, min(points - 1, steps.count - 2))...].prefix(2).joined(separator: ", ")
  }

  /// What gives one point, two and so on.
  private var steps: [String] {
    switch kind {
    case .gap: ["from 10 pp: 1", "from 25 pp: 2", "from 40 pp: 3"]
    case .stalled: ["from 14 d: 1", "from 30 d: 2"]
    case .notStarted: ["from 7 d: 1", "from 21 d: 2"]
    case .score: ["below 70: 1", "below 50: 2"]
    case .falling: ["from 10 points: 1"]
    case .noAttempt: ["from 30 % progress: 1"]
    case .lateTicket: ["high: 1", "urgent: 2"]
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
    case .awaited: "…"
    case .nobody: "nobody"
    }
  }
}
