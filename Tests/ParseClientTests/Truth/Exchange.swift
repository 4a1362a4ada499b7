import Foundation
import ParseCore
import Testing

@testable import ParseClient

/// One REST exchange recorded with a real server, and what a client should make of it.
///
/// A line of `Fixtures/rest-<version>.jsonl`: the call by the client's own name for it, or `raw` with
/// its target; the answer's bytes as recorded; and `expected`, which was made from the recorded
/// status and code and the table of reference/parse.md §1.7, not by running the client.
struct Exchange: Sendable, CustomTestStringConvertible {
  let version: String
  let json: JSONObject

  var name: String { json["name"]?.string ?? "" }
  var call: String { json["call"]?.string ?? "" }
  var body: JSONObject { json["body"]?.object ?? [:] }
  var className: String { json["class"]?.string ?? "" }
  var objectId: String { json["objectId"]?.string ?? "" }
  var requestId: String? { json["requestId"]?.string }
  var isAnonymous: Bool { json["anonymous"]?.bool ?? false }
  var expected: JSONObject { json["expected"]?.object ?? [:] }
  var testDescription: String { "\(version) \(name)" }

  func text(_ field: String) -> String { json[field]?.string ?? "" }

  /// Every exchange of both versions.
  static let all: [Exchange] = Fixture.versions.flatMap { version -> [Exchange] in
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/rest-\(version).jsonl")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      (try? JSON(text: String(line)))?.object.map { Exchange(version: version, json: $0) }
    }
  }

  /// What the server sends. Of three long bodies only the start was recorded: they end there.
  var step: ReplayServer.Step {
    if let wire = json["wire"]?.string { return .answerAndClose(Array(wire.utf8)) }
    let body = Array(text("answer").utf8)
    var head = "HTTP/1.1 \(json["status"]?.int ?? 0) Recorded\r\n"
    for header in json["headers"]?.array ?? [] { head += "\(header.string ?? "")\r\n" }
    head += "Date: Sat, 21 Nov 2026 00:35:44 GMT\r\n"
    let length = json["length"]?.int
    head += "Content-Length: \(length ?? body.count)\r\n\r\n"
    return length == nil
      ? .answer(Array(head.utf8) + body) : .answerAndClose(Array(head.utf8) + body)
  }
}

extension Exchange {
  var query: Query {
    Query(
      className, where: json["where"]?.object ?? [:], order: Query.Order.list(text("order")),
      limit: json["limit"]?.int, skip: json["skip"]?.int ?? 0,
      keys: json["keys"]?.string.map { $0.split(separator: ",").map(String.init) },
      include: text("include").split(separator: ",").map(String.init),
      count: json["count"]?.bool ?? false)
  }

  static func changes(_ body: JSONObject) -> Changes {
    Changes(
      uniqueKeysWithValues: body.members.map {
        ($0.key, ParseCore.Operation($0.value) ?? .set($0.value))
      })
  }

  var batch: [BatchRequest] {
    (body["requests"]?.array ?? []).compactMap { item in
      let path = item["path"]?.string?.split(separator: "/").map(String.init) ?? []
      let changes = Self.changes(item["body"]?.object ?? [:])
      switch (item["method"]?.string, path.count) {
      case ("POST", 3): return .create(className: path[2], changes)
      case ("PUT", 4): return .update(className: path[2], objectId: path[3], changes)
      case ("DELETE", 4): return .delete(className: path[2], objectId: path[3])
      default: return nil
      }
    }
  }
}
