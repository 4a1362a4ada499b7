import ParseCore
import Sandbox
import Testing

/// Rows whose every text field means harm to a terminal.
@MainActor
struct Poison {
  private let school: School
  private let payloads: String
  private let now: JSON

  /// - Parameter payloads: What each field holds after a word to find it by.
  init(_ sandbox: Sandboxed, _ payloads: String) {
    school = sandbox.school
    self.payloads = payloads
    now = ["__type": "Date", "iso": .string(sandbox.server.options.now().iso)]
  }

  private func bad(_ word: String) -> JSON { .string("Zz\(word) " + payloads) }

  private func link(_ className: String, _ id: String) -> JSON {
    ["__type": "Pointer", "className": .string(className), "objectId": .string(id)]
  }

  private func save(_ className: String, _ fields: JSONObject) throws -> JSON {
    link(className, try #require(try school.save(className, nil, fields)))
  }

  /// A user whose name and role are poison, owner of all that follows; then rows with plain and
  /// with poisoned vocabularies. Gives the words to find a ticket, a deal and a student by.
  func spread() throws -> [String] {
    let user = try save(
      "_User",
      [
        "username": bad("user"), "password": "demo", "role": bad("role"),
        "ACL": ["*": ["read": true]],
      ])
    for isPlain in [true, false] {
      func word(_ plain: JSON, _ field: String) -> JSON { isPlain ? plain : bad(field) }
      let course = try save(
        "Course",
        [
          "courseCode": bad("code"), "title": bad("course"), "instructor": user,
          "status": word("active", "status"), "targetCompletionRate": 80,
        ])
      let student = try save(
        "Student",
        [
          "fullName": bad("student"), "cohort": bad("cohort"), "email": bad("mail"),
          "currentCompletionRate": 10, "lastQuizScore": 20, "accountOwner": user,
        ])
      _ = try save(
        "Enrollment",
        [
          "student": student, "course": course, "enrolledAt": now, "progressPercent": 10,
          "active": true,
        ])
      _ = try save(
        "QuizAttempt",
        [
          "student": student, "course": course, "quizTitle": bad("quiz"), "scorePercent": 20,
          "attemptedAt": now, "status": word("submitted", "state"),
        ])
      _ = try save(
        "SupportTicket",
        [
          "ticketNumber": bad("number"), "subject": bad("ticket"), "student": student,
          "priority": word("urgent", "priority"), "status": word("open", "status"),
          "assignedTo": user, "lastMessageAt": now,
        ])
      try spreadSales(user, word)
    }
    return ["Zzticket", "Zzdeal", "Zzstudent"]
  }

  private func spreadSales(_ user: JSON, _ word: (JSON, String) -> JSON) throws {
    let company = try save(
      "Company",
      [
        "name": bad("company"), "industry": bad("trade"), "website": bad("site"),
        "address": bad("street"), "notes": bad("notes"), "createdBy": user,
      ])
    let contact = try save(
      "Contact",
      [
        "name": bad("contact"), "phone": bad("phone"), "notes": bad("notes"),
        "email": bad("mail"), "company": company, "createdBy": user,
      ])
    let deal = try save(
      "Deal",
      [
        "title": bad("deal"), "stage": word("lead", "stage"), "amount": 900,
        "notes": bad("notes"), "contact": contact, "company": company, "assignedTo": user,
        "expectedCloseDate": now,
      ])
    _ = try save(
      "Activity",
      [
        "type": word("call", "type"), "subject": bad("call"), "description": bad("talk"),
        "dueDate": now, "relatedTo": deal, "createdBy": user,
      ])
  }
}
