import CRM

extension ScreenID {
  func makeScreen() -> any Screen {
    switch self {
    case .quad: QuadScreen()
    case .completion: CompletionScreen()
    case .quizzes: QuizzesScreen()
    case .tickets: TicketsScreen()
    case .pipeline: PipelineScreen()
    case .people: PeopleScreen()
    case .activities: ActivitiesScreen()
    case .courses: CoursesScreen()
    case .outbox: OutboxScreen()
    case .health: HealthScreen()
    }
  }
}

extension RecordReference {
  func makeCard() -> any Screen {
    switch self {
    case .student(let id): StudentScreen(id: id)
    case .attempts(let student): AttemptsScreen(student: student)
    case .ticket(let id): TicketScreen(id: id)
    case .triage(let id, let seen): TicketScreen(id: id, passed: seen)
    case .deal(let id): DealScreen(id: id)
    case .party(let party): PartyScreen(party)
    case .merge(let party, let isOverCard): MergeScreen(party, isOverCard: isOverCard)
    case .quiz(let key, let basis): QuizScreen(key: key, basis: basis)
    case .conflict(let id, let record): ConflictScreen(id: id, record: record)
    }
  }
}
