extension ViewRequest {
  /// The classes whose rows the answer is made of: changes of the others leave it as it is.
  package var classes: Set<SchoolClass> {
    switch self {
    case .completion, .cohorts: School.completionClasses.union([.user])
    case .quizzes, .latestAttempts, .quizCard: [.attempt, .student, .enrollment, .course]
    case .tickets: [.ticket, .student, .user]
    case .pipeline, .people, .companies, .partyCard(.company), .merge:
      [.deal, .activity, .contact, .company, .user]
    case .courses: [.course, .enrollment, .attempt, .ticket, .user]
    case .partyCard(.contact): [.deal, .activity, .contact, .company, .user, .student]
    case .observed: [.deal, .enrollment, .course, .ticket]
    // An activity may be about a row of any class, a learner's card ends with the contact's.
    case .quad, .health, .activities, .studentCard, .ticketCard, .dealCard:
      Set(SchoolClass.allCases)
    }
  }

  /// Of one record, which takes no time to answer, and not of many.
  package var isOfOne: Bool {
    switch self {
    case .studentCard, .ticketCard, .dealCard, .partyCard, .quizCard, .merge, .observed: true
    case .quad, .completion, .cohorts, .quizzes, .latestAttempts, .tickets, .pipeline, .people,
      .companies, .activities, .courses, .health:
      false
    }
  }
}
