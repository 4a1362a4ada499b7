extension School {
  /// The quizzes of a view, the attempts that belong to it, and the numbers over all of them.
  ///
  /// Statistics are of first tries, passing is by the best one, unless the request has another
  /// basis (reference/domain.md §5.3). In the views `failing` (a learner's worst quiz), `improved`, `declined` and `never` the attempts are
  /// the rows the view counts; in the others the newest 200 of those the filter finds, with the
  /// number of these in `all`. A row of `never` has an enrollment's id and no attempt.
  ///
  /// O(n log n) in attempts.
  package func quizzes(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> QuizzesAnswer {
    let shelf = QuizShelf(self, viewpoint)
    return quizzes(
      request, viewpoint, previous: previous, shelf: shelf,
      TrialFacts(shelf, self, viewpoint, request.basis))
  }

  /// - Parameters:
  ///   - shelf: of this school and viewpoint.
  ///   - facts: of the shelf, by the basis of the request.
  func quizzes(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs, shelf: QuizShelf,
    _ facts: TrialFacts
  ) -> QuizzesAnswer {
    let selection = QuizSelection(shelf, self, viewpoint, request.basis, facts)
    let view = QuizView(request)
    let words = SearchWords(request.filter)
    let shown = selection.quizRows(view, of: request.group).filter { words.matches($0.words) }
    let sort = request.sort.flatMap(QuizSort.init(rawValue:)) ?? .pass
    let latest = selection.latest(view, words, of: request.group)
    return QuizzesAnswer(
      views: QuizView.allCases.map {
        ViewCount(id: $0.rawValue, title: $0.title, count: selection.count($0))
      },
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed),
        all: selection.count(view == .byCohort ? .byCohort : .byQuiz),
        isComplete: complete.contains(.attempt), previous: previous, id: \.key.id),
      latest: Rows(
        latest.rows, ids: latest.rows.map(\.id), all: latest.count,
        isComplete: complete.contains(.attempt)),
      summary: selection.summary)
  }

  /// The attempts of a view in the order asked for: those the view counts, of other views the first
  /// 200.
  package func latestAttempts(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> AttemptsAnswer {
    var kept = KeptAttempts()
    let shelf = QuizShelf(self, viewpoint)
    return latestAttempts(request, viewpoint, previous: previous, shelf: shelf, kept: &kept) {
      TrialFacts(shelf, self, viewpoint, request.basis)
    }
  }

  /// - Parameters:
  ///   - kept: of the courses that are as they were.
  ///   - facts: asked for only by views that count attempts.
  func latestAttempts(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs, shelf: QuizShelf,
    kept: inout KeptAttempts, facts: () -> TrialFacts
  ) -> AttemptsAnswer {
    let sort = request.sort.flatMap(AttemptSort.init(rawValue:)) ?? .recent
    let order = sort.order(isReversed: request.isReversed)
    var rows = shelf.firstRows(request, order, self, viewpoint, &kept)
    if rows == nil {
      let selection = QuizSelection(shelf, self, viewpoint, request.basis, facts())
      let words = SearchWords(request.filter)
      rows = order.sorted(
        selection.attemptRows(QuizView(request)).filter { words.matches($0.words) })
    }
    return AttemptsAnswer(
      list: Rows(
        sorted: rows ?? [], all: attempts.count, isComplete: complete.contains(.attempt),
        previous: previous, id: \.id))
  }

  /// A learner's attempts, newest first. O(n log n) in that learner's attempts.
  package func attemptRows(of student: RecordID, _ viewpoint: Viewpoint) -> [AttemptRow] {
    var learners = LearnerNumbers()
    let book = QuizBook(attempts.all, at: attempts.positions(.student, student), &learners)
    return book.facts.indices.reversed().map { place in
      let title = book.quizzes[book.quiz(of: book.facts[place])].title
      return book.attemptRow(Int32(place), self, viewpoint, title: title)
    }
  }

  /// One quiz with its attempts, newest first; nil when nobody has tried it. O(n log n) in the
  /// attempts of its course.
  package func quizCard(
    _ key: QuizKey, _ viewpoint: Viewpoint, basis: QuizBasis = .usual
  ) -> QuizCard? {
    var learners = LearnerNumbers()
    let course = CourseQuizzes(key.course, self, viewpoint, &learners)
    guard let place = course.book.quizzes.firstIndex(where: { $0.key == key }) else { return nil }
    let row = course.rows(basis, learners, self, viewpoint)[place]
    return QuizCard(
      row: row,
      attempts: course.book.quizzes[place].places.reversed().map {
        course.book.attemptRow($0, self, viewpoint, title: row.title, basis: basis)
      })
  }
}
