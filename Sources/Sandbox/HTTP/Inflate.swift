/// Unpacks compressed bodies: DEFLATE (RFC 1951) in the wrappers of zlib (RFC 1950) and gzip
/// (RFC 1952). For small bodies on loopback; checksums are not looked at.
struct Inflate {
  /// The bytes are not what they should be, or more than allowed.
  struct Failure: Error {}

  private let source: [UInt8]
  private var place: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var out: [UInt8] = []
  private let limit: Int

  /// - Parameters:
  ///   - encoding: `gzip` or `deflate`, as in Content-Encoding.
  ///   - limit: the most bytes to unpack.
  static func unpack(_ bytes: [UInt8], encoding: String, limit: Int) throws(Failure) -> [UInt8] {
    let start = encoding == "gzip" ? try gzipHeader(bytes) : zlibHeader(bytes)
    var inflate = Inflate(source: bytes, place: start, limit: limit)
    try inflate.run()
    return inflate.out
  }

  private init(source: [UInt8], place: Int, limit: Int) {
    self.source = source
    self.place = place
    self.limit = limit
  }

  /// Some clients send `deflate` bare, without zlib's two bytes.
  private static func zlibHeader(_ bytes: [UInt8]) -> Int {
    guard bytes.count > 2, bytes[0] & 0x0F == 8 else { return 0 }
    return (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0 ? 2 : 0
  }

  private static func gzipHeader(_ bytes: [UInt8]) throws(Failure) -> Int {
    guard bytes.count > 18, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8 else {
      throw Failure()
    }
    let flags = bytes[3]
    var place = 10
    // FEXTRA, FNAME, FCOMMENT, FHCRC (RFC 1952 §2.3.1).
    if flags & 4 != 0 { place += 2 + Int(bytes[10]) + Int(bytes[11]) << 8 }
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      guard place < bytes.count, let end = bytes[place...].firstIndex(of: 0) else {
        throw Failure()
      }
      place = end + 1
    }
    return place + (flags & 2 != 0 ? 2 : 0)
  }

  private mutating func run() throws(Failure) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try stored()
      case 1: try block(Huffman.fixed, Huffman.fixedDistances)
      case 2:
        let (codes, distances) = try dynamicCodes()
        try block(codes, distances)
      default: throw Failure()
      }
    }
  }

  /// The next bits, lowest first.
  private mutating func take(_ count: Int) throws(Failure) -> Int {
    while bitCount < count {
      guard place < source.count else { throw Failure() }
      bits |= UInt32(source[place]) << UInt32(bitCount)
      place += 1
      bitCount += 8
    }
    let value = Int(bits & ((1 << UInt32(count)) - 1))
    bits >>= UInt32(count)
    bitCount -= count
    return value
  }

  private mutating func stored() throws(Failure) {
    bits = 0
    bitCount = 0
    guard place + 4 <= source.count else { throw Failure() }
    let count = Int(source[place]) | Int(source[place + 1]) << 8
    place += 4
    guard place + count <= source.count, out.count + count <= limit else { throw Failure() }
    out += source[place..<place + count]
    place += count
  }

  private mutating func symbol(_ code: Huffman) throws(Failure) -> Int {
    var value = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      value |= try take(1)
      let count = code.counts[length]
      if value - count < first {
        let place = index + value - first
        // Lengths that promise more codes than there are lead past the end.
        guard code.symbols.indices.contains(place) else { throw Failure() }
        return code.symbols[place]
      }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw Failure()
  }

  private mutating func block(_ codes: Huffman, _ distances: Huffman) throws(Failure) {
    while true {
      let symbol = try symbol(codes)
      if symbol == 256 { return }
      if symbol < 256 {
        out.append(UInt8(symbol))
      } else {
        guard symbol < 286 else { throw Failure() }
        let length = Self.lengths[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
        let code = try self.symbol(distances)
        guard code < 30 else { throw Failure() }
        let distance = Self.distances[code] + (try take(code < 2 ? 0 : code / 2 - 1))
        guard distance <= out.count else { throw Failure() }
        for _ in 0..<length { out.append(out[out.count - distance]) }
      }
      guard out.count <= limit else { throw Failure() }
    }
  }

  /// The code lengths of a block, themselves coded (RFC 1951 §3.2.7).
  private mutating func dynamicCodes() throws(Failure) -> (Huffman, Huffman) {
    let literals = try take(5) + 257
    let distances = try take(5) + 1
    let count = try take(4) + 4
    var lengths = Array(repeating: 0, count: 19)
    for place in Self.order.prefix(count) { lengths[place] = try take(3) }
    let code = try Huffman(lengths)
    var all: [Int] = []
    while all.count < literals + distances {
      switch try symbol(code) {
      case 16:
        guard let last = all.last else { throw Failure() }
        all += Array(repeating: last, count: try take(2) + 3)
      case 17: all += Array(repeating: 0, count: try take(3) + 3)
      case 18: all += Array(repeating: 0, count: try take(7) + 11)
      case let length: all.append(length)
      }
    }
    guard all.count == literals + distances else { throw Failure() }
    return (try Huffman(Array(all[..<literals])), try Huffman(Array(all[literals...])))
  }

  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  /// RFC 1951 §3.2.5.
  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
}

/// A canonical prefix code: how many codes each length has, and their symbols in order.
private struct Huffman {
  var counts = Array(repeating: 0, count: 16)
  var symbols: [Int] = []

  init(_ lengths: [Int]) throws(Inflate.Failure) {
    for length in lengths {
      guard length < 16 else { throw Inflate.Failure() }
      counts[length] += 1
    }
    counts[0] = 0
    for length in 1..<16 { symbols += lengths.indices.filter { lengths[$0] == length } }
  }

  private init(valid lengths: [Int]) {
    for length in lengths { counts[length] += 1 }
    for length in 1..<16 { symbols += lengths.indices.filter { lengths[$0] == length } }
  }

  /// RFC 1951 §3.2.6.
  static let fixed = Huffman(
    valid: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  static let fixedDistances = Huffman(valid: Array(repeating: 5, count: 30))
}
