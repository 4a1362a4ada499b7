import TestRandom
import ParseCore

extension SplitMix {
  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  /// A value of any kind, lists and maps up to the depth.
  mutating func json(depth: Int) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &self))
    case 2: return .number(.integer(Int64.random(in: .min ... .max, using: &self)))
    case 3: return .number(JSONNumber(Double.random(in: -1e6...1e6, using: &self)))
    case 4, 5: return .string(text())
    case 6:
      return .array((0..<Int.random(in: 0..<4, using: &self)).map { _ in json(depth: depth - 1) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0..<4, using: &self) { object[text()] = json(depth: depth - 1) }
      return .object(object)
    }
  }

  mutating func text() -> String {
    let letters = ["a", "Ö", "e\u{301}", "\"", "\\", "\u{0}", "\n", "😀", "한", "$", ".", "\u{7F}"]
    return (0..<Int.random(in: 0..<6, using: &self)).map { _ in pick(letters) }.joined()
  }
}
