import CRM
import ParseCore
import Testing

/// A table against a plain dictionary, under changes drawn from few ids and few targets.
struct RecordTableTests {
  private static let ids = (0..<300).map { "d\($0)" }

  private func deal(_ id: String, _ company: String?) -> Deal {
    var fields: JSONObject = [:]
    if let company { fields["company"] = .to(.company, company) }
    return Deal(
      RecordFields(
        id: id, object: ParseObject(className: "Deal", objectId: id, fields: fields),
        isUnsent: false))
  }

  @Test(arguments: 1...4) func `rows are found by id and by what they point to`(seed: UInt64) {
    var state = seed
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    var table = RecordTable<Deal>()
    var model: [String: String?] = [:]
    for step in 0..<4000 {
      let id = Self.ids[next(step < 2000 ? 300 : 40)]
      if next(3) == 0 {
        table.remove(id)
        model[id] = nil
      } else {
        let company = next(5) == 0 ? nil : "c\(next(12))"
        table.upsert(deal(id, company))
        model[id] = .some(company)
      }
      if step % 97 == 0 { expect(table, model) }
    }
    for id in Self.ids { table.remove(id) }
    expect(table, [:])
  }

  private func expect(_ table: RecordTable<Deal>, _ model: [String: String?]) {
    #expect(Set(table.all.map(\.id)) == Set(model.keys))
    #expect(table.count == model.count)
    for id in Self.ids {
      #expect(table[id]?.id == (model[id] == nil ? nil : id))
      #expect(table.position(of: id).map { table.all[$0].id } == (model[id] == nil ? nil : id))
    }
    let companies = Dictionary(grouping: model.keys) { model[$0] ?? nil }
    #expect(Set(table.targets(.company)) == Set(companies.keys.compactMap { $0 }))
    for number in 0..<12 {
      let wanted = companies["c\(number)"] ?? []
      let found = table.positions(.company, "c\(number)")
      #expect(found == found.sorted())
      #expect(Set(found.map { table.all[$0].id }) == Set(wanted))
      #expect(table.contains(.company, "c\(number)") == !wanted.isEmpty)
      if let first = found.first {
        #expect(table.sharesTarget(.company, table.all[first]) == (wanted.count > 1))
      }
    }
  }
}
