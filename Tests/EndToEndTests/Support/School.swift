import Glibc
import ParseCore
import Testing

/// A Parse Server asked over plain HTTP, past every line of the program's own client.
@MainActor
final class School {
  private let port: UInt16
  private let mount: String
  private var token: String?

  /// - Parameter url: `http://127.0.0.1:41873/parse`.
  init(_ url: String) throws {
    let parts = url.split(separator: "/")
    port = try #require(parts.dropFirst().first?.split(separator: ":").last.flatMap { UInt16($0) })
    mount = "/" + parts.dropFirst(2).joined(separator: "/")
  }

  func logIn(_ username: String) throws {
    let answer = try ask("POST", "/login", ["username": .string(username), "password": "demo"])
    token = try #require(answer["sessionToken"]?.string)
  }

  /// All rows that the query lets through.
  func find(_ className: String, where query: JSONObject = [:]) throws -> [JSON] {
    let body: JSONObject = [
      "_method": "GET", "where": .object(query), "limit": 10_000,
    ]
    return try #require(try ask("POST", "/classes/\(className)", body)["results"]?.array)
  }

  /// A pointer to the user of this name.
  func user(_ name: String) throws -> JSON {
    let row = try #require(try find("_User", where: ["username": .string(name)]).first)
    return Pointer(className: "_User", objectId: row["objectId"]?.string ?? "").json
  }

  /// Creates or changes a row with the master key; the answer's objectId, if any.
  @discardableResult
  func save(_ className: String, _ id: String? = nil, _ fields: JSONObject) throws -> String? {
    let path = "/classes/\(className)" + (id.map { "/" + $0 } ?? "")
    return try ask(id == nil ? "POST" : "PUT", path, fields, isMaster: true)["objectId"]?.string
  }

  /// One request on a connection of its own.
  func ask(
    _ method: String, _ path: String, _ body: JSONObject, isMaster: Bool = false
  ) throws -> JSON {
    let content = JSON.object(body).bytes
    var lines = [
      "\(method) \(mount)\(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close",
      "X-Parse-Application-Id: campus", "X-Parse-REST-API-Key: rest",
      "Content-Type: application/json", "Content-Length: \(content.count)",
    ]
    if isMaster { lines.append("X-Parse-Master-Key: master") }
    if let token, !isMaster { lines.append("X-Parse-Session-Token: \(token)") }
    let answer = try exchange(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + content)
    let end = try #require(
      answer.indices.dropLast(3).first { answer[$0..<$0 + 4].elementsEqual([13, 10, 13, 10]) })
    let status = String(decoding: answer.dropFirst(9).prefix(3), as: UTF8.self)
    let json = Array(answer[(end + 4)...])
    try #require(
      status.hasPrefix("2"), "\(method) \(path): \(status) \(String(decoding: json, as: UTF8.self))"
    )
    return try JSON(bytes: json)
  }

  private func exchange(_ request: [UInt8]) throws -> [UInt8] {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    // connect reads `size` bytes of a local whose true type is sockaddr_in.
    let failure = unsafe withUnsafePointer(to: address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, size)
      }
    }
    try #require(failure == 0, "nobody listens on \(port)")
    var rest = request[...]
    while !rest.isEmpty {
      // The pointer and the count belong to the same slice.
      let sent = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      try #require(sent > 0)
      rest = rest.dropFirst(sent)
    }
    return try readAll(descriptor)
  }

  private func readAll(_ descriptor: Int32) throws -> [UInt8] {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Each call gets a local and its true length.
      try #require(unsafe poll(&source, 1, 15_000) == 1, "the server does not answer")
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count <= 0 { return answer }
      answer += buffer[..<count]
    }
  }
}

/// A port nobody has at this moment.
@MainActor
func freePort() throws -> UInt16 {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  // Both calls get `size` bytes of a local whose true type is sockaddr_in.
  let failure = unsafe withUnsafeMutablePointer(to: &address) {
    unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      unsafe bind(descriptor, $0, size) | getsockname(descriptor, $0, &size)
    }
  }
  try #require(failure == 0)
  return UInt16(bigEndian: address.sin_port)
}
