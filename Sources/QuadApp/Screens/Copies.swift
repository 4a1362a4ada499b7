package import CRM
import TerminalUI

// What each list and card gives to be copied. A field that is empty, or not open to the one who
// looks, is left out.

extension TicketRow {
  /// - Parameter email: the learner's, where it is known and open.
  func copies(email: String?) -> [CopyEntry] {
    [
      CopyEntry("n", "number", number), CopyEntry("b", "subject", subject),
      CopyEntry("s", "learner", studentName), CopyEntry("m", "e-mail", email),
      CopyEntry("i", "id", id),
    ].compactMap(\.self)
  }
}

extension TicketsScreen {
  package func copies(of row: TicketRow, _ context: Context) -> [CopyEntry] {
    row.copies(email: shownCard?.student?.email)
  }
}

extension TicketScreen {
  package func copies(_ context: Context) -> [CopyEntry] {
    guard let card else { return [] }
    return card.row.copies(email: card.student?.email)
      + [CopyEntry.row(TicketsScreen.columns, card.row)]
  }
}

extension CompletionRow {
  /// - Parameter marked: the marked rows, whose e-mails are copied together.
  func copies(marked: [CompletionRow] = []) -> [CopyEntry] {
    let emails = (marked.isEmpty ? [self] : marked).compactMap(\.email).filter { !$0.isEmpty }
    let all = SafeLine(emails.joined(separator: ", "))
    let mail =
      emails.count > 1
      ? CopyEntry("m", "e-mails", shown: SafeLine("of \(emails.count) students"), Clip(all))
      : CopyEntry("m", "e-mail", emails.first)
    return [
      CopyEntry("n", "name", name), mail, CopyEntry("c", "cohort", cohort),
      CopyEntry("i", "id", id),
    ].compactMap(\.self)
  }
}

extension CompletionScreen {
  package func copies(of row: CompletionRow, _ context: Context) -> [CopyEntry] {
    row.copies(marked: list.rows.filter { model.marks.contains($0.id) })
  }

  package func copies(_ context: Context) -> [CopyEntry] {
    showsGroups ? groups.copies(context) : listCopies(context)
  }
}

extension StudentScreen {
  package func copies(_ context: Context) -> [CopyEntry] {
    card.map { $0.row.copies() + [CopyEntry.row(CompletionColumns.reasons, $0.row)] } ?? []
  }
}

extension DealRow {
  func copies() -> [CopyEntry] {
    [
      CopyEntry("n", "title", title),
      CopyEntry("a", "amount", amount.map { Wording.count(Int($0)) }),
      CopyEntry("k", "company", company), CopyEntry("s", "contact", contact),
      CopyEntry("i", "id", id),
    ].compactMap(\.self)
  }
}

extension PipelineScreen {
  package func copies(_ context: Context) -> [CopyEntry] {
    guard let deal = deal() else { return [] }
    let marks = list.model.marks
    return deal.copies()
      + CopyEntry.rows(
        DealList.columns, current: deal, marked: list.list.rows.filter { marks.contains($0.id) },
        all: list.list.rows)
  }
}

extension DealScreen {
  package func copies(_ context: Context) -> [CopyEntry] {
    guard let card else { return [] }
    return card.row.copies()
      + [
        CopyEntry("m", "e-mail", card.contactEmail), CopyEntry("p", "phone", card.contactPhone),
        CopyEntry.row(DealList.columns, card.row),
      ].compactMap(\.self)
  }
}

extension QuizzesScreen {
  package func copies(of row: QuizRow, _ context: Context) -> [CopyEntry] {
    [CopyEntry("n", view == .byCohort ? "cohort" : "quiz", row.title)].compactMap(\.self)
  }

  package func copies(_ context: Context) -> [CopyEntry] {
    guard isInLatest else { return listCopies(context) }
    let table = AttemptsTable(
      viewpoint: context.viewpoint, place: view == .never ? .neverTried : .everywhere,
      marks: latest.marks)
    return attempt.map { table.copies(of: $0, among: attempts.rows) } ?? []
  }
}

extension QuizScreen {
  package func copies(_ context: Context) -> [CopyEntry] {
    let table = AttemptsTable(viewpoint: context.viewpoint, place: .oneQuiz, marks: model.marks)
    return attempt.map { table.copies(of: $0, among: attempts) } ?? []
  }
}

extension AttemptsScreen {
  package func copies(_ context: Context) -> [CopyEntry] {
    let table = AttemptsTable(viewpoint: context.viewpoint, place: .oneStudent)
    return attempt.map { table.copies(of: $0, among: attempts) } ?? []
  }
}

extension ContactsList {
  func copies(of row: PersonRow, _ context: Context) -> [CopyEntry] {
    [
      CopyEntry("n", "name", row.name), CopyEntry("m", "e-mail", row.email),
      CopyEntry("p", "phone", row.phone), CopyEntry("k", "company", row.company),
      CopyEntry("i", "id", row.id),
    ].compactMap(\.self)
  }
}

extension CompaniesList {
  func copies(of row: CompanyRow, _ context: Context) -> [CopyEntry] {
    [
      CopyEntry("n", "name", row.name), CopyEntry("w", "website", row.website),
      CopyEntry("i", "id", row.id),
    ].compactMap(\.self)
  }
}

extension ActivitiesScreen {
  package func copies(of row: ActivityRow, _ context: Context) -> [CopyEntry] {
    [
      CopyEntry("n", "subject", row.subject), CopyEntry("a", "about", row.about),
      CopyEntry("i", "id", row.id),
    ].compactMap(\.self)
  }
}

extension CoursesScreen {
  package func copies(of row: CourseRow, _ context: Context) -> [CopyEntry] {
    [
      CopyEntry("n", "code", row.code), CopyEntry("b", "title", row.title),
      CopyEntry("i", "id", row.id),
    ].compactMap(\.self)
  }
}

extension QuadScreen {
  package func copies(_ context: Context) -> [CopyEntry] {
    guard let answer, let id = target else { return [] }
    switch focus {
    case .completion:
      return answer.completion.list.rows.first { $0.id == id }?.copies() ?? []
    case .quizzes:
      let row = answer.quizzes.list.rows.first { $0.key.id == id }
      return [CopyEntry("n", "quiz", row?.title)].compactMap(\.self)
    case .tickets:
      return answer.tickets.list.rows.first { $0.id == id }?.copies(email: nil) ?? []
    case .pipeline: return answer.pipeline.list.rows.first { $0.id == id }?.copies() ?? []
    }
  }
}
