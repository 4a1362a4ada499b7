/// What a client sent, whole.
struct HTTPMessage: Sendable, Hashable {
  let head: HTTPHead
  /// One byte more than the reader keeps where the client sent too many.
  let body: [UInt8]
}

/// Reads requests from a connection's bytes as they come, in pieces of any size.
///
/// Append what arrived, then take steps with `next` until nil. After an error nothing more comes.
struct HTTPRequestReader: Sendable {
  enum Step: Sendable, Hashable {
    case request(HTTPMessage)
    /// The client waits for `100 Continue` before it sends the body.
    case goOn
  }

  private enum Rest: Sendable {
    case bytes(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailer
  }

  private let maximumBodyBytes: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var head: HTTPHead?
  private var body: [UInt8] = []
  private var rest = Rest.bytes(0)

  /// - Parameter maximumBodyBytes: what is longer is read, counted as too long, and forgotten.
  init(maximumBodyBytes: Int) { self.maximumBodyBytes = maximumBodyBytes }

  /// Whether nothing of a next request has come.
  var isBetweenRequests: Bool { head == nil && start == buffer.count }

  /// What came after the last request.
  var left: ArraySlice<UInt8> { buffer[start...] }

  mutating func append(_ bytes: [UInt8]) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes
  }

  /// The next step whose bytes are all here; nil when more are needed.
  mutating func next() throws(HTTPRefusal) -> Step? {
    if head == nil {
      guard let new = try nextHead() else { return nil }
      head = new
      switch new.framing {
      case .length(let count): rest = .bytes(count)
      case .chunks: rest = .chunkSize
      }
      if new.expectsContinue, new.framing != .length(0) { return .goOn }
    }
    guard let head, try readBody() else { return nil }
    let message = HTTPMessage(head: head, body: body)
    self.head = nil
    body = []
    return .request(message)
  }

  private mutating func nextHead() throws(HTTPRefusal) -> HTTPHead? {
    // Blank lines before a request are let pass (RFC 9112 §2.2).
    while start < buffer.count, buffer[start] == 0x0D || buffer[start] == 0x0A { start += 1 }
    guard start < buffer.count else { return nil }
    guard (0x41...0x5A).contains(buffer[start]) else { throw .malformed }
    guard let end = headEnd() else {
      if buffer.count - start >= HTTPHead.maximumBytes { throw .headTooLarge }
      return nil
    }
    guard end - start < HTTPHead.maximumBytes else { throw .headTooLarge }
    let bytes = buffer[start..<end]
    start = end + 4
    return try HTTPHead(bytes)
  }

  private func headEnd() -> Int? {
    var index = start + 3
    while index < buffer.count {
      if buffer[index] == 0x0A, buffer[index - 1] == 0x0D, buffer[index - 2] == 0x0A,
        buffer[index - 3] == 0x0D
      {
        return index - 3
      }
      index += 1
    }
    return nil
  }

  /// - Returns: Whether the body is whole.
  private mutating func readBody() throws(HTTPRefusal) -> Bool {
    while true {
      switch rest {
      case .bytes(let count):
        rest = .bytes(count - take(count))
        guard case .bytes(0) = rest else { return false }
        return true
      case .chunkSize:
        guard let line = try nextLine() else { return false }
        let digits = line.prefix { $0 != 0x3B && $0 != 0x20 }
        guard digits.count <= 15, digits.first != 0x2B,
          let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0
        else { throw .malformed }
        rest = size == 0 ? .trailer : .chunk(size)
      case .chunk(let count):
        rest = .chunk(count - take(count))
        guard case .chunk(0) = rest else { return false }
        rest = .chunkEnd
      case .chunkEnd:
        guard let line = try nextLine() else { return false }
        guard line.isEmpty else { throw .malformed }
        rest = .chunkSize
      case .trailer:
        guard let line = try nextLine() else { return false }
        if line.isEmpty { return true }
      }
    }
  }

  /// Moves what has come of so many bytes into the body; returns how many that were.
  private mutating func take(_ count: Int) -> Int {
    let taken = min(count, buffer.count - start)
    body += buffer[start..<start + min(taken, maximumBodyBytes + 1 - body.count)]
    start += taken
    return taken
  }

  private mutating func nextLine() throws(HTTPRefusal) -> ArraySlice<UInt8>? {
    guard let end = buffer[start...].firstIndex(of: 0x0A) else {
      if buffer.count - start > HTTPHead.maximumBytes { throw .malformed }
      return nil
    }
    guard end > start, buffer[end - 1] == 0x0D else { throw .malformed }
    defer { start = end + 1 }
    return buffer[start..<end - 1]
  }
}
