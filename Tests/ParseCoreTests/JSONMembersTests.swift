import ParseCore
import Testing

struct JSONMembersTests {
  private func members(_ text: String) throws -> JSONMembers {
    try JSONMembers(bytes: Array(text.utf8))
  }

  @Test func `fields are read by name and type`() throws {
    let row = try members(
      #"{"t":"a\"é","n":-1.5,"b":true,"f":false,"z":null,"d":{"__type":"Date","iso":"2026-11-20T14:06:00.000Z"},"#
        + #""createdAt":"2026-11-20T14:06:00.000Z","ACL":{"*":{"read":true},"x":["}",{}]},"last":7}"#
    )
    let date = ParseDate(iso: "2026-11-20T14:06:00.000Z")
    #expect(row.text("t") == "a\"é")
    #expect(row.number("n")?.double == -1.5)
    #expect(row.bool("b") == true)
    #expect(row.bool("f") == false)
    #expect(row.text("z") == nil)
    #expect(row.bool("z") == nil)
    #expect(row.date("d") == date)
    #expect(row.date("createdAt") == date)
    #expect(row.number("last")?.int == 7)
    #expect(row.text("absent") == nil)
  }

  @Test(arguments: [
    #"{"p":{"__type":"Pointer","className":"Deal","objectId":"x1"}}"#,
    #"{"p":{"objectId":"x1","className":"Deal","__type":"Object","title":"y"}}"#,
    #"{"p":[{"__type":"Pointer","className":"Deal","objectId":"x1"}]}"#,
    #"{"p":{"className":"Deal","objectId":"x1"}}"#,
  ])
  func `a pointer is read in all its forms`(text: String) throws {
    #expect(try members(text).pointer("p") == Pointer(className: "Deal", objectId: "x1"))
  }

  @Test(arguments: [
    #"{"p":[]}"#, #"{"p":"x"}"#, #"{"p":{}}"#, #"{"p":null}"#, "{}",
    #"{"p":{"className":"Deal","objectId":"x1","title":"y"}}"#,
  ])
  func `what is no pointer reads as missing`(text: String) throws {
    #expect(try members(text).pointer("p") == nil)
  }

  @Test(arguments: ["", "[]", "{", #"{"a""#, #"{"a":"#, #"{"a":"b"#, #"{"a":{"#, #"{"a\"#])
  func `bytes that end too soon are an error`(text: String) {
    #expect(throws: JSONError.self) { try members(text) }
  }

  @Test func `it says what the whole reader says`() throws {
    var random = UInt64(7)
    for _ in 0..<500 {
      var object = JSONObject()
      for index in 0..<6 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        object["k\(index)"] = random >> 60 < 8 ? .string("v\(random)") : .integer(Int(random >> 40))
      }
      let row = try JSONMembers(bytes: JSON.object(object).bytes)
      for member in object.members {
        #expect(row.text(member.key) == member.value.string)
        #expect(row.number(member.key) == member.value.number)
      }
    }
  }
}
