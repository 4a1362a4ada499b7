import TestRandom
import ParseCore
import Testing

struct JSONTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-1", "9007199254740993", "-9223372036854775808",
    "9223372036854775807", "18446744073709551616", "1e400", "1E5", "-0", "-0.0", "0.1", "1.50",
    "3.141592653589793238462643383279", #""""#, #""é 😀 \" \\ \n\t\r""#, "[]", "{}", "[1,[2,[]]]",
    #"{"b":1,"a":{"c":[null]}}"#, #""\u0000\u001f\u007f""#,
  ])
  func `text survives reading and writing byte for byte`(_ text: String) throws {
    #expect(try JSON(text: text).text == text)
  }

  @Test(arguments: [
    (#"" \/ \u00e9 \ud83d\ude00 \b\f""#, #"" / é 😀 \u0008\u000c""#),
    (" [ 1 , 2 ] \r\n", "[1,2]"),
    (#"{"a":1,"b":2,"a":3}"#, #"{"b":2,"a":3}"#),
  ])
  func `other spellings come out in the one form`(_ text: String, _ plain: String) throws {
    #expect(try JSON(text: text).text == plain)
  }

  @Test(arguments: [#""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\u0041""#])
  func `a lone surrogate becomes the replacement character`(_ text: String) throws {
    let value = try #require(try JSON(text: text).string)
    #expect(value.unicodeScalars.contains("\u{FFFD}"))
  }

  @Test(arguments: [
    ("", JSONError.Reason.unexpectedEnd, 0), ("[", .unexpectedEnd, 1),
    ("{\"a\"", .unexpectedEnd, 4),
    ("\"abc", .unexpectedEnd, 4), ("tru", .unexpectedEnd, 3), ("nulL", .unexpectedByte, 3),
    ("[1,]", .unexpectedByte, 3), ("{,}", .unexpectedByte, 1), ("{a:1}", .unexpectedByte, 1),
    ("01", .badNumber, 0), ("-", .badNumber, 0), ("1.", .badNumber, 0), ("1e", .badNumber, 0),
    ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0),
    ("\"\u{1}\"", .badString, 1), (#""\x""#, .badString, 2), (#""\u12g4""#, .badString, 5),
    ("1 2", .trailingBytes, 2), ("{}}", .trailingBytes, 2), ("'a'", .unexpectedByte, 0),
  ])
  func `what is not JSON is refused where it shows`(
    _ text: String, _ reason: JSONError.Reason, _ offset: Int
  ) {
    let error = #expect(throws: JSONError.self) { try JSON(text: text) }
    #expect(error?.reason == reason)
    #expect(error?.offset == offset)
  }

  @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]])
  func `bytes that are not UTF-8 are refused`(_ bytes: [UInt8]) {
    #expect(throws: JSONError(reason: .badString, offset: 1)) { try JSON(bytes: bytes) }
  }

  @Test func `nesting has an end and does not crash`() throws {
    let deepest = String(repeating: "[", count: 511) + String(repeating: "]", count: 511)
    #expect(try JSON(text: deepest).text == deepest)
    let error = #expect(throws: JSONError.self) {
      try JSON(text: String(repeating: "[", count: 200_000))
    }
    #expect(error?.reason == .tooDeep)
  }

  @Test func `of many members with one name the last counts`() throws {
    let members = (0..<100).map { #""k\#($0 % 50)":\#($0)"# }.joined(separator: ",")
    let object = try #require(try JSON(text: "{\(members)}").object)
    #expect(object.count == 50)
    #expect(object["k3"]?.int == 53)
  }

  @Test func `text is equal by its bytes and numbers by amount`() {
    #expect(JSON.string("é") != JSON.string("e\u{301}"))
    #expect(JSON.string("a\u{323}\u{307}") != JSON.string("a\u{307}\u{323}"))
    #expect(JSON.number(.integer(5)) == JSON.number(.double(5)))
    #expect(JSON.number(.literal("5.0")) == 5)
    #expect(JSON.integer(1).hashValue == JSON.number(.double(1)).hashValue)
    #expect(JSONNumber(literal: "12.50").text == "12.50")
  }

  @Test func `members are equal in any order`() {
    let left: JSON = ["a": 1, "b": [1, 2]]
    let right: JSON = ["b": [1, 2], "a": 1]
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(left != ["a": 1])
  }

  @Test func `whatever is written reads back the same`() throws {
    var random = SplitMix(1)
    for _ in 0..<500 {
      let value = random.json(depth: 4)
      #expect(try JSON(bytes: value.bytes) == value)
    }
  }

  @Test func `any bytes are read or refused`() {
    var random = SplitMix(2)
    let pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d800", "-", "1", "e", ".", "t"]
    var read = 0
    for _ in 0..<3000 {
      let count = Int.random(in: 0..<24, using: &random)
      let bytes =
        Bool.random(using: &random)
        ? random.bytes(count) : Array((0..<count).map { _ in random.pick(pieces) }.joined().utf8)
      if let value = try? JSON(bytes: bytes) {
        read += 1
        #expect((try? JSON(bytes: value.bytes)) == value)
      }
    }
    #expect(read > 0)
  }

  @Test func `a changed byte never breaks the reader`() throws {
    var random = SplitMix(3)
    let whole = #"{"a":[1,-2.5e3,"x\u00e9\n",true,null],"b":{"c":"😀"}}"#
    for _ in 0..<2000 {
      var bytes = Array(whole.utf8)
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
      if let value = try? JSON(bytes: bytes) { #expect(!value.bytes.isEmpty) }
    }
  }
}
