import ParseCore

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed on every machine.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
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
