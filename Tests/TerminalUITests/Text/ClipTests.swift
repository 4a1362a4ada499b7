import Foundation
import Testing

@testable import TerminalUI

struct ClipTests {
  @Test(arguments: [
    ("T-4821", "T-4821"), ("−32 pp", "-32 pp"), ("a\tb\nc", "a b c"),
    ("x\u{1B}]52;c;ZXZpbA==\u{07}y", "x␛]52;c;ZXZpbA==·y"), ("safe\u{202E}evil", "safeevil"),
    ("rm -rf /\r", "rm -rf / "),
  ])
  func `a line is clean before it is copied`(raw: String, copied: String) {
    #expect(Clip(SafeLine(raw)).text == copied)
  }

  @Test func `a table is fields parted by tabs, and nothing in a field parts them`() {
    let clip = Clip(rows: [["Ticket", "Subject"], ["T-1", SafeLine("a\tb\nc")], ["", "−"]])
    #expect(clip.text == "Ticket\tSubject\nT-1\ta b c\n\t-")
  }

  @Test func `the sequence holds the text in base64 and ends once`() throws {
    let bytes = try #require(Clip(SafeLine("藤乃木\u{07}")).sequence)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("\u{1B}]52;c;") && bytes.filter { $0 == 7 }.count == 1)
    let encoded = text.dropFirst(7).dropLast()
    let data = try #require(Data(base64Encoded: String(encoded)))
    #expect(String(decoding: data, as: UTF8.self) == "藤乃木·")
  }

  @Test func `what is longer than terminals take has no sequence`() {
    let most = Clip.limit / 4 * 3
    #expect(Clip(SafeLine(String(repeating: "a", count: most))).sequence != nil)
    #expect(Clip(SafeLine(String(repeating: "a", count: most + 3))).sequence == nil)
  }
}
