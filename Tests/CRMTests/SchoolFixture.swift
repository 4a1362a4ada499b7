import CRM
import ParseCore
import Testing

extension School {
  /// A school all of whose rows are known.
  static func whole() -> School {
    var school = School()
    school.complete = Set(SchoolClass.allCases)
    return school
  }

  /// Adds a row from its fields in wire form.
  mutating func put(
    _ kind: SchoolClass, _ id: String, created: ParseDate? = ago(days: 100),
    updated: ParseDate? = ago(days: 1), isUnsent: Bool = false, _ fields: JSONObject = [:]
  ) {
    let object = ParseObject(
      className: kind.rawValue, objectId: id, createdAt: created, updatedAt: updated,
      fields: fields)
    upsert(Row(id: id, object: object, isUnsent: isUnsent))
  }

  /// One student with one active course of target 80, changed and enrolled when told.
  static func learner(
    progress: Double, target: JSON = 80, active: Bool = true,
    enrolled: ParseDate? = ago(days: 70), changed: ParseDate = ago(days: 1)
  ) -> School {
    var school = School.whole()
    school.put(.course, "c1", ["courseCode": "ART101", "targetCompletionRate": target])
    school.put(
      .student, "s1",
      ["fullName": "Zoë", "cohort": "2026-A", "currentCompletionRate": .init(progress)])
    var fields: JSONObject = [
      "student": .to(.student, "s1"), "course": .to(.course, "c1"),
      "progressPercent": .init(progress), "active": .bool(active),
    ]
    fields["enrolledAt"] = enrolled?.json
    school.put(.enrollment, "e1", updated: changed, fields)
    return school
  }

  mutating func attempt(
    _ id: String, _ score: Double, at: ParseDate, quiz: String = "Quiz 1", course: String = "c1",
    status: String = "graded"
  ) {
    put(
      .attempt, id, created: at,
      [
        "student": .to(.student, "s1"), "course": .to(.course, course),
        "quizTitle": .string(quiz), "scorePercent": .init(score), "attemptedAt": at.json,
        "status": .string(status),
      ])
  }
}

extension JSON {
  static func to(_ kind: SchoolClass, _ id: String) -> JSON {
    Pointer(className: kind.rawValue, objectId: id).json
  }

  init(_ value: Double) { self = .number(JSONNumber(value)) }
}

/// Friday 20 November 2026, 14:12 UTC.
let now = instant("2026-11-20T14:12:00.000Z")

func instant(_ iso: String) -> ParseDate {
  guard let date = ParseDate(iso: iso) else {
    Issue.record("not a date: \(iso)")
    return ParseDate(milliseconds: 0)
  }
  return date
}

func ago(seconds: Int = 0, minutes: Int = 0, hours: Int = 0, days: Int = 0) -> ParseDate {
  now.advanced(bySeconds: -(seconds + minutes * 60 + hours * 3600 + days * 86_400))
}

func look(
  as user: String? = "u1", _ role: Role? = .coordinator, zoneOffset: Int = 0,
  at instant: ParseDate = now
) -> Viewpoint {
  Viewpoint(user: user, role: role, now: instant, zoneOffset: zoneOffset)
}

extension ViewAnswer {
  /// All that is in it, that of its rows too.
  var wholeText: String {
    var text = ""
    dump(self, to: &text)
    return text
  }
}

/// The first line in which two answers differ, with those before it; nil when they are equal.
func difference(_ one: ViewAnswer, _ other: ViewAnswer) -> String? {
  let lines = one.wholeText.split(separator: "\n", omittingEmptySubsequences: false)
  let others = other.wholeText.split(separator: "\n", omittingEmptySubsequences: false)
  guard lines != others else { return nil }
  let place = zip(lines, others).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  let start = place ?? min(lines.count, others.count)
  let context = lines[max(0, start - 12)..<start].joined(separator: "\n")
  return
    "\(context)\n- \(lines.dropFirst(start).first ?? "")\n+ \(others.dropFirst(start).first ?? "")"
}
