import TestRandom
import Foundation
import Testing

/// What one input showed.
enum FuzzVerdict {
  /// The input ran another way through the code for each name: new ones are kept and mutated on.
  case fine(String)
  /// An invariant does not hold; the words say which.
  case broken(String)
}

/// Mutated inputs, the same from the same seed.
///
/// By default a few thousand, for every run of the tests. With `QUAD_FUZZ_SECONDS=600` in the
/// environment each fuzz test runs that long and says how many inputs it tried; the last input lies
/// in the temporary folder as `quad-fuzz-<name>`, for when the process dies of it.
struct Fuzzer {
  let name: String
  let corpus: [[UInt8]]
  /// What inputs are made of, put in as it is.
  var words: [String] = []
  var iterations = 4000

  static let seconds = ProcessInfo.processInfo.environment["QUAD_FUZZ_SECONDS"].flatMap(Int.init)

  func run(seed: UInt64, _ check: ([UInt8], inout SplitMix) async -> FuzzVerdict) async throws {
    try #require(!corpus.isEmpty)
    var random = SplitMix(seed)
    var kept = corpus
    var seen: Set<String> = []
    var broken = 0
    var count = 0
    let last = Self.seconds.map { _ in LastInput(name) }
    let end = Self.seconds.map { ContinuousClock.now + .seconds($0) }
    while broken < 5, end.map({ ContinuousClock.now < $0 }) ?? (count < iterations) {
      // The corpus itself comes first.
      let input = count < corpus.count ? corpus[count] : mutated(kept, &random)
      last?.keep(input)
      switch await check(input, &random) {
      case .fine(let way): if seen.insert(way).inserted { kept.append(input) }
      case .broken(let why):
        broken += 1
        Issue.record("\(name), seed \(seed), input \(count): \(why): \(Self.shown(input))")
      }
      count += 1
    }
    if Self.seconds != nil { print("fuzz \(name): \(count) inputs, \(seen.count) ways") }
  }

  private static func shown(_ input: [UInt8]) -> String {
    input.prefix(400).map { byte in
      (0x20..<0x7F).contains(byte)
        ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16)
    }.joined()
  }

  private func mutated(_ kept: [[UInt8]], _ random: inout SplitMix) -> [UInt8] {
    var bytes = random.pick(kept)
    for _ in 0..<(1 << random.next(4)) {
      let place = random.next(bytes.count + 1)
      switch random.next(7) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.next(8))
      case 1 where place < bytes.count: bytes[place] = UInt8(random.next(256))
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(8)))
      case 3: bytes.insert(contentsOf: random.slice(of: random.pick(kept)), at: place)
      case 4: bytes.insert(contentsOf: random.slice(of: bytes), at: place)
      case 5 where !words.isEmpty:
        let word = Array(random.pick(words).utf8)
        let times = random.next(20) == 0 ? 700 : 1
        bytes.insert(contentsOf: Array(repeating: word, count: times).joined(), at: place)
      default: bytes.removeSubrange(place...)
      }
      if bytes.count > 65_536 { bytes.removeSubrange(65_536...) }
    }
    return bytes
  }
}

extension SplitMix {
  mutating func slice(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    let start = next(bytes.count + 1)
    return bytes[start..<min(bytes.count, start + next(64))]
  }
}

/// The input under way, in a file that outlives a crash.
private final class LastInput {
  private let file: FileHandle?

  init(_ name: String) {
    let path = NSTemporaryDirectory() + "quad-fuzz-" + name
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    file = FileHandle(forWritingAtPath: path)
  }

  func keep(_ input: [UInt8]) {
    // A note for a person after a crash: without it the seed still leads there.
    try? file?.truncate(atOffset: 0)
    try? file?.write(contentsOf: Data(input))
  }
}
