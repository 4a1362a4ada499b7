import Foundation
import Glibc
import ParseCore

/// Answers finds of one class by id, page after page, from bytes made at the start. One connection
/// after another, no parsing but for the cursor.
struct ReplayServer {
  let count: Int
  private static let pageSize = 1000

  func run() throws {
    // A killed client leaves answers nobody takes.
    signal(SIGPIPE, SIG_IGN)
    let pages = stride(from: 0, to: count, by: Self.pageSize).map { start in
      Deals.answer(start..<min(count, start + Self.pageSize))
    }
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = unsafe bind(listener, address, size)
        _ = unsafe getsockname(listener, address, &size)
      }
    }
    listen(listener, 16)
    FileHandle.standardOutput.write(Data("\(UInt16(bigEndian: address.sin_port))\n".utf8))
    while true {
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { return }
      let pages = pages
      Thread.detachNewThread { serve(FileHandle(fileDescriptor: descriptor), pages) }
    }
  }

  private func serve(_ connection: FileHandle, _ pages: [[UInt8]]) {
    var buffer = Data()
    while let body = request(connection, &buffer) {
      let answer = answer(to: body, pages)
      let head = """
        HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n\
        Content-Length: \(answer.count)\r\n\r\n
        """
      do { try connection.write(contentsOf: Data(head.utf8) + answer) } catch { return }
    }
  }

  /// The body of the next request; nil at the end of the connection.
  private func request(_ connection: FileHandle, _ buffer: inout Data) -> String? {
    while true {
      if let end = buffer.range(of: Data("\r\n\r\n".utf8)) {
        let head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).lowercased()
        let length =
          head.split(separator: "content-length: ").dropFirst().first
          .flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        if buffer.count - (end.upperBound - buffer.startIndex) >= length {
          let body = buffer[end.upperBound..<end.upperBound + length]
          buffer = Data(buffer[(end.upperBound + length)...])
          return String(decoding: body, as: UTF8.self)
        }
      }
      // Not `availableData`, which crashes when a killed client resets its connection.
      var chunk = [UInt8](repeating: 0, count: 65_536)
      // The call writes at most the buffer's own length.
      let count = unsafe read(connection.fileDescriptor, &chunk, chunk.count)
      if count <= 0 { return nil }
      buffer.append(contentsOf: chunk[..<count])
    }
  }

  private func answer(to body: String, _ pages: [[UInt8]]) -> [UInt8] {
    guard let query = (try? JSON(text: body))?.object else { return Array("{}".utf8) }
    let asked = query["where"]?["objectId"]?["$gt"]?.string
    // The newest row and the number of rows, or a delta: nothing new.
    if query["order"]?.string?.contains("updatedAt") == true {
      return query["limit"] == 1 ? Deals.answer(0..<1, count: count) : Deals.answer(0..<0, count: 0)
    }
    if query["count"] != nil { return Deals.answer(0..<0, count: count) }
    let next = asked.flatMap { Int($0.dropFirst()) }.map { $0 + 1 } ?? 0
    // Tells whoever reads which page of a fill was asked for, by the number of its first row.
    FileHandle.standardOutput.write(Data("\(next)\n".utf8))
    return next < count ? pages[next / Self.pageSize] : Deals.answer(0..<0)
  }
}
