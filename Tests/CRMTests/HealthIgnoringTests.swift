import CRM
import ParseCore
import Testing

struct HealthIgnoringTests {
  private static func school() -> School {
    var school = School.whole()
    school.put(.activity, "a1", ["subject": "Ask", "relatedTo": .to(.deal, "d9")])
    school.put(.activity, "a2", ["subject": "Tell", "relatedTo": .to(.deal, "d9")])
    return school
  }

  private static func row(_ school: School, _ view: HealthView) -> HealthRow? {
    school.health(ListRequest(view: view.rawValue), look(as: "u1", .admin)).list.rows.first {
      $0.id == "Activity.pointer"
    }
  }

  private static func ignoring(_ school: School) throws -> School {
    var school = school
    let finding = HealthFinding(try #require(row(school, .toFix)))
    let edit = try Intent.ignore(finding).edit(
      Editor(school: school, viewpoint: look(as: "u1", .admin)))
    #expect(edit.writes.isEmpty)
    for change in edit.snoozes { school.apply(change) }
    return school
  }

  @Test func `what is ignored stands in its own view and is counted there`() throws {
    let school = try Self.ignoring(Self.school())
    #expect(Self.row(school, .toFix) == nil)
    #expect(Self.row(school, .ignored)?.isIgnored == true)
    #expect(Self.row(school, .all)?.isIgnored == true)
    let views = school.health(ListRequest(), look(as: "u1", .admin)).views
    #expect(views.map(\.id) == ["to-fix", "ignored", "all"])
    #expect(views[1].count == 1)
  }

  @Test func `one row more brings the finding back, one less does not`() throws {
    var school = try Self.ignoring(Self.school())
    school.remove(.activity, id: "a2")
    #expect(Self.row(school, .toFix) == nil)
    school.put(.activity, "a3", ["subject": "Tell", "relatedTo": .to(.deal, "d9")])
    school.put(.activity, "a4", ["subject": "Tell", "relatedTo": .to(.deal, "d9")])
    #expect(Self.row(school, .toFix)?.found == 3)
    #expect(Self.row(school, .ignored) == nil)
  }

  @Test func `it can be heeded again, and nothing found cannot be ignored`() throws {
    var school = try Self.ignoring(Self.school())
    let finding = HealthFinding(try #require(Self.row(school, .ignored)))
    let edit = try Intent.heed(finding).edit(
      Editor(school: school, viewpoint: look(as: "u1", .admin)))
    for change in edit.snoozes { school.apply(change) }
    #expect(Self.row(school, .toFix)?.found == 2)
    let clean = HealthFinding(try #require(Self.row(School.whole(), .all)))
    #expect(throws: Refusal("Nothing was found by this check.")) {
      try Intent.ignore(clean).edit(Editor(school: school, viewpoint: look(as: "u1", .admin)))
    }
  }

  @Test func `a school that is kept up to date says the same`() throws {
    var school = Self.school()
    let live = LiveSchool()
    live.complete = school.complete
    for id in ["a1", "a2"] {
      live.put(.activity, id, ["subject": "Ask", "relatedTo": .to(.deal, "d9")])
    }
    let before = live.answer(.health(ListRequest()), look(as: "u1", .admin), previous: [])
    let edit = try Intent.ignore(HealthFinding(try #require(Self.row(school, .toFix))))
      .edit(Editor(school: school, viewpoint: look(as: "u1", .admin)))
    for change in edit.snoozes {
      school.apply(change)
      live.apply(change)
    }
    guard
      case .health(let kept) = live.answer(
        .health(ListRequest()), look(as: "u1", .admin), previous: []),
      case .health(let old) = before
    else {
      Issue.record("no answer")
      return
    }
    #expect(kept.list.ids == school.health(ListRequest(), look(as: "u1", .admin)).list.ids)
    #expect(old.list.rows.count == kept.list.rows.count + 1)
  }
}
