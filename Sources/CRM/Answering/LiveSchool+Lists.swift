/// The lists whose rows are kept.
extension LiveSchool {
  func completion(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: [RecordID]
  ) -> CompletionAnswer {
    let school = school
    let selection = school.completionSelection(request)
    // Who is in a group also depends on rows that are no part of a learner's.
    guard request.group == nil else {
      let (rows, _) = keptLearners(viewpoint)
      return school.completion(
        Listing(rows, selection, isComplete: school.knowsCompletion, previous: previous))
    }
    return school.completion(
      learners.listing(
        of: school.students.all, request, selection, isComplete: school.knowsCompletion,
        previous: previous
      ) { CompletionRow($0, school, viewpoint) })
  }

  private func keptLearners(_ viewpoint: Viewpoint) -> (rows: [CompletionRow], counts: [Int]) {
    let school = school
    return learners.counted(of: school.students.all) { CompletionRow($0, school, viewpoint) }
  }

  func cohorts(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: [RecordID]
  ) -> CohortsAnswer {
    let (rows, counts) = keptLearners(viewpoint)
    return school.cohorts(request, previous: previous, learners: rows, counts: counts)
  }

  func tickets(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: [RecordID]
  ) -> TicketsAnswer {
    let school = school
    return school.tickets(
      viewpoint,
      tickets.listing(
        of: school.tickets.all, request, TicketRow.selection(request),
        isComplete: school.complete.contains(.ticket), previous: previous
      ) { TicketRow($0, school, viewpoint) })
  }

  func pipeline(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: [RecordID]
  ) -> PipelineAnswer {
    let school = school
    return school.pipeline(
      request, viewpoint,
      deals.listing(
        of: school.deals.all, request, DealRow.selection(request),
        isComplete: school.complete.contains(.deal), previous: previous
      ) { DealRow($0, school, viewpoint) })
  }

  func people(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: [RecordID]
  ) -> PeopleAnswer {
    let school = school
    return school.people(
      people.listing(
        of: school.contacts.all, request, PersonRow.selection(request),
        isComplete: school.complete.contains(.contact), previous: previous
      ) { PersonRow($0, school, viewpoint) })
  }

  func companies(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: [RecordID]
  ) -> CompaniesAnswer {
    let school = school
    return school.companies(
      companies.listing(
        of: school.companies.all, request, CompanyRow.selection(request),
        isComplete: school.complete.contains(.company), previous: previous
      ) { CompanyRow($0, school, viewpoint) })
  }

  func activities(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: [RecordID]
  ) -> ActivitiesAnswer {
    let school = school
    return school.activities(
      activities.listing(
        of: school.activities.all, request, ActivityRow.selection(request),
        isComplete: school.complete.contains(.activity), previous: previous
      ) { ActivityRow($0, school, viewpoint) })
  }
}
