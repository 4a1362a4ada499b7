package import CRM

// Which record of the server the cursor of each screen is on.

extension ListScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? { storedRow }

  /// The row under the cursor, where the rows are records of one class.
  var storedRow: (kind: SchoolClass, id: RecordID)? {
    guard let kind = Self.subject, let current else { return nil }
    return (kind, id(of: current))
  }
}

extension CompletionScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? { showsGroups ? nil : storedRow }
}

extension QuizzesScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? {
    isInLatest ? attempt.map { (.attempt, $0.id) } : nil
  }
}

extension PipelineScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? { deal().map { (.deal, $0.id) } }
}

extension QuadScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? {
    let kind: SchoolClass? =
      switch focus {
      case .completion: .student
      case .quizzes: nil
      case .tickets: .ticket
      case .pipeline: .deal
      }
    return kind.flatMap { kind in target.map { (kind, $0) } }
  }
}

extension StudentScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? { card.map { (.student, $0.row.id) } }
}

extension TicketScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? { card.map { (.ticket, $0.row.id) } }
}

extension DealScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? { card.map { (.deal, $0.row.id) } }
}

extension QuizScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? { attempt.map { (.attempt, $0.id) } }
}

extension AttemptsScreen {
  package var stored: (kind: SchoolClass, id: RecordID)? { attempt.map { (.attempt, $0.id) } }
}
