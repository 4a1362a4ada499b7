import FlyingSocks
import Foundation
import Testing

/// A plain HTTP and WebSocket client of a few lines, so that no client library hides what is on the
/// wire.
struct Wire {
  let socket: AsyncSocket

  init(_ url: String) async throws {
    let port = try #require(url.dropFirst("http://127.0.0.1:".count).split(separator: "/").first)
    let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: #require(UInt16(port)))
    socket = try await AsyncSocket.connected(to: address, timeout: 120)
  }

  func send(_ method: String, _ path: String, _ body: String = "", more: String = "") async throws {
    let head = """
      \(method) /parse\(path) HTTP/1.1\r
      Host: 127.0.0.1\r
      X-Parse-Application-Id: campus\r
      X-Parse-REST-API-Key: rest\r
      Content-Type: application/json\r
      Content-Length: \(body.utf8.count)\r
      \(more)\r

      """
    try await socket.write(Data((head + body).utf8))
  }

  func line() async throws -> String {
    var bytes: [UInt8] = []
    while bytes.last != 10 { bytes.append(try await socket.read()) }
    return String(decoding: bytes.dropLast(2), as: UTF8.self)
  }

  /// Status line, headers by lower-case name, body.
  func reply() async throws -> (status: String, headers: [String: String], body: String) {
    let status = try await line()
    var headers: [String: String] = [:]
    while case let line = try await line(), !line.isEmpty {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description
    }
    let body = try await socket.read(bytes: Int(headers["content-length"] ?? "0") ?? 0)
    return (status, headers, String(decoding: body, as: UTF8.self))
  }

  /// A client's text frame: masked, with a mask of zeros, which leaves the bytes as they are.
  func sendFrame(_ text: String, opcode: UInt8 = 1) async throws {
    let payload = Array(text.utf8)
    var bytes: [UInt8] = [0x80 | opcode]
    if payload.count < 126 {
      bytes.append(0x80 | UInt8(payload.count))
    } else {
      bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    }
    try await socket.write(Data(bytes + [0, 0, 0, 0] + payload))
  }

  func frame() async throws -> (opcode: UInt8, text: String) {
    let head = try await socket.read(bytes: 2)
    var count = Int(head[1])
    if count == 126 {
      let long = try await socket.read(bytes: 2)
      count = Int(long[0]) << 8 | Int(long[1])
    }
    let payload = try await socket.read(bytes: count)
    return (head[0] & 0x0F, String(decoding: payload, as: UTF8.self))
  }
}
