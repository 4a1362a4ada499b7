import CRM
import ParseCore
import Testing

struct ConflictTests {
  /// Nobody has a ticket that the queue's user has.
  @Test func `the queue is called so in edits too`() {
    var school = School.whole()
    school.put(.user, "q", ["username": "triage"])
    school.put(.user, "m", ["username": "mara"])
    let words = FieldWords(school: school, viewpoint: look())
    #expect(words.value(.to(.user, "q"), of: "assignedTo") == "queue")
    #expect(words.value(.to(.user, "m"), of: "assignedTo") == "mara")
  }

  struct Merge: Sendable, CustomTestStringConvertible {
    let base: String
    let mine: String
    let theirs: String
    let result: String
    var isClean = true
    var testDescription: String { "\(base)|\(mine)|\(theirs)" }
  }

  @Test(arguments: [
    Merge(base: "a\nb", mine: "a\nb\nm", theirs: "t\na\nb", result: "t\na\nb\nm"),
    Merge(base: "a\nw", mine: "a\nm\nw", theirs: "a\nt", result: "a\nm\nt"),
    Merge(base: "a", mine: "a\nm", theirs: "a\nt", result: "a\nm\nt"),
    Merge(base: "a\nb", mine: "a", theirs: "a\nb\nt", result: "a\nt"),
    Merge(base: "a", mine: "x", theirs: "x", result: "x"),
    Merge(base: "", mine: "m", theirs: "t", result: "m\nt"),
    Merge(
      base: "a\nb\nc", mine: "a\nm\nc", theirs: "a\nt\nc", result: "a\nm\nt\nc", isClean: false),
    Merge(base: "a", mine: "m", theirs: "", result: "m", isClean: false),
    Merge(base: "a\n\nb", mine: "a\n\nb\n", theirs: "a\n\nc", result: "a\n\nc\n"),
  ])
  func `texts are merged by line, and the same line asks`(merge: Merge) {
    let merged = LineMerge(base: merge.base, mine: merge.mine, theirs: merge.theirs)
    #expect(merged.result == merge.result)
    #expect(merged.isClean == merge.isClean)
  }

  @Test func `each line says who wrote it`() {
    let merged = LineMerge(
      base: "Frame.\nWaiting.", mine: "Frame.\nLegal.\nWaiting.", theirs: "Frame.\nBoard.")
    #expect(
      merged.lines.map(\.mark) == [.kept, .added(.mine), .added(.theirs), .removed(.theirs)])
  }

  @Test func `a deal closes on a day, a step is due at its time`() {
    let words = FieldWords(school: School(), viewpoint: look())
    let late: JSON = ["__type": "Date", "iso": "2026-10-08T21:30:00.000Z"]
    #expect(!words.value(late, of: "expectedCloseDate").contains(":"))
    #expect(words.value(late, of: "dueDate").contains(":"))
  }

  private func field(_ name: String, _ verdict: Conflict.Verdict) -> Conflict.Field {
    Conflict.Field(
      name: name, label: name, base: "b", mine: "m", theirs: "t", verdict: verdict,
      merge: name == "notes" ? LineMerge(base: "a", mine: "a\nm", theirs: "a\nt") : nil,
      entry: name == "amount" ? .number : .text)
  }

  private func conflict(who: String? = nil, taken: String? = nil) -> Conflict {
    Conflict(
      kind: .deal, record: "Frame",
      fields: [field("amount", .both), field("notes", .both), field("stage", .onlyMine)],
      baseTime: "09:10", mineTime: "11:40", theirsTime: "12:05", theirsAt: nil, who: who,
      takenAgo: taken)
  }

  @Test func `only what both wrote in one place is open`() {
    #expect(conflict().fields.map(\.settled) == [nil, .merged, .mine])
    #expect(field("x", .onlyTheirs).settled == .theirs && field("x", .onlyTheirs).choices.isEmpty)
  }

  @Test func `the choices make what is written`() {
    let mine: Changes = ["amount": .set(2), "notes": .set("a\nm"), "stage": .set("won")]
    func left(_ choices: [String: Conflict.Choice]) -> Changes {
      Resolution(choices: choices, seen: [:], seenAt: nil).changes(of: mine, conflict())
    }
    #expect(left(["amount": .mine, "notes": .mine, "stage": .mine]) == mine)
    #expect(left(["amount": .theirs, "notes": .theirs, "stage": .theirs]).isEmpty)
    #expect(
      left(["amount": .typed(3), "notes": .merged, "stage": .theirs])
        == ["amount": .set(3), "notes": .set("a\nm\nt")])
  }

  @Test func `numbers are read like in forms, and a word is none`() {
    #expect(field("amount", .both).value(typed: "12k") == 12_000)
    #expect(field("amount", .both).value(typed: "much") == nil)
    #expect(field("stage", .both).value(typed: "much") == "much")
  }

  @Test func `who came first is said by name where it is known`() {
    #expect(conflict().title == "You and someone else changed this deal")
    #expect(conflict(who: "carla").title == "You and carla changed this deal")
    #expect(
      conflict(who: "carla", taken: "2 min ago").title
        == "Frame was taken by carla 2 min ago; yours is kept")
  }
}
