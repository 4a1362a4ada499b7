import ParseCore
import Testing

@testable import CRM

struct ObservedTests {
  private static let start = ParseDate(milliseconds: 1_790_000_000_000)

  private func day(_ days: Double) -> ParseDate {
    ParseDate(milliseconds: Self.start.milliseconds + Int64(days * 86_400_000))
  }

  private func move(_ deal: RecordID, _ from: String, _ to: String, day: Double) -> ObservedChange?
  {
    ObservedChange(
      at: self.day(day), className: "Deal", id: deal, field: "stage", old: .string(from),
      new: .string(to))
  }

  private func history(_ changes: [ObservedChange?]) -> ObservedHistory {
    var history = ObservedHistory()
    history.append(changes.compactMap(\.self))
    return history
  }

  @Test func `conversion is moves to a stage over all moves out of the one before`() {
    let seen = history([
      move("a", "lead", "qualified", day: 0), move("b", "lead", "qualified", day: 1),
      move("c", "lead", "lost", day: 2), move("d", "lead", "proposal", day: 3),
      move("a", "qualified", "won", day: 4),
    ]).stages
    #expect(seen.exits(from: .lead) == 4)
    #expect(seen.conversion(from: .lead, to: .qualified) == 0.5)
    #expect(seen.conversion(from: .lead, to: .lost) == 0.25)
    #expect(seen.conversion(from: .qualified, to: .won) == 1)
    #expect(seen.conversion(from: .proposal, to: .negotiation) == nil)
  }

  @Test func `days in a stage are of stays seen from their beginning to their end`() throws {
    let seen = history([
      // When a came into lead nobody saw.
      move("a", "lead", "qualified", day: 0), move("a", "qualified", "proposal", day: 3),
      move("b", "lead", "qualified", day: 1), move("b", "qualified", "lost", day: 6.5),
      move("c", "lead", "qualified", day: 2), move("c", "qualified", "proposal", day: 3),
    ])
    #expect(seen.stages.medianDays(in: .lead) == nil)
    let stay = try #require(seen.stages.medianDays(in: .qualified))
    #expect(stay.days == 3 && stay.stays == 3)
    #expect(seen.since == day(0))
    #expect(seen.entry(of: "a", into: .known(.proposal)) == day(3))
    #expect(seen.entry(of: "a", into: .known(.qualified)) == nil)
    #expect(seen.entry(of: "x", into: .known(.lead)) == nil)
  }

  @Test func `a move made here and told by the server is one move`() {
    var seen = history([move("a", "lead", "qualified", day: 0)])
    seen.append([move("a", "lead", "qualified", day: 0.01)].compactMap(\.self))
    #expect(seen.stages.exits(from: .lead) == 1)
    #expect(seen.entry(of: "a", into: .known(.qualified)) == day(0))
    // It went back and came again: those are moves of their own.
    seen.append(
      [move("a", "qualified", "lead", day: 1), move("a", "lead", "qualified", day: 2)]
        .compactMap(\.self))
    #expect(seen.stages.exits(from: .lead) == 2)
  }

  @Test func `other spellings and unknown words are moves too`() {
    let seen = history([
      move("a", "prospect", "quote", day: 0), move("b", "Verbal yes", "closed_won", day: 1),
      move("c", "quote", "proposition", day: 1),
    ]).stages
    #expect(seen.conversion(from: .lead, to: .proposal) == 1)
    #expect(seen.exits(from: .proposal) == 0)
  }

  @Test func `other fields are not kept, and changes are found by time`() {
    #expect(
      ObservedChange(
        at: day(0), className: "Deal", id: "a", field: "amount", old: 1, new: 2) == nil)
    let seen = history([
      move("a", "lead", "qualified", day: 0), move("b", "lead", "qualified", day: 1),
      move("c", "lead", "qualified", day: 2),
    ])
    #expect(seen.changes(since: day(1)).map(\.id) == ["b", "c"])
    #expect(seen.changes(since: day(-1)).count == 3)
    #expect(seen.changes(since: day(9)).isEmpty)
  }

  private func progress(_ id: RecordID, _ from: Double, _ to: Double, at: ParseDate)
    -> ObservedChange
  {
    ObservedChange(at: at, id: id, .progress(from: from, to: to))
  }

  /// Enrollments with target 80, deals and tickets, all changed in the last hours.
  private func busySchool() -> School {
    var school = School.learner(progress: 82)
    let course: JSON = .to(.course, "c1")
    for (id, progress) in [("e2", 79.0), ("e3", 90.0), ("e4", 85.0)] {
      school.put(.enrollment, id, ["course": course, "progressPercent": .init(progress)])
    }
    school.put(.deal, "d1", ["stage": "won"])
    school.put(.deal, "d2", ["stage": "lost"])
    school.put(.deal, "d3", ["stage": "proposal"])
    let waits: [(String, String, String, ParseDate)] = [
      ("t1", "open", "urgent", ago(hours: 2)), ("t2", "open", "urgent", ago(hours: 9)),
      ("t3", "pending", "urgent", ago(hours: 2)), ("t4", "new", "normal", ago(hours: 2)),
    ]
    for (id, status, priority, message) in waits {
      school.put(
        .ticket, id, created: id == "t4" ? ago(hours: 2) : ago(days: 3),
        [
          "status": .string(status), "priority": .string(priority), "lastMessageAt": message.json,
        ])
    }
    return school
  }

  @Test func `news are of what came after the last look and still holds`() throws {
    var school = busySchool()
    #expect(school.observed(look()).news == nil)
    school.observed.lookedAt = ago(hours: 4)
    school.observed.append(
      [
        // Before the look; fell back since; there already; and twice the same.
        progress("e4", 60, 85, at: ago(hours: 5)), progress("e2", 70, 81, at: ago(hours: 3)),
        progress("e3", 82, 90, at: ago(hours: 3)), progress("e1", 50, 80, at: ago(hours: 2)),
        progress("e1", 79, 82, at: ago(hours: 1)),
      ]
        + ["d1", "d2", "d3"].map { deal in
          ObservedChange(
            at: ago(hours: 1), id: deal,
            .stage(from: .known(.lead), to: deal == "d2" ? .known(.lost) : .known(.won)))
        })
    let news = try #require(school.observed(look()).news)
    var wanted = SchoolNews(since: ago(hours: 4))
    wanted.newTickets = 1
    // An hour is the time to answer urgent ones: t2 was late before, t3 waits for the learner.
    wanted.breaches = 1
    wanted.atTarget = 1
    wanted.won = 1
    wanted.lost = 1
    #expect(news == wanted)
  }
}
