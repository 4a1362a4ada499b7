import Foundation
import Glibc
import Synchronization

/// A request as it stood on the wire.
struct ReceivedRequest: Sendable {
  /// Counts the connections from 0.
  let connection: Int
  let method: String
  let target: String
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// A server on 127.0.0.1 that answers the requests it gets, in order, with the bytes it was given.
///
/// Plain sockets and threads: it shares no code with the client and says exactly what stands here.
final class ReplayServer: Sendable {
  enum Step: Sendable {
    case answer([UInt8])
    case answerAndClose([UInt8])
    /// Reads the request and closes the connection without a word.
    case close
    /// Never answers.
    case silence
    /// Starts an answer and falls silent with the connection open.
    case stall([UInt8])
    /// Starts an answer and goes on with this many bytes, as long as the client takes them.
    case flood([UInt8], bytes: Int)
  }

  let port: UInt16
  /// Every request as it arrives.
  let requests: AsyncStream<ReceivedRequest>
  private let arrived: AsyncStream<ReceivedRequest>.Continuation
  private let listener: Int32
  private let steps: Mutex<[Step]>
  private let greeting: [UInt8]
  private let open: Mutex<Set<Int32>>
  private let floods: AsyncStream<Int>
  private let flood: AsyncStream<Int>.Continuation

  var url: String { "http://127.0.0.1:\(port)/parse" }

  /// - Parameter greeting: said to each connection before it says anything.
  init(_ steps: [Step], greeting: [UInt8] = []) throws {
    self.steps = Mutex(steps)
    self.greeting = greeting
    (requests, arrived) = AsyncStream.makeStream()
    (floods, flood) = AsyncStream.makeStream()
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    port = try Self.listen(on: listener)
    open = Mutex([listener])
    Thread.detachNewThread { [self] in
      defer { close(listener) }
      var number = 0
      while true {
        // No address is asked for.
        let connection = accept(listener, nil, nil)
        if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
        guard connection >= 0 else { return }
        _ = open.withLock { $0.insert(connection) }
        let current = number
        Thread.detachNewThread { self.serve(connection, number: current) }
        number += 1
      }
    }
  }

  /// Ends every connection and the listener; once is enough.
  func stop() {
    // Under the lock, which closing takes too: a closed descriptor may be another test's by then.
    open.withLock { open in
      for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
    arrived.finish()
  }

  /// Waits for the end of the next flood: the bytes that the client took, and those that lie in the
  /// sockets' buffers.
  func floodEnd() async -> Int {
    for await count in floods { return count }
    return 0
  }

  private func close(_ descriptor: Int32) {
    open.withLock { open in
      if open.remove(descriptor) != nil { Glibc.close(descriptor) }
    }
  }

  private func serve(_ connection: Int32, number: Int) {
    defer { close(connection) }
    Self.write(greeting, to: connection)
    var buffer: [UInt8] = []
    while let request = Self.read(from: connection, &buffer, number) {
      let step = steps.withLock { $0.isEmpty ? .close : $0.removeFirst() }
      arrived.yield(request)
      switch step {
      case .answer(let bytes): Self.write(bytes, to: connection)
      case .answerAndClose(let bytes):
        Self.write(bytes, to: connection)
        return
      case .close: return
      case .silence: break
      case .stall(let bytes): Self.write(bytes, to: connection)
      case .flood(let head, let count):
        Self.write(head, to: connection)
        let taken = Self.flood(count, to: connection)
        flood.yield(taken)
        return
      }
    }
  }

  private static func listen(on listener: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // Both calls read or write the address within the call, in its own size.
    let failed = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(listener, address, length) != 0 || Glibc.listen(listener, 16) != 0
          || getsockname(listener, address, &length) != 0
      }
    }
    if failed { throw POSIXError(.EADDRNOTAVAIL) }
    return UInt16(bigEndian: address.sin_port)
  }

  /// The next request; nil when the connection ends first.
  private static func read(
    from connection: Int32, _ buffer: inout [UInt8], _ number: Int
  ) -> ReceivedRequest? {
    while true {
      if let request = parse(&buffer, number) { return request }
      var piece = [UInt8](repeating: 0, count: 65_536)
      // The kernel writes at most the array's size.
      let count = unsafe recv(connection, &piece, piece.count, 0)
      if count <= 0 { return nil }
      buffer.append(contentsOf: piece[..<count])
    }
  }

  private static func parse(_ buffer: inout [UInt8], _ number: Int) -> ReceivedRequest? {
    guard let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let words = lines[0].split(separator: " ").map(String.init)
    let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (
        String(line[..<colon]), line[line.index(after: colon)...].drop { $0 == " " }.description
      )
    }
    let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap {
      Int($0.value)
    }
    guard buffer.count >= end.upperBound + (length ?? 0) else { return nil }
    let body = Array(buffer[end.upperBound..<end.upperBound + (length ?? 0)])
    buffer.removeFirst(end.upperBound + body.count)
    return ReceivedRequest(
      connection: number, method: words[0], target: words[1], headers: headers, body: body)
  }

  private static func flood(_ count: Int, to connection: Int32) -> Int {
    let piece = [UInt8](repeating: UInt8(ascii: " "), count: 65_536)
    var sent = 0
    while sent < count {
      let taken = write(piece, to: connection)
      sent += taken
      if taken < piece.count { break }
    }
    return sent
  }

  /// Returns how many bytes went before the other side closed.
  @discardableResult
  private static func write(_ bytes: [UInt8], to connection: Int32) -> Int {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes { rest in
        // The kernel reads at most the rest; a closed connection gives an error, no signal.
        unsafe send(connection, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return sent }
      sent += count
    }
    return sent
  }
}

extension ReplayServer.Step {
  /// An answer with this body.
  static func json(
    _ body: String, status: Int = 200, headers: String = ""
  ) -> ReplayServer.Step {
    .answer(bytes(body, status: status, headers: headers))
  }

  static func bytes(_ body: String, status: Int = 200, headers: String = "") -> [UInt8] {
    let head =
      "HTTP/1.1 \(status) Word\r\nContent-Type: application/json; charset=utf-8\r\n\(headers)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n"
    return Array((head + body).utf8)
  }
}
