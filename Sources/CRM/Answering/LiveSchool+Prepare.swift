/// Screens that were not looked at yet, made ready a few rows at a time, so that the first look at them
/// is no wait and nothing else waits for it.
extension LiveSchool {
  /// Does the next step, as seen from the viewpoint of the last answer.
  ///
  /// - Parameter count: rows of the step; as many as given take milliseconds.
  /// - Returns: false when everything is ready.
  package func prepare(_ count: Int = 512) -> Bool {
    guard let viewpoint else { return false }
    return prepareRows(count, viewpoint) || prepareList(viewpoint)
  }

  private func prepareRows(_ count: Int, _ viewpoint: Viewpoint) -> Bool {
    let school = school
    return activities.prepare(count, of: school.activities.all) { activity, _, _ in
      ActivityRow(activity, school, viewpoint)
    }
      || people.prepare(count, of: school.contacts.all) { PersonRow($0, school, viewpoint, &$2) }
      || companies.prepare(count, of: school.companies.all) {
        CompanyRow($0, school, viewpoint, &$2)
      }
      || courses.prepare(count, of: school.courses.all) { course, _, _ in
        school.courseEntry(course)
      }
      || health.prepare(count, school, viewpoint)
  }

  /// The list each screen opens with.
  private func prepareList(_ viewpoint: Viewpoint) -> Bool {
    let lists: [ViewRequest] = [
      .completion(ListRequest()), .quizzes(ListRequest()), .tickets(ListRequest()),
      .pipeline(ListRequest()), .people(ListRequest()), .companies(ListRequest()),
      .activities(ListRequest()), .courses(ListRequest()), .health(ListRequest()),
    ]
    guard preparedLists < lists.count else { return false }
    _ = answer(lists[preparedLists], viewpoint)
    preparedLists += 1
    return true
  }
}
