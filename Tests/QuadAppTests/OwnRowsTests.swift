import CRM
import ParseCore
import QuadApp
import Testing

/// What a rep may not change is said before the server says it, and the footer does not offer it.
struct OwnRowsTests {
  private func list(_ kind: SchoolClass, _ start: ScreenID, mine: Bool) throws -> AppFixture {
    var fixture = AppFixture(120, 40, as: "kai", start: start) { school in
      let maker = school.users.all.first { ($0.username == "kai") == mine }?.id ?? ""
      let fields: JSONObject = [
        "name": "Xyzzy", "subject": "Xyzzy", "type": "call",
        "createdBy": Pointer(className: "_User", objectId: maker).json,
      ]
      let object = ParseObject(className: kind.rawValue, objectId: "x", fields: fields)
      school.upsert(kind, RecordFields(id: "x", object: object, isUnsent: false))
    }
    if kind == .company { try fixture.type("b") }
    try fixture.type("/xyzzy<Enter>")
    return fixture
  }

  private static let cases: [(SchoolClass, ScreenID, keys: String, footer: String)] = [
    (.contact, .people, "eD", "e edit"), (.company, .people, "eD", "e edit"),
    (.activity, .activities, "we+-D", "w done"),
  ]

  @Test(arguments: cases.indices)
  func `a row of another is refused with the reason`(index: Int) throws {
    let (kind, start, keys, footer) = Self.cases[index]
    let own = try list(kind, start, mine: true)
    #expect(own.line(39).contains(footer))
    var fixture = try list(kind, start, mine: false)
    #expect(!fixture.line(39).contains(footer))
    for key in keys {
      try fixture.type(String(key))
      #expect(fixture.line(38).contains("Only an admin or whoever made it can"), "\(key)")
    }
    #expect(fixture.taken().isEmpty)
  }

  @Test func `of several marked activities the editor leaves out what is not the user's`() throws {
    var fixture = try list(.activity, .activities, mine: false)
    try fixture.type(" w")
    #expect(fixture.taken().count == 1)
    #expect(fixture.line(38).contains("Only an admin or whoever made it can update an activity."))
  }
}
