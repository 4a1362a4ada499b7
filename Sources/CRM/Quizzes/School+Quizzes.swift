extension School {
  /// The quizzes of a view, the attempts that belong to it, and the numbers over all of them.
  ///
  /// Statistics are of first tries, passing is by the best one (reference/domain.md §5.3). In the
  /// views `failing` (a learner's worst quiz), `improved`, `declined` and `never` the attempts are
  /// the rows the view counts; in the others the newest 200, with their number in `all`. A row of
  /// `never` has an enrollment's id and no attempt.
  ///
  /// O(n log n) in attempts.
  package func quizzes(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> QuizzesAnswer {
    let report = QuizReport(self, viewpoint)
    let selection = QuizSelection(report)
    let view = request.view.flatMap(QuizView.init(rawValue:)) ?? .byQuiz
    let words = SearchWords(request.filter)
    let shown = selection.quizRows(view).filter { words.matches($0.words) }
    let sort = request.sort.flatMap(QuizSort.init(rawValue:)) ?? .pass
    let limit = words.isEmpty ? 200 : nil
    let latest = selection.attemptRows(view, limit: limit).filter { words.matches($0.words) }
    let all = view == .byCohort ? selection.count(.byCohort) : report.book.quizzes.count
    return QuizzesAnswer(
      views: QuizView.allCases.map {
        ViewCount(id: $0.rawValue, title: $0.title, count: selection.count($0))
      },
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed), all: all,
        isComplete: complete.contains(.attempt), previous: previous, id: \.key.id),
      latest: Rows(
        latest, all: attempts.count, isComplete: complete.contains(.attempt)),
      summary: selection.summary)
  }

  /// All attempts of a view, newest first unless sorted otherwise.
  package func latestAttempts(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> AttemptsAnswer {
    let selection = QuizSelection(QuizReport(self, viewpoint))
    let view = request.view.flatMap(QuizView.init(rawValue:)) ?? .byQuiz
    let words = SearchWords(request.filter)
    let shown = selection.attemptRows(view, limit: nil).filter { words.matches($0.words) }
    let sort = request.sort.flatMap(AttemptSort.init(rawValue:)) ?? .recent
    return AttemptsAnswer(
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed), all: attempts.count,
        isComplete: complete.contains(.attempt), previous: previous, id: \.id))
  }

  /// A learner's attempts, newest first. O(n log n) in that learner's attempts.
  package func attemptRows(
    of student: RecordID, _ viewpoint: Viewpoint, _ index: SchoolIndex
  ) -> [AttemptRow] {
    let book = QuizBook(index.attemptsByStudent[student])
    return book.facts.indices.reversed().map { place in
      let title = book.quizzes[book.facts[place].quiz].title
      return book.attemptRow(place, self, viewpoint, title: title)
    }
  }

  /// One quiz with its attempts, newest first; nil when nobody has tried it.
  package func quizCard(_ key: QuizKey, _ viewpoint: Viewpoint) -> QuizCard? {
    let report = QuizReport(self, viewpoint)
    guard let place = report.book.quizzes.firstIndex(where: { $0.key == key }) else { return nil }
    return QuizCard(
      row: report.row(place),
      attempts: report.book.quizzes[place].places.reversed().map(report.attemptRow))
  }
}
