import CRM
import ParseCore
import Testing

struct EditorTests {
  static func school() -> School {
    var school = School.whole()
    school.put(.user, "u1", ["username": "mara", "role": "coordinator"])
    school.put(.user, "u2", ["username": "aiko", "role": "coordinator"])
    school.put(.user, "q", ["username": "triage", "role": "coordinator"])
    ticket(&school, "t1", "T-4790", with: "q", "new", "normal")
    ticket(&school, "t2", "T-4791", with: "u1", "open", "urgent")
    ticket(&school, "t3", "T-4792", with: "u2", "Vendor", "P0")
    return school
  }

  static func ticket(
    _ school: inout School, _ id: String, _ number: String, with user: String, _ status: String,
    _ priority: String
  ) {
    school.put(
      .ticket, id,
      [
        "ticketNumber": .string(number), "assignedTo": .to(.user, user),
        "status": .string(status), "priority": .string(priority), "subject": "Help",
      ])
  }

  let editor = Editor(school: school(), viewpoint: look())

  @Test func `claiming a new ticket of the queue opens it`() throws {
    let edit = try editor.claim(tickets: ["t1"])
    #expect(edit.words == "T-4790 claimed, was with the queue")
    #expect(
      edit.writes == [
        .update(
          .ticket, id: "t1",
          changes: ["assignedTo": .set(.to(.user, "u1")), "status": .set("open")])
      ])
  }

  @Test func `claiming from somebody keeps the status`() throws {
    let edit = try editor.claim(tickets: ["t3"])
    #expect(edit.words == "T-4792 claimed, was with aiko")
    #expect(
      edit.writes == [
        .update(.ticket, id: "t3", changes: ["assignedTo": .set(.to(.user, "u1"))])
      ])
  }

  @Test func `what is mine already is refused in words`() {
    #expect(throws: Refusal("T-4791 is yours already.")) { try editor.claim(tickets: ["t2"]) }
  }

  @Test func `several rows are one edit, and what is left out is counted`() throws {
    let edit = try editor.claim(tickets: ["t1", "t2", "t3", "t1"])
    #expect(edit.words == "2 tickets claimed, 1 left as it is")
    #expect(edit.writes.count == 2)
  }

  @Test func `a ticket that is gone is said to be gone`() {
    #expect(throws: Refusal("That ticket is not here any more.")) {
      try editor.touch(tickets: ["nope"])
    }
  }

  @Test func `assign, release and touch write one field each`() throws {
    let assign = try editor.assign(tickets: ["t2"], to: "u2")
    #expect(assign.words == "T-4791 handed to aiko, was with you")
    let release = try editor.release(tickets: ["t2"])
    #expect(release.words == "T-4791 back in the queue, was with you")
    #expect(
      release.writes == [
        .update(.ticket, id: "t2", changes: ["assignedTo": .set(.to(.user, "q"))])
      ])
    #expect(throws: Refusal("T-4790 is in the queue already.")) {
      try editor.release(tickets: ["t1"])
    }
    let touch = try editor.touch(tickets: ["t2"])
    #expect(
      touch.writes == [.update(.ticket, id: "t2", changes: ["lastMessageAt": .set(now.json)])])
  }

  @Test func `priority is set, bumped, and stops at the ends`() throws {
    #expect(try editor.setPriority(.high, tickets: ["t1"]).words == "T-4790 is high, was normal")
    #expect(try editor.setPriority(.low, tickets: ["t1", "t2"]).words == "2 tickets set to low")
    #expect(throws: Refusal("T-4791 is urgent already.")) {
      try editor.bumpPriority(up: true, tickets: ["t2"])
    }
    let unknown = try editor.bumpPriority(up: true, tickets: ["t3"])
    #expect(unknown.writes == [.update(.ticket, id: "t3", changes: ["priority": .set("high")])])
  }

  @Test func `status steps along its order and asks for a word it does not know`() throws {
    #expect(
      try editor.stepStatus(forward: true, tickets: ["t2"]).words == "T-4791 is pending, was open")
    #expect(
      try editor.stepStatus(forward: false, tickets: ["t2"]).words == "T-4791 is new, was open")
    #expect(throws: Refusal("T-4790 is new already.")) {
      try editor.stepStatus(forward: false, tickets: ["t1"])
    }
    #expect(throws: Refusal("T-4792 has a status Quad does not know; pick one.")) {
      try editor.stepStatus(forward: true, tickets: ["t3"])
    }
    #expect(try editor.resolve(tickets: ["t1", "t3"]).words == "2 tickets resolved")
  }

  @Test func `an instructor changes only tickets that are his`() throws {
    let instructor = Editor(school: Self.school(), viewpoint: look(as: "u2", .instructor))
    #expect(try instructor.resolve(tickets: ["t1", "t3"]).writes.count == 1)
    #expect(
      throws: Refusal("Only an admin, a coordinator or whoever has it can update a ticket.")
    ) {
      try instructor.resolve(tickets: ["t1"])
    }
  }

  @Test func `deleting needs the right to`() throws {
    #expect(throws: Refusal("Only an admin can delete a ticket.")) {
      try editor.delete(.ticket, ["t1"])
    }
    let admin = Editor(school: Self.school(), viewpoint: look(as: "u1", .admin))
    let edit = try admin.delete(.ticket, ["t1"])
    #expect(edit == Edit(words: "T-4790 deleted", writes: [.delete(.ticket, id: "t1")]))
  }
}

struct LearningEditTests {
  @Test(arguments: [(43.0, 5.0, 48), (98, 5, 100), (3, -5, 0), (-3, 5, 2)])
  func `progress moves within 0 and 100`(from: Double, by: Double, to: Int) throws {
    let editor = Editor(school: .learner(progress: from), viewpoint: look())
    let edit = try editor.changeProgress(by: by, enrollments: ["e1"])
    #expect(
      edit.writes == [
        .update(.enrollment, id: "e1", changes: ["progressPercent": .set(.integer(to))])
      ])
  }

  @Test func `full progress stays`() {
    let editor = Editor(school: .learner(progress: 100), viewpoint: look())
    #expect(throws: Refusal("Zoë in ART101 is at 100 % already.")) {
      try editor.changeProgress(by: 5, enrollments: ["e1"])
    }
  }

  @Test func `active goes off and says so`() throws {
    let editor = Editor(school: .learner(progress: 40), viewpoint: look())
    let edit = try editor.setActive(false, enrollments: ["e1"])
    #expect(edit.words == "Zoë in ART101 is no longer active")
    #expect(edit.writes == [.update(.enrollment, id: "e1", changes: ["active": .set(false)])])
  }

  @Test func `owning a student names the owner before`() throws {
    let editor = Editor(school: .learner(progress: 40), viewpoint: look())
    #expect(try editor.own(students: ["s1"]).words == "Zoë owned by you, was nobody")
  }
}
