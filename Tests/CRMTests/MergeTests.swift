import CRM
import ParseCore
import Testing

/// Two records of the same person or company made one.
struct MergeTests {
  private let admin = look(as: "boss", .admin)

  /// Ida twice, with two deals and two activities at the second; kai made all of it.
  private static func school() -> School {
    var school = School.whole()
    let kai: JSON = .to(.user, "kai")
    school.put(.user, "kai", ["username": "kai"])
    school.put(.company, "co", ["name": "Nordlicht", "createdBy": kai])
    school.put(
      .contact, "ida",
      ["name": "Ida", "email": "Ida@Example.org", "notes": "Calls back.", "createdBy": kai])
    school.put(
      .contact, "twin", created: ago(days: 30),
      [
        "name": "Ida L.", "email": "ida@example.ORG", "phone": "+49 30 1",
        "company": .to(.company, "co"), "notes": "Pays late.", "createdBy": kai,
      ])
    for id in ["d1", "d2"] {
      school.put(
        .deal, id,
        [
          "title": .string("deal \(id)"), "stage": "lead", "contact": .to(.contact, "twin"),
          "assignedTo": kai,
        ])
    }
    school.put(
      .activity, "a1",
      ["type": "call", "subject": "Ask", "relatedTo": .to(.contact, "twin"), "createdBy": kai])
    // Of a deal with the same id as the contact: it stays.
    school.put(
      .activity, "a2",
      ["type": "call", "subject": "Stay", "relatedTo": .to(.deal, "twin"), "createdBy": kai])
    return school
  }

  private static let notes =
    "Calls back.\nPays late.\n[merged] name Ida L."

  private static func writes(keeping kept: String, deleting gone: String) -> [Edit.Write] {
    let pointer = ParseCore.Operation.set(.to(.contact, kept))
    return ["d1", "d2"].map { .update(.deal, id: $0, changes: ["contact": pointer]) } + [
      .update(.activity, id: "a1", changes: ["relatedTo": pointer]),
      .update(
        .contact, id: kept,
        changes: [
          "phone": .set("+49 30 1"), "company": .set(.to(.company, "co")),
          "notes": .set(.string(notes)),
        ]), .delete(.contact, id: gone),
    ]
  }

  @Test func `what points at the one that goes is moved, the other is filled, then it goes`()
    throws
  {
    let editor = Editor(school: Self.school(), viewpoint: admin)
    let edit = try editor.merge(Merge(kept: .contact("ida"), gone: "twin"))
    #expect(edit.writes == Self.writes(keeping: "ida", deleting: "twin"))
    #expect(edit.words == "Ida L. merged into Ida, 2 deals, 1 activity pointed anew")
  }

  @Test func `the preview says what becomes of every value`() throws {
    let preview = try #require(
      Self.school().mergePreview(MergeRequest(.contact("ida")), admin))
    let plan = preview.plan
    #expect(preview.doubles == ["twin"] && preview.other == "twin")
    let fates = Dictionary(uniqueKeysWithValues: plan.fields.map { ($0.label, $0.fate) })
    #expect(
      fates == [
        "name": .noted, "e-mail": .same, "phone": .filled, "company": .filled,
        "notes": .joined, "recorded": .lost,
      ])
    #expect(plan.fields.last?.gone == "Wed 21 Oct 2026 by kai")
    #expect(plan.notes == Self.notes)
    #expect(plan.deals.map(\.title) == ["deal d1", "deal d2"])
    #expect(plan.activities.map(\.subject) == ["Ask"])
    #expect(plan.own.deals == 0 && plan.own.activities == 0 && plan.refusal == nil)
  }

  @Test func `the other one can be kept, and of several doubles each be chosen`() throws {
    var school = Self.school()
    school.put(.contact, "third", ["name": "Ida M.", "email": "ida@example.org"])
    let asked = MergeRequest(.contact("ida"), keepsOther: true)
    let preview = try #require(school.mergePreview(asked, admin))
    #expect(preview.doubles == ["twin", "third"])
    #expect(preview.plan.merge == Merge(kept: .contact("twin"), gone: "ida"))
    #expect(preview.plan.own.deals == 2 && preview.plan.movedCount == 0)
    #expect(
      try Editor(school: school, viewpoint: admin).merge(preview.plan.merge).writes == [
        .update(
          .contact, id: "twin",
          changes: ["notes": .set("Pays late.\nCalls back.\n[merged] name Ida")]),
        .delete(.contact, id: "ida"),
      ])
    let next = try #require(
      school.mergePreview(MergeRequest(.contact("ida"), other: "third"), admin))
    #expect(next.other == "third" && next.plan.merge.gone == "third")
    #expect(school.mergePreview(MergeRequest(.contact("nobody")), admin) == nil)
  }

  @Test func `values that differ in their writing only are the same`() throws {
    var school = School.whole()
    school.put(
      .contact, "a", ["name": "Bo", "email": "BO@example.org", "phone": "+49 (30) 1-2"])
    school.put(.contact, "b", ["name": "Bo ", "email": "bo@example.org", "phone": "+49 3012"])
    let edit = try Editor(school: school, viewpoint: admin)
      .merge(Merge(kept: .contact("a"), gone: "b"))
    #expect(edit.writes == [.delete(.contact, id: "b")])
    #expect(edit.words == "Bo merged into Bo")
  }

  @Test func `of a company its contacts and its deals are moved`() throws {
    var school = School.whole()
    school.put(.company, "co", ["name": "Nordlicht", "website": "https://nord.example"])
    school.put(
      .company, "twin",
      ["name": "Nordlicht", "website": "www.nord.example/de", "address": "Hafen 1"])
    school.put(.contact, "bo", ["name": "Bo", "company": .to(.company, "twin")])
    school.put(.deal, "d1", ["title": "Licences", "company": .to(.company, "twin")])
    let preview = try #require(school.mergePreview(MergeRequest(.company("co")), admin))
    #expect(preview.plan.movedWords == "1 contact, 1 deal")
    let pointer = ParseCore.Operation.set(.to(.company, "co"))
    #expect(
      try Editor(school: school, viewpoint: admin).merge(preview.plan.merge).writes == [
        .update(.deal, id: "d1", changes: ["company": pointer]),
        .update(.contact, id: "bo", changes: ["company": pointer]),
        .update(
          .company, id: "co",
          changes: [
            "address": .set("Hafen 1"), "notes": .set("[merged] website www.nord.example/de"),
          ]),
        .delete(.company, id: "twin"),
      ])
    #expect(school.partyCard(.company("co"), admin)?.twins.map(\.id) == ["twin"])
  }

  private static let refusals: [(String, Role, @Sendable (inout School) -> Void, String)] = [
    (
      "noor", .sales, { _ in }, "Only an admin or whoever made it can delete a contact."
    ),
    ("mara", .coordinator, { _ in }, "Contacts are not open to coordinators."),
    (
      "kai", .sales,
      { $0.put(.contact, "ida", ["name": "Ida", "createdBy": .to(.user, "noor")]) },
      "Only an admin or whoever made it can update a contact."
    ),
    (
      "kai", .sales,
      {
        $0.put(
          .deal, "d2",
          [
            "title": "Theirs", "contact": .to(.contact, "twin"), "assignedTo": .to(.user, "noor"),
          ])
      }, "Only an admin or the owner can update a deal: Theirs."
    ),
    (
      "kai", .sales,
      {
        $0.put(
          .activity, "a1",
          [
            "type": "call", "subject": "Ask", "relatedTo": .to(.contact, "twin"),
            "createdBy": .to(.user, "noor"),
          ])
      }, "Only an admin or whoever made it can update an activity: call Ask."
    ),
    (
      "boss", .admin, { $0.complete.remove(.deal) },
      "Not all deals are here yet; wait until they are."
    ),
    (
      "boss", .admin,
      {
        let long = JSON.string(String(repeating: "x", count: 3990))
        $0.put(.contact, "ida", ["name": "Ida", "notes": long])
      }, "The notes of both are too long for one record; shorten one first."
    ),
    (
      "boss", .admin, { $0.remove(.contact, id: "twin") },
      "One of the two contacts is not here any more."
    ),
  ]

  @Test(arguments: refusals.indices)
  func `who may not do a part of it does nothing of it`(index: Int) {
    let (user, role, change, words) = Self.refusals[index]
    var school = Self.school()
    change(&school)
    let viewpoint = look(as: user, role)
    let merge = Merge(kept: .contact("ida"), gone: "twin")
    #expect(throws: Refusal(words)) {
      try Editor(school: school, viewpoint: viewpoint).merge(merge)
    }
    let request = MergeRequest(.contact("ida"), other: "twin", keepsOther: false)
    if let preview = school.mergePreview(request, viewpoint) {
      #expect(preview.plan.refusal == Refusal(words))
    }
  }

  @Test func `where only the other way round is allowed, that is proposed`() throws {
    var school = Self.school()
    school.put(
      .contact, "twin",
      ["name": "Ida", "email": "ida@example.org", "createdBy": .to(.user, "noor")])
    for id in ["d1", "d2"] { school.remove(.deal, id: id) }
    school.remove(.activity, id: "a1")
    school.put(
      .contact, "ida", ["name": "Ida", "email": "ida@example.org", "createdBy": .to(.user, "kai")])
    let preview = try #require(
      school.mergePreview(MergeRequest(.contact("ida")), look(as: "kai", .sales)))
    #expect(preview.plan.merge == Merge(kept: .contact("twin"), gone: "ida"))
    #expect(preview.plan.refusal == nil && !preview.plan.seesAll)
  }
}
