import Foundation
import ParseCore
import Testing

/// An exchange recorded with a real Parse Server.
struct Fixture {
  static let versions = ["8.2.2", "4.10.4"]

  let json: JSON

  init(_ name: String, version: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/\(version)/\(name).json")
    json = try JSON(bytes: [UInt8](Data(contentsOf: file)))
  }

  var method: String { json["request"]?["method"]?.string ?? "" }
  var path: String { json["request"]?["path"]?.string ?? "" }

  /// The request's body as JSON, nil when it had none.
  var requestBody: JSON? {
    get throws {
      try json["request"]?["body"]?.string.map { try JSON(text: $0) }
    }
  }

  var requestHeaders: [(name: String, value: String)] { Self.headers(json["request"]) }

  func requestHeader(_ name: String) -> String? {
    requestHeaders.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  var answer: JSON? { json["response"]?["json"] }

  /// The answer as it stood on the wire.
  var answerBytes: [UInt8] {
    let response = json["response"]
    let body = response?["json"]?.bytes ?? Array((response?["body"]?.string ?? "").utf8)
    var head = "HTTP/1.1 \(response?["status"]?.int ?? 0) \(response?["reason"]?.string ?? "")\r\n"
    for header in Self.headers(response) where header.name != "Content-Length" {
      head += "\(header.name): \(header.value)\r\n"
    }
    head += "Date: Sat, 21 Nov 2026 00:35:44 GMT\r\nContent-Length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  private static func headers(_ message: JSON?) -> [(name: String, value: String)] {
    (message?["headers"]?.array ?? []).compactMap { pair in
      guard let pair = pair.array, pair.count == 2, let name = pair[0].string,
        let value = pair[1].string
      else { return nil }
      return (name, value)
    }
  }
}
