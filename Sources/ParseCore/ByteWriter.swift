/// Bytes being written, in memory that grows as needed.
///
/// An array asks for its uniqueness and its room with each of the hundred pieces a row is made of,
/// which costs a first fill twice the time of the writing itself.
@safe package struct ByteWriter: ~Copyable {
  /// Held by this value alone, which cannot be copied, and freed with it.
  private var memory: UnsafeMutableBufferPointer<UInt8>
  package private(set) var count = 0

  /// - Parameter capacity: Bytes to make room for at the start.
  package init(capacity: Int = 512) {
    // Nothing of it is read before it is written: only `count` bytes ever are.
    unsafe memory = .allocate(capacity: max(capacity, 64))
  }

  deinit {
    // Allocated by `init` or `grow`, and nobody else has it.
    unsafe memory.deallocate()
  }

  package mutating func removeAll() { count = 0 }

  package mutating func append(_ byte: UInt8) {
    reserve(1)
    // In bounds: `reserve` made room.
    unsafe memory[count] = byte
    count += 1
  }

  package mutating func append(_ text: String) { append(text.utf8Span.span) }

  mutating func append(_ bytes: Span<UInt8>) {
    reserve(bytes.count)
    // In bounds: `reserve` made room for all of them.
    unsafe bytes.withUnsafeBufferPointer { source in
      for index in 0..<source.count { unsafe memory[count + index] = unsafe source[index] }
    }
    count += bytes.count
  }

  /// Appends bytes of a text unless JSON wants one of them escaped. Looks at every byte whatever it
  /// finds, which the compiler turns into wide instructions.
  /// - Returns: False when nothing was appended.
  mutating func appendPlain(_ bytes: Span<UInt8>) -> Bool {
    reserve(bytes.count)
    var found: UInt8 = 0
    // In bounds: `reserve` made room for all of them.
    unsafe bytes.withUnsafeBufferPointer { source in
      for index in 0..<source.count {
        let byte = unsafe source[index]
        unsafe memory[count + index] = byte
        found |= byte < 0x20 ? 1 : 0
        found |= byte == UInt8(ascii: "\"") ? 1 : 0
        found |= byte == UInt8(ascii: "\\") ? 1 : 0
        found |= byte == 0x7F ? 1 : 0
      }
    }
    guard found == 0 else { return false }
    count += bytes.count
    return true
  }

  private mutating func reserve(_ more: Int) {
    // Asks for the size only.
    if unsafe count + more > memory.count { grow(more) }
  }

  @inline(never) private mutating func grow(_ more: Int) {
    // Both hold `count` bytes at least, and the old memory is used no more.
    let larger = unsafe UnsafeMutableBufferPointer<UInt8>.allocate(
      capacity: max(memory.count * 2, count + more))
    for index in 0..<count { unsafe larger[index] = unsafe memory[index] }
    unsafe memory.deallocate()
    unsafe memory = larger
  }

  /// The bytes as text; they are UTF-8 where nothing else was appended.
  var text: String {
    // Exactly the bytes that were written.
    unsafe String(decoding: UnsafeBufferPointer(rebasing: memory[..<count]), as: UTF8.self)
  }

  package var bytes: [UInt8] {
    // Exactly the bytes that were written.
    unsafe Array(UnsafeBufferPointer(rebasing: memory[..<count]))
  }

  /// - Parameter body: Gets the bytes written so far, valid until it returns.
  package func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    // Exactly the bytes that were written, while `self` is alive.
    try unsafe body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: memory[..<count])))
  }
}
