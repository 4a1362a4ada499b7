import TestRandom
import ParseCore
import Testing

struct ParseObjectTests {
  @Test func `a row reads and writes`() throws {
    let text =
      #"{"objectId":"d","createdAt":"2026-01-02T03:04:05.678Z","#
      + #""updatedAt":"2026-01-03T03:04:05.000Z","title":"a","ACL":{"*":{"read":true}}}"#
    let object = ParseObject(className: "Deal", json: try #require(try JSON(text: text).object))
    #expect(object.json.text == text)
    #expect(object.pointer == Pointer(className: "Deal", objectId: "d"))
    #expect(object["createdAt"] == "2026-01-02T03:04:05.678Z")
    #expect(object["title"] == "a")
    #expect(object["none"] == nil)
  }

  /// By the plain writer, with the fields in byte order.
  @Test(arguments: 1...20)
  func `ordered bytes are the wire form in byte order`(seed: UInt64) throws {
    var chance = SplitMix(seed)
    var object = ParseObject(className: "Deal")
    if seed % 2 == 0 { object.objectId = "d\(seed)" }
    if seed % 3 == 0 { object.createdAt = ParseDate(milliseconds: Int64(seed) * 98_765_432_109) }
    if seed % 5 == 0 { object.updatedAt = ParseDate(milliseconds: -Int64(seed) * 123_456_789) }
    let names = ["a", "", "ab", "abcdefgh", "abcdefghi", "abcdefgz", "é", "e\u{301}", "Z", "\"q"]
    for name in names.shuffled(using: &chance).prefix(Int(seed % 11)) {
      object.fields[name] = chance.json(depth: 2)
    }
    var sorted = object
    sorted.fields = JSONObject(
      object.fields.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    #expect(object.orderedBytes == JSON.object(sorted.json).bytes)
  }

  /// An order that fits writes as the object's own would.
  @Test(arguments: [
    (["a", "b"], ["a", "b"], true), (["b", "a"], ["b", "a"], true),
    (["a", "b"], ["b", "a"], false),
    (["a"], ["a", "b"], false), ([], [], true), (["é"], ["é"], false),
    // The Kelvin sign, which Swift takes for the letter.
    (["K"], ["\u{212A}"], false), (["abcdefghijklmnopq"], ["abcdefghijklmnopq"], true),
  ])
  func `an order of fields is for those names in that order`(
    _ names: [String], _ others: [String], _ fits: Bool
  ) {
    func fields(_ names: [String]) -> JSONObject {
      JSONObject(names.map { JSONObject.Member(key: $0, value: .string($0)) })
    }
    let order = FieldOrder(fields(names))
    #expect(order.fits(fields(others)) == fits)
    guard fits else { return }
    let object = ParseObject(className: "Deal", fields: fields(others))
    var buffer = ByteWriter(capacity: 1)
    object.writeOrdered(into: &buffer, order)
    #expect(buffer.bytes == object.orderedBytes)
  }

  @Test(arguments: [0, 63, 64, 65, 5000])
  func `what is written grows beyond the room for it`(_ length: Int) throws {
    let text = String(repeating: "x", count: length)
    let values: [JSON] = [.string(text), .string(text + "\n"), .integer(-7), true, nil]
    let json = JSON.array(values)
    #expect(try JSON(bytes: json.bytes) == json)
    #expect(json.text == "[\"\(text)\",\"\(text)\\n\",-7,true,null]")
  }

  @Test func `dates of an expanded object may be typed`() {
    let date = ParseDate(milliseconds: 1_000)
    let object = ParseObject(
      className: "Deal", json: ["__type": "Object", "className": "Deal", "createdAt": date.json])
    #expect(object.createdAt == date)
    #expect(object.fields.isEmpty)
  }

  @Test func `a pointer is read from its expanded object too`() {
    let pointer = Pointer(className: "_User", objectId: "u")
    #expect(Pointer(pointer.json) == pointer)
    #expect(
      Pointer(["__type": "Object", "className": "_User", "objectId": "u", "name": "x"]) == pointer)
    #expect(Pointer(["className": "_User", "objectId": "u"]) == nil)
    #expect(Pointer(nil) == nil)
  }

  @Test func `rights belong to everyone, a user or a role`() {
    let acl = ACL(["*": ["read": true], "u": ["read": true, "write": true], "role:x": [:]])
    #expect(acl.allowsRead(to: ["*"]))
    #expect(!acl.allowsWrite(to: ["*", "role:x"]))
    #expect(acl.allowsWrite(to: ["*", "u"]))
    #expect(acl.json.text == #"{"*":{"read":true},"role:x":{},"u":{"read":true,"write":true}}"#)
  }
}
