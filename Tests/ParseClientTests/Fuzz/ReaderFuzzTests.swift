import TestRandom
import Foundation
import ParseCore
import Testing

@testable import ParseClient

/// Whatever bytes come, the readers give a value or an error, and never a value that is not there.
@Suite(.serialized)
struct ReaderFuzzTests {
  static let answers = Exchange.all.map { Array($0.text("answer").utf8) }.filter { $0.count < 2000 }

  @Test func `JSON texts`() async throws {
    let words = [
      "[", "{\"a\":", "]", "}", "\"", "\\u0000", "\\ud83d", "\\ude00", "\\\"", "null", "true", ",",
      ":", "-0", "1e308", "1e-400", "0.1", "9223372036854775807", "18446744073709551616",
      "\u{FEFF}",
      " ", "\t", "é", "😀", "{\"__type\":\"Date\",\"iso\":\"2026-01-01T00:00:00.000Z\"}",
    ]
    let fuzzer = Fuzzer(name: "json", corpus: Self.answers, words: words)
    try await fuzzer.run(seed: 1) { input, _ in
      let value: JSON
      do throws(JSONError) {
        value = try JSON(bytes: input)
      } catch {
        // Foundation has its own limit on depth, guesses encodings from zero bytes and marks, and
        // takes a comma before the end of a list.
        let isPlain =
          !input.contains(0) && input.first != 0xEF && error.reason != .tooDeep
          && String(decoding: input, as: UTF8.self).firstMatch(of: /,\s*[\]}]/) == nil
        return isPlain && Self.isJSON(input)
          ? .broken("refused: \(error)")
          : .fine("\(error.reason) \(input.count.leadingZeroBitCount)")
      }
      let written = value.bytes
      guard (try? JSON(bytes: written)) == value else { return .broken("written differently") }
      // Digits beyond every number are kept as they are, which Foundation refuses. A lone surrogate
      // is written as the replacement character.
      guard Self.isBeyondNumbers(value) || Self.isJSON(written) else {
        return .broken("written as no JSON")
      }
      if value.object != nil, (try? JSONMembers(bytes: input)) == nil {
        return .broken("an object without places")
      }
      return .fine(Self.shape(value))
    }
  }

  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
  }

  private static func isBeyondNumbers(_ json: JSON) -> Bool {
    switch json {
    case .number(let number): !number.double.isFinite
    case .array(let items): items.contains(where: isBeyondNumbers)
    case .object(let object): object.members.contains { isBeyondNumbers($0.value) }
    default: false
    }
  }

  /// Kinds and their nesting, without the values.
  private static func shape(_ json: JSON, depth: Int = 0) -> String {
    if depth > 3 { return "…" }
    switch json {
    case .array(let items): return "[" + (items.first.map { shape($0, depth: depth + 1) } ?? "")
    case .object(let object):
      return "{" + (object.members.first.map { shape($0.value, depth: depth + 1) } ?? "")
        + "\(object.members.count.leadingZeroBitCount)"
    case .string: return "s"
    case .number: return "n"
    case .bool, .null: return "w"
    }
  }

  @Test func dates() async throws {
    let corpus = [
      "2026-11-21T00:29:13.051Z", "2026-11-21", "2026-11-21T00:29Z", "2026-11-21 00:29:13+02:00",
      "0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "2024-02-29T24:00:00Z",
      "Sun, 06 Nov 1994 08:49:37 GMT",
    ].map { Array($0.utf8) }
    let words = [
      "-", ":", "T", "Z", "+14:00", "-12:00", ".999", "0000", "9999", "02-29", " GMT", "é",
    ]
    try await Fuzzer(name: "date", corpus: corpus, words: words).run(seed: 2) { input, random in
      let text = String(decoding: input, as: UTF8.self)
      let own = ParseDate(milliseconds: Int64(random.next(253_402_300_800_000)))
      guard ParseDate(iso: own.iso) == own else { return .broken("its own form: \(own.iso)") }
      if let date = ParseDate(httpDate: text), ParseDate(iso: date.iso) != date {
        return .broken("of a header: \(date.iso)")
      }
      guard let date = ParseDate(iso: text) else { return .fine("no \(text.utf8.count)") }
      let back = ParseDate(iso: date.iso)
      return back == date ? .fine("date \(text.utf8.count)") : .broken("comes back as \(date.iso)")
    }
  }

  @Test func frames() async throws {
    let corpus: [[UInt8]] = [
      [0x81, 5] + Array("hello".utf8),
      [0x01, 3] + Array("hel".utf8) + [0x80, 2] + Array("lo".utf8),
      [0x89, 0], [0x8A, 1, 0x41], [0x88, 2, 0x03, 0xE8],
      [0x82, 126, 0x01, 0x00] + Array(repeating: 7, count: 256),
      [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0] + Array(repeating: 0x61, count: 65_536),
      [0x81, 0x85, 1, 2, 3, 4, 0, 0, 0, 0, 0], [0x81, 2, 0xC3, 0xA9],
    ]
    let words = ["\u{1}\u{0}", "\u{0}\u{3}", "é", "😀"]
    try await Fuzzer(name: "frame", corpus: corpus, words: words).run(seed: 3) { input, random in
      let whole = Self.events([input])
      var pieces: [[UInt8]] = []
      var rest = input[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 + random.next(1 + random.next(4096)))
        pieces.append(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      let apart = Self.events(pieces)
      guard whole.error == apart.error, whole.events == apart.events else {
        return .broken("pieces change \(whole) to \(apart)")
      }
      return .fine("\(whole.events.count) \(whole.error.map { "\($0)" } ?? "")")
    }
  }

  private static func events(
    _ pieces: [[UInt8]]
  ) -> (events: [WebSocketEvent], error: WebSocketError?) {
    var decoder = WebSocketDecoder(maximumBytes: 100_000)
    var events: [WebSocketEvent] = []
    for piece in pieces {
      decoder.append(piece)
      do throws(WebSocketError) {
        while let event = try decoder.next() { events.append(event) }
      } catch {
        return (events, error)
      }
    }
    return (events, nil)
  }
}
