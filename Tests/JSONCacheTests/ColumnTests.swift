import GRDB
import ParseCore
import Testing

@testable import JSONCache

/// What is written beside a document, against what SQLite reads out of it.
struct ColumnTests {
  private static let big = JSON.number(.integer(9_007_199_254_740_993))

  /// A value, and whether a column of the kind tells where it stands.
  private static let cases: [(field: String, value: JSON, stored: ColumnValues.Value?)] = [
    ("stage", "won", .text("won")), ("stage", nil, nil), ("stage", 3, .other),
    ("stage", ["won"], .other), ("stage", "a\u{0}b", .other),
    ("amount", 5, .integer(5)), ("amount", 2.5, .real(2.5)), ("amount", "5", .other),
    ("amount", .number(JSONNumber(literal: "1e3")), .real(1000)), ("amount", big, .other),
    ("amount", .number(JSONNumber(literal: "-1e300")), .other),
    ("amount", 9_007_199_254_740_992, .integer(9_007_199_254_740_992)),
    ("dueDate", noon.json, .text(noon.iso)), ("dueDate", .string(noon.iso), .other),
    ("dueDate", ["__type": "Date", "iso": "2026-02-31T00:00:00.000Z"], .other),
    ("dueDate", ["__type": "Date", "iso": "2026-11-21T02:00:00+02:00"], .other),
    ("dueDate", ["iso": .string(noon.iso)], .other),
    ("contact", Pointer(className: "Contact", objectId: "c").json, .text("c")),
    ("contact", [Pointer(className: "Contact", objectId: "c").json], .text("c")),
    ("contact", [], .other), ("contact", ["objectId": "c"], .other),
    ("contact", ["__type": "Object", "className": "Contact", "objectId": "c"], .text("c")),
  ]

  @Test(arguments: cases.indices)
  func `a column holds the value, or says that it cannot`(index: Int) throws {
    let (field, value, stored) = Self.cases[index]
    let place = try #require(DocumentColumn.places[field])
    let columns = ColumnValues(deal("d", [field: value]))
    #expect(columns.values.first { $0.place == place }?.value == stored)
    #expect(columns.isOdd == (stored == .other))
    let time = DocumentColumn.places["updatedAt"]
    #expect(columns.values.first { $0.place == time }?.value == .text(noon.iso))
  }

  @Test func `a time beyond four digits of the year is odd`() {
    let late = ParseObject(
      className: "Deal", objectId: "d", updatedAt: ParseDate(milliseconds: 300_000_000_000_000))
    #expect(ColumnValues(late).isOdd)
    #expect(!ColumnValues(ParseObject(className: "Deal", objectId: "d")).isOdd)
  }

  /// All writes of a document: a new row, its change, an edit over it, a new id in place of a local
  /// one.
  @Test func `columns follow the document through every write`() throws {
    let store = try makeStore()
    func column(_ name: String, _ id: String) throws -> String? {
      try store.read { db in
        try String.fetchOne(
          db, sql: "SELECT \(name) FROM documents WHERE id = ?", arguments: [id])
      }
    }
    try store.receive([deal("d", ["stage": "lead"])], .fill)
    #expect(try column("stage", "d") == "lead")
    try store.receive([deal("d", updated: 5, ["stage": "won"])], .fill)
    #expect(try column("stage", "d") == "won")
    #expect(try column("updatedAt", "d") == at(5).iso)
    try store.update("d", ["stage": .delete])
    #expect(try column("stage", "d") == nil)

    let edit = Edit("Contact", id: nil, .create(["fullName": .set("a")]))
    let contact = try #require(try store.perform([edit], group: "g", now: noon).first)
    let target = Pointer(className: "Contact", objectId: contact.id)
    try store.update("d", ["contact": .set(target.json)])
    #expect(try column("contact", "d") == contact.id)
    let answer: JSONObject = ["objectId": "c1", "createdAt": .string(noon.iso)]
    try store.acknowledge(try #require(contact.record), answer: answer, now: noon)
    #expect(try column("contact", "d") == "c1")
    #expect(try store.field("contact", "d")?["objectId"] == "c1")
  }

  @Test func `a row of a fill that is here already is merged`() throws {
    let store = try makeStore()
    try store.receive([deal("d", updated: 9, ["stage": "won"])], .delta())
    try store.update("d", ["title": .set("mine")])
    #expect(try store.receive([deal("d", updated: 3, ["stage": "lead"])], .fill) == 0)
    #expect(try store.receive([deal("d", updated: 12, ["stage": "lost"])], .fill) == 1)
    #expect(try store.field("stage", "d") == "lost")
    #expect(try store.field("title", "d") == "mine")
  }
}
