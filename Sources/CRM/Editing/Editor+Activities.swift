package import ParseCore

extension Editor {
  /// Done stamps the server's now; undone deletes the stamp.
  package func setDone(_ isDone: Bool, activities ids: [RecordID]) throws(Refusal) -> Edit {
    let many = { (count: Int) in "\(count) activities \(isDone ? "done" : "open again")" }
    return try edit(ids, in: school.activities, many: many) { activity in
      if (activity.completedAt != nil) == isDone {
        return .leave("\(activity.label) is \(isDone ? "done" : "open") already.")
      }
      return .change(
        ["completedAt": isDone ? .set(viewpoint.now.json) : .delete],
        words: "\(activity.label) \(isDone ? "done" : "is open again")")
    }
  }

  /// Moves the due day; an activity without one counts from today. A time of day is kept.
  package func pushDue(byDays days: Int, activities ids: [RecordID]) throws(Refusal) -> Edit {
    let way = days < 0 ? "\(-days) days earlier" : "\(days) days later"
    return try edit(ids, in: school.activities, many: { "\($0) activities \(way)" }) { activity in
      let due =
        activity.dueDate.map { viewpoint.moved($0, byDays: days) } ?? (today + days).stored
      let day = Wording.date(viewpoint.day(field: due), today: today)
      return .change(["dueDate": .set(due.json)], words: "\(activity.label) due \(day)")
    }
  }

  /// Writes down what was just done about a contact or a deal.
  package func log(
    _ type: ActivityType, subject: String, about target: Pointer
  ) throws(Refusal) -> Edit {
    if let refusal = rights.refusal(to: .create, .activity) { throw refusal }
    let line = FormText.singleLine(subject)
    let name = SchoolClass(rawValue: target.className).flatMap { school.label($0, target.objectId) }
    let fields: JSONObject = [
      "type": .string(type.rawValue),
      "subject": .string(line.isEmpty ? type.rawValue : line),
      "completedAt": viewpoint.now.json,
      "relatedTo": target.json,
      "createdBy": SchoolClass.user.pointer(try me()),
    ]
    return Edit(
      words: "\(type.rawValue) logged" + (name.map { " on \($0)" } ?? ""),
      writes: [.create(.activity, fields: fields)])
  }
}
