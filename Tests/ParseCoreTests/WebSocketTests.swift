import TestRandom
import ParseCore
import Testing

struct WebSocketTests {
  /// RFC 6455 §5.7: a masked "Hello".
  @Test func `a frame is masked as the RFC shows`() {
    #expect(
      WebSocketFrame.text("Hello").encoded(maskKey: 0x37FA_213D) == [
        0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58,
      ])
  }

  @Test(arguments: [(0, 6), (125, 6), (126, 8), (65_535, 8), (65_536, 14)])
  func `lengths take their shortest form`(_ count: Int, _ header: Int) {
    let frame = WebSocketFrame(opcode: .binary, payload: [UInt8](repeating: 7, count: count))
    #expect(frame.encoded(maskKey: 0).count == count + header)
  }

  @Test func `control frames stay within 125 bytes`() {
    #expect(WebSocketFrame.ping([UInt8](repeating: 1, count: 300)).payload.count == 125)
    let close = WebSocketFrame.close(code: 1000, reason: String(repeating: "é", count: 100))
    #expect(close.payload.count <= 125)
    #expect(String(validating: close.payload.dropFirst(2), as: UTF8.self) != nil)
    #expect(WebSocketFrame.close(code: nil).payload.isEmpty)
  }

  static func server(_ frame: WebSocketFrame) -> [UInt8] { frame.encoded(maskKey: nil) }

  static func events(_ pieces: [[UInt8]], limit: Int = 1 << 20) throws -> [WebSocketEvent] {
    var decoder = WebSocketDecoder(maximumBytes: limit)
    var events: [WebSocketEvent] = []
    for piece in pieces {
      decoder.append(piece)
      while let event = try decoder.next() { events.append(event) }
    }
    return events
  }

  @Test func `control frames come between the parts of a message`() throws {
    let bytes =
      Self.server(WebSocketFrame(isFinal: false, opcode: .text, payload: [0xC3]))
      + Self.server(.ping([1]))
      + Self.server(
        WebSocketFrame(isFinal: false, opcode: .continuation, payload: []))
      + Self.server(.pong([])) + Self.server(WebSocketFrame(opcode: .continuation, payload: [0xA9]))
      + Self.server(WebSocketFrame(opcode: .binary, payload: [9]))
      + Self.server(.close(code: 1001, reason: "away")) + Self.server(.text("after the close"))
    let expected: [WebSocketEvent] = [
      .ping([1]), .pong([]), .text("é"), .binary([9]), .close(code: 1001, reason: "away"),
    ]
    #expect(try Self.events([bytes]) == expected)
    #expect(try Self.events(bytes.map { [$0] }) == expected)
  }

  @Test func `a server reads what a client masks, and nothing else`() throws {
    let bytes =
      WebSocketFrame(isFinal: false, opcode: .text, payload: Array("Grün".utf8))
      .encoded(maskKey: 0x1234_5678) + WebSocketFrame.ping([7, 8, 9]).encoded(maskKey: .max)
      + WebSocketFrame(opcode: .continuation, payload: [UInt8](repeating: 0x61, count: 70_000))
      .encoded(maskKey: 1) + WebSocketFrame.close(code: 1000).encoded(maskKey: 2)
    for size in [bytes.count, 1000] {
      var decoder = WebSocketDecoder(from: .client)
      var events: [WebSocketEvent] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        decoder.append(bytes[start..<min(bytes.count, start + size)])
        while let event = try decoder.next() { events.append(event) }
      }
      #expect(
        events == [
          .ping([7, 8, 9]), .text("Grün" + String(repeating: "a", count: 70_000)),
          .close(code: 1000, reason: ""),
        ])
    }
    var decoder = WebSocketDecoder(from: .client)
    decoder.append(WebSocketFrame.text("bare").encoded(maskKey: nil))
    #expect(throws: WebSocketError(reason: .notMasked)) { try decoder.next() }
  }

  @Test(arguments: [
    ([0xC1, 0x00], WebSocketError.Reason.reservedBits), ([0x83, 0x00], .unknownOpcode),
    ([0x81, 0x80, 0, 0, 0, 0], .masked), ([0x09, 0x00], .badControlFrame),
    ([0x89, 0x7E, 0, 126], .badControlFrame), ([0x81, 0x7E, 0x00, 0x7D], .badLength),
    ([0x81, 0x7F, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .badLength),
    ([0x81, 0x7F, 0xFF, 0, 0, 0, 0, 0, 0, 0], .badLength), ([0x80, 0x00], .unexpectedContinuation),
    ([0x01, 0x00, 0x81, 0x00], .unfinishedMessage), ([0x88, 0x01, 0x03], .badClose),
    ([0x88, 0x02, 0x03, 0xED], .badClose), ([0x88, 0x02, 0x00, 0x00], .badClose),
    ([0x88, 0x02, 0x13, 0x88], .badClose), ([0x81, 0x01, 0xFF], .notUTF8),
    ([0x88, 0x03, 0x03, 0xE8, 0xFF], .notUTF8), ([0x82, 0x7E, 0xFF, 0xFF], .tooLarge),
    ([0x02, 0x02, 1, 2, 0x80, 0x7E, 0x03, 0xFF], .tooLarge),
  ])
  func `what breaks the protocol is refused`(_ bytes: [UInt8], _ reason: WebSocketError.Reason) {
    var decoder = WebSocketDecoder(maximumBytes: 1024)
    decoder.append(bytes)
    #expect(throws: WebSocketError(reason: reason)) { try decoder.next() }
    decoder.append(Self.server(.text("more")))
    #expect(throws: WebSocketError(reason: reason)) { try decoder.next() }
    #expect([1002, 1007, 1009].contains(WebSocketError(reason: reason).closeCode))
  }

  @Test func `any bytes end in events or an error, in pieces as in one`() {
    var random = SplitMix(7)
    for _ in 0..<1500 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1..<5, using: &random) {
        let payload = random.bytes(Int.random(in: 0..<200, using: &random))
        let opcode = random.pick([WebSocketFrame.Opcode.text, .binary, .ping, .continuation])
        let frame = WebSocketFrame(
          isFinal: Bool.random(using: &random), opcode: opcode, payload: payload)
        bytes += Self.server(frame)
      }
      bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 0x10
      let whole = Result { try Self.events([bytes]) }
      let apart = Result { try Self.events(bytes.map { [$0] }) }
      switch (whole, apart) {
      case (.success(let left), .success(let right)): #expect(left == right)
      case (.failure, .failure): break
      default: Issue.record("pieces change the answer")
      }
    }
  }

  static let recorded = Fixture.cases("livequery.json", "raw")

  @Test(arguments: recorded)
  func `frames recorded with real servers decode`(_ recording: JSON) throws {
    var bytes: [UInt8] = []
    var texts: [String] = []
    for frame in recording["frames"]?.array ?? [] {
      let header = try #require(frame["header"]?.string)
      let number = try #require(UInt16(header, radix: 16))
      let payload = try #require(frame["payload"]?.string)
      bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
      bytes += payload.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      if frame["opcode"]?.int == 1 { texts.append(payload) }
    }
    let events = try Self.events([bytes])
    #expect(events.count == recording["frames"]?.array?.count)
    let found = events.compactMap { if case .text(let text) = $0 { text } else { nil } }
    #expect(found == texts)
    switch recording["name"]?.string {
    case "lq_raw_client_close"?: #expect(events.last == .close(code: 1000, reason: "bye"))
    case "lq_raw_bad_opcode"?: #expect(events.last == .close(code: 1002, reason: ""))
    case "lq_raw_invalid_utf8"?: #expect(events.last == .close(code: 1007, reason: ""))
    case "lq_raw_client_ping"?: #expect(events.last == .pong(Array("hello".utf8)))
    default: break
    }
  }
}
