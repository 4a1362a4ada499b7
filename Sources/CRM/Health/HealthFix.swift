import ParseCore

/// What puts the rows of a check right where there is one right way.
package enum HealthFix: String, Sendable, CaseIterable {
  /// The stored completion becomes the mean of the active courses, as the server computes it.
  case completion
  /// The stored last score becomes that of the newest scored attempt.
  case score
  /// The quiz title becomes the spelling most attempts use.
  case spelling

  package var word: String {
    switch self {
    case .completion, .score: "recompute"
    case .spelling: "rename"
    }
  }
}

/// What a fix writes into one row.
package struct HealthChange: Sendable, Hashable {
  package let name: String
  package let was: String
  package let becomes: String
}

extension Editor {
  /// Puts the rows found by a check right, all of them or some.
  package func fix(_ fix: HealthFix, only ids: [RecordID]? = nil) throws(Refusal) -> Edit {
    switch fix {
    case .completion: try fixCompletion(ids)
    case .score: try fixScore(ids)
    case .spelling: try fixSpelling(ids)
    }
  }

  private func fixCompletion(_ ids: [RecordID]?) throws(Refusal) -> Edit {
    let drifts = school.completionDrifts()
    let right = Dictionary(drifts.map { ($0.student.id, $0.becomes) }) { first, _ in first }
    return try edit(
      ids ?? drifts.map(\.student.id), in: school.students,
      many: { "\($0) students: stored completion recomputed" }
    ) { student in
      guard let rate = right[student.id] else {
        return .leave("\(student.fullName) has the right completion already.")
      }
      let was = Wording.rate(student.currentCompletionRate)
      return .change(
        ["currentCompletionRate": .set(.number(JSONNumber(rate)))],
        words: "\(student.fullName): stored completion \(Wording.rate(rate)), was \(was)")
    }
  }

  private func fixScore(_ ids: [RecordID]?) throws(Refusal) -> Edit {
    let drifts = school.scoreDrifts()
    let right = Dictionary(drifts.map { ($0.student.id, $0.becomes) }) { first, _ in first }
    return try edit(
      ids ?? drifts.map(\.student.id), in: school.students,
      many: { "\($0) students: stored last score recomputed" }
    ) { student in
      guard let score = right[student.id] else {
        return .leave("\(student.fullName) has the right last score already.")
      }
      let was = Wording.rate(student.lastQuizScore)
      return .change(
        ["lastQuizScore": .set(.number(JSONNumber(score)))],
        words: "\(student.fullName): stored last score \(Wording.rate(score)), was \(was)")
    }
  }

  private func fixSpelling(_ ids: [RecordID]?) throws(Refusal) -> Edit {
    let odd = school.oddSpellings()
    let right = Dictionary(odd.map { ($0.attempt.id, $0.usual) }) { first, _ in first }
    return try edit(
      ids ?? odd.map(\.attempt.id), in: school.attempts, many: { "\($0) quiz attempts renamed" }
    ) { attempt in
      guard let usual = right[attempt.id] else {
        return .leave("\(attempt.quizTitle) is spelled as usual already.")
      }
      return .change(
        ["quizTitle": .set(.string(usual))], words: "\(usual), was \(attempt.quizTitle)")
    }
  }
}

extension Wording {
  /// A stored percentage in full: `64`, `35.3`.
  static func rate(_ value: Double?) -> String {
    value.map { $0 == $0.rounded() ? integer($0) : tenths($0) } ?? integer(nil)
  }
}
