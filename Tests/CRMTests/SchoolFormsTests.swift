import CRM
import ParseCore
import Testing

/// The forms of students, courses and enrollments.
struct SchoolFormsTests {
  let mara = Forms(school: FormsTests.school(), viewpoint: look())
  let kai = Forms(school: FormsTests.school(), viewpoint: look(as: "kai", .sales))

  @Test func `a student is created with an owner, and with rates that start at zero`() throws {
    let edit = try mara.student().edit(
      ["fullName": "Noor Haddad", "email": "noor@example.org", "cohort": "2026-B"], look())
    #expect(edit.words == "student Noor Haddad created")
    #expect(
      edit.writes == [
        .create(
          .student,
          fields: [
            "fullName": "Noor Haddad", "email": "noor@example.org", "cohort": "2026-B",
            "accountOwner": .to(.user, "u1"), "currentCompletionRate": 0, "lastQuizScore": 0,
          ])
      ])
    #expect(throws: Refusal("E-mail is needed.")) {
      try mara.student().edit(["fullName": "Noor", "cohort": "2026-B"], look())
    }
  }

  @Test func `a student's profile is edited field by field`() throws {
    let form = try mara.editing(.student, "s1")
    #expect(form.field("cohort")?.initial == "2026-A")
    let edit = try form.edit(["cohort": "2026-B", "currentCompletionRate": "55"], look())
    #expect(
      edit.writes == [
        .update(
          .student, id: "s1",
          changes: ["cohort": .set("2026-B"), "currentCompletionRate": .set(55)])
      ])
    #expect(form.validate("currentCompletionRate", "101", look()) == "A number from 0 to 100.")
  }

  @Test func `a course is created as a draft of the one who makes it`() throws {
    let edit = try mara.course().edit(["courseCode": "ART200", "title": "Drawing"], look())
    #expect(
      edit.writes == [
        .create(
          .course,
          fields: [
            "courseCode": "ART200", "title": "Drawing", "status": "draft",
            "instructor": .to(.user, "u1"), "targetCompletionRate": 80,
          ])
      ])
  }

  @Test func `a course's target and status are edited`() throws {
    let form = try mara.editing(.course, "c1")
    let edit = try form.edit(["targetCompletionRate": "75", "status": "active"], look())
    #expect(
      edit.writes == [
        .update(
          .course, id: "c1",
          changes: ["targetCompletionRate": .set(75), "status": .set("active")])
      ])
  }

  @Test func `an enrollment is ended, moved to another course, or brought to a progress`() throws {
    let form = try mara.editing(.enrollment, "e1")
    #expect(form.field("active")?.initial == "true")
    let edit = try form.edit(
      ["active": "false", "course": "c2", "progressPercent": "62,5"], look())
    #expect(
      edit.writes == [
        .update(
          .enrollment, id: "e1",
          changes: [
            "active": .set(false), "course": .set(.to(.course, "c2")),
            "progressPercent": .set(62.5),
          ])
      ])
    #expect(form.validate("active", "maybe", look()) == "Yes or no.")
    #expect(try mara.enrollment(student: "s1").field("active") == nil)
  }

  @Test func `who sells makes neither students nor courses`() {
    #expect(throws: Refusal.self) { try kai.student() }
    #expect(throws: Refusal.self) { try kai.course() }
    #expect(throws: Refusal.self) { try kai.editing(.student, "s1") }
  }
}
