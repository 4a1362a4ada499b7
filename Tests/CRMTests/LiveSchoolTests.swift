import TestRandom
import CRM
import ParseCore
import Testing

/// Whatever changes in whatever order, a kept answer equals the one worked out from all rows.
@Suite struct LiveSchoolTests {
  @Test(arguments: 1...6)
  func `kept answers equal those of all rows`(seed: UInt64) {
    var change = RandomChanges(seed: seed)
    let live = LiveSchool()
    live.complete = Set(SchoolClass.allCases)
    for _ in 0..<150 { change.apply(to: live) }
    let requests = change.requests()
    var viewpoint = look()
    var orders: [ViewRequest: RecordIDs] = [:]
    for step in 0..<40 {
      // Now and then a burst, such as a sync brings.
      let count = step % 8 == 7 ? 80 : change.random.next(4)
      for _ in 0..<count { change.apply(to: live) }
      if step % 3 == 2 { viewpoint.now = viewpoint.now.advanced(bySeconds: 60 * 97) }
      if step % 20 == 19 { viewpoint.now = viewpoint.now.advanced(bySeconds: 86_400 * 9) }
      if step == 25 { live.complete.remove(.attempt) }
      for _ in 0..<change.random.next(12) where !live.prepare(7) { break }
      for request in requests where change.random.next(6) == 0 {
        let previous = orders[request] ?? []
        let kept = live.answer(request, viewpoint, previous: previous)
        let whole = live.school.answer(request, viewpoint, previous: previous)
        #expect(difference(kept, whole) == nil, "step \(step), \(request)")
        orders[request] = kept.order
      }
    }
  }

  /// A row that was made here gets the server's id while screens are being made ready: the one is
  /// removed and the other comes.
  @Test(arguments: 0..<24)
  func `rows go and come between any two steps of making ready`(steps: Int) throws {
    var change = RandomChanges(seed: 7)
    let live = LiveSchool()
    live.complete = Set(SchoolClass.allCases)
    for _ in 0..<150 { change.apply(to: live) }
    _ = live.answer(.tickets(ListRequest()), look())
    for _ in 0..<steps { _ = live.prepare() }
    let school = live.school
    let last: [(SchoolClass, RecordID?)] = [
      (.activity, school.activities.all.last?.id), (.contact, school.contacts.all.last?.id),
      (.company, school.companies.all.last?.id), (.course, school.courses.all.last?.id),
      (.student, school.students.all.last?.id), (.ticket, school.tickets.all.last?.id),
      (.deal, school.deals.all.last?.id), (.attempt, school.attempts.all.last?.id),
    ]
    for (kind, id) in last { live.remove(kind, id: try #require(id)) }
    for _ in 0..<20 { change.apply(to: live) }
    for request in change.requests() {
      let difference = difference(
        live.answer(request, look()), live.school.answer(request, look()))
      #expect(difference == nil, "\(request)")
    }
  }

  @Test func `a removed row leaves the one that takes its place as it was`() {
    let live = LiveSchool()
    live.complete = Set(SchoolClass.allCases)
    for number in 1...3 {
      live.put(.ticket, "t\(number)", ["ticketNumber": .string("T-\(number)")])
    }
    let request = ViewRequest.tickets(ListRequest(view: "all", sort: "number"))
    #expect(live.answer(request, look()).order == ["t1", "t2", "t3"])
    live.put(.ticket, "t4", ["ticketNumber": "T-4"])
    live.remove(.ticket, id: "t1")
    #expect(live.answer(request, look()).order == ["t2", "t3", "t4"])
    live.remove(.ticket, id: "t4")
    live.remove(.ticket, id: "t9")
    #expect(live.answer(request, look()).order == ["t2", "t3"])
  }
}

extension LiveSchool {
  func put(_ kind: SchoolClass, _ id: String, _ fields: JSONObject) {
    let object = ParseObject(
      className: kind.rawValue, objectId: id, createdAt: ago(days: 100), updatedAt: ago(days: 1),
      fields: fields)
    upsert(kind, RecordFields(id: id, object: object, isUnsent: false))
  }
}
