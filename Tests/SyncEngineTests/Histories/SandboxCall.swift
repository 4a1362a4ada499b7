import ParseCore
import Sandbox

@testable import ParseClient

/// A request of the client as the sandbox takes it, without a socket.
struct SandboxCall: Sendable {
  typealias Answer = Result<HTTPAnswer, TransferFailure>

  enum Kind: Sendable { case read, create, update, delete }

  let request: SandboxRequest
  let kind: Kind
  let className: String
  /// Nil for a create and a find.
  let objectId: String?
  let requestId: String?
  /// The operations of a create or an update.
  let changes: Changes

  init(_ http: HTTPRequest) {
    let path = http.url.replacing("http://127.0.0.1:1", with: "")
    let headers = Dictionary(http.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
    request = SandboxRequest(
      http.method.rawValue, path, headers: headers, body: http.body ?? [])
    let parts = path.split(separator: "/").map(String.init)
    className = parts.count > 2 ? parts[2] : ""
    objectId = parts.count > 3 ? parts[3] : nil
    requestId = headers["x-parse-request-id"]
    var body: JSONObject = [:]
    if let bytes = http.body, let object = try? JSON(bytes: bytes).object { body = object }
    kind =
      switch http.method {
      case .delete: .delete
      case .put: .update
      case .post where body["_method"] == nil: .create
      default: .read
      }
    changes =
      kind == .read
      ? [:]
      : Dictionary(
        body.members.compactMap { member in
          ParseCore.Operation(member.value).map { (member.key, $0) }
        }
      ) { $1 }
  }

  var isWrite: Bool { kind != .read }

  static func answer(_ response: SandboxResponse) -> Answer {
    let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
    return .success(HTTPAnswer(status: response.status, headers: headers, body: response.body))
  }

  static func error(status: Int, code: Int?, retryAfter: Int? = nil) -> Answer {
    var headers = ["content-type": "application/json; charset=utf-8"]
    headers["retry-after"] = retryAfter.map(String.init)
    let body: JSON = ["code": code.map(JSON.integer) ?? .null, "error": "fault on request"]
    return .success(HTTPAnswer(status: status, headers: headers, body: body.bytes))
  }

  static let page = Answer.success(
    HTTPAnswer(
      status: 502, headers: ["content-type": "text/html"], body: Array("<html>".utf8)))
}
