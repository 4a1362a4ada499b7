/// Numbers over all rows of a table, and as of which of its numbers.
struct KeptNumbers<Numbers> {
  let numbers: Numbers
  let version: Int
}

/// The lists whose rows are kept.
extension LiveSchool {
  func completion(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> CompletionAnswer {
    let school = school
    let selection = school.completionSelection(request)
    // Who is in a group also depends on rows that are no part of a learner's.
    if let group = request.group {
      let (rows, counts) = keptLearners(viewpoint)
      return school.completion(
        Listing(
          rows, counts: counts, selection, candidates: school.candidates(rows, for: group),
          isComplete: school.knowsCompletion, previous: previous), summary(of: rows))
    }
    let listing = learners.listing(
      of: school.students.all, request, selection, isComplete: school.knowsCompletion,
      previous: previous
    ) { CompletionRow($0, school, viewpoint, &$1) }
    return school.completion(listing, summary(of: listing.rows))
  }

  private func summary(of rows: [CompletionRow]) -> CompletionSummary {
    if let summary, summary.version == learners.numbers { return summary.numbers }
    let numbers = CompletionSummary(rows)
    summary = KeptNumbers(numbers: numbers, version: learners.numbers)
    return numbers
  }

  private func keptLearners(_ viewpoint: Viewpoint) -> (rows: [CompletionRow], counts: [Int]) {
    let school = school
    return learners.counted(of: school.students.all) { CompletionRow($0, school, viewpoint, &$1) }
  }

  func cohorts(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> CohortsAnswer {
    let (rows, counts) = keptLearners(viewpoint)
    return school.cohorts(request, previous: previous, learners: rows, counts: counts)
  }

  func tickets(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> TicketsAnswer {
    let school = school
    let listing = tickets.listing(
      of: school.tickets.all, request, TicketRow.selection(request),
      isComplete: school.complete.contains(.ticket), previous: previous
    ) {
      TicketRow($0, school, viewpoint, &$1)
    } age: {
      TicketRow($0, school, viewpoint, &$1)
    }
    return school.tickets(viewpoint, listing, open: tickets.weighed(listing.rows))
  }

  func pipeline(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> PipelineAnswer {
    let school = school
    let listing = deals.listing(
      of: school.deals.all, request, DealRow.selection(request),
      isComplete: school.complete.contains(.deal), previous: previous
    ) { DealRow($0, school, viewpoint, &$1) }
    return school.pipeline(request, viewpoint, listing, totals(of: listing.rows))
  }

  private func totals(of rows: [DealRow]) -> DealTotals {
    if let totals, totals.version == deals.numbers { return totals.numbers }
    let numbers = DealTotals(rows)
    totals = KeptNumbers(numbers: numbers, version: deals.numbers)
    return numbers
  }

  func people(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> PeopleAnswer {
    let school = school
    return school.people(
      people.listing(
        of: school.contacts.all, request, PersonRow.selection(request),
        isComplete: school.complete.contains(.contact), previous: previous
      ) { PersonRow($0, school, viewpoint, &$1) })
  }

  func companies(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> CompaniesAnswer {
    let school = school
    return school.companies(
      companies.listing(
        of: school.companies.all, request, CompanyRow.selection(request),
        isComplete: school.complete.contains(.company), previous: previous
      ) { CompanyRow($0, school, viewpoint, &$1) })
  }

  func activities(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> ActivitiesAnswer {
    let school = school
    return school.activities(
      activities.listing(
        of: school.activities.all, request, ActivityRow.selection(request),
        isComplete: school.complete.contains(.activity), previous: previous
      ) { activity, _ in ActivityRow(activity, school, viewpoint) })
  }
}
