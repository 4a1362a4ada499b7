/// Screens that were not looked at yet, made ready a few rows at a time, so that the first look at them
/// is no wait and nothing else waits for it.
extension LiveSchool {
  /// Does the next step, as seen from the viewpoint of the last answer.
  ///
  /// - Parameters:
  ///   - count: rows of the step; as many as given take milliseconds.
  ///   - shown: what is on the screen, which is kept up without this.
  /// - Returns: false when everything is ready, until the clock moves on.
  package func prepare(_ count: Int = 512, beside shown: Set<ViewRequest> = []) -> Bool {
    guard let viewpoint else { return false }
    isPrepared = !prepareRows(count, viewpoint) && !prepareList(viewpoint, shown)
    return !isPrepared
  }

  private func prepareRows(_ count: Int, _ viewpoint: Viewpoint) -> Bool {
    let school = school
    return activities.prepare(count, of: school.activities.all) { activity, _ in
      ActivityRow(activity, school, viewpoint)
    }
      || people.prepare(count, of: school.contacts.all) { PersonRow($0, school, viewpoint, &$1) }
      || companies.prepare(count, of: school.companies.all) {
        CompanyRow($0, school, viewpoint, &$1)
      }
      || courses.prepare(count, of: school.courses.all) { course, _ in
        school.courseEntry(course)
      }
      || health.prepare(count, school, viewpoint)
  }

  /// The list each screen opens with, and one after the other the four panes as they are left.
  private func prepareList(_ viewpoint: Viewpoint, _ shown: Set<ViewRequest>) -> Bool {
    let lists: [ViewRequest] = [
      .completion(ListRequest()), .quizzes(ListRequest()), .tickets(ListRequest()),
      .pipeline(ListRequest()), .people(ListRequest()), .companies(ListRequest()),
      .activities(ListRequest()), .courses(ListRequest()), .health(ListRequest()),
    ]
    let order = paneOrder
    let steps: [() -> Void] =
      lists.map { list in
        { if !shown.contains(list) { _ = self.answer(list, viewpoint) } }
      } + QuadPane.allCases.map { pane in { self.prepare(pane, viewpoint) } } + [
        { _ = self.answer(.quad(), viewpoint, previous: order) }
      ]
    guard preparedLists < steps.count else { return false }
    preparedLists += 1
    steps[preparedLists - 1]()
    return true
  }
}
