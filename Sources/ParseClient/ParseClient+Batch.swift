package import ParseCore

extension ParseClient {
  /// Sends several saves and deletes in one request. The results are in the requests' order.
  ///
  /// Keep to 50 requests: newer servers may refuse more (reference/parse.md §1.6). A batch has no
  /// request id, so one with creates or increments must not be sent again blindly.
  ///
  /// - Parameter isTransaction: all or nothing. When the server refuses one it says of none which it
  ///   was: code 1 with HTTP 500.
  package func batch(
    _ requests: [BatchRequest], isTransaction: Bool = false
  ) async throws(ClientError) -> [Result<JSONObject, ParseError>] {
    if requests.isEmpty { return [] }
    var items: [JSON] = []
    for request in requests { items.append(.object(try item(request))) }
    var body: JSONObject = ["requests": .array(items)]
    if isTransaction { body["transaction"] = true }
    let answer = try await perform(
      Call(
        method: .post, path: "/batch", body: body,
        isIdempotent: requests.allSatisfy(\.isIdempotent)))
    guard let results = answer.json.array, results.count == requests.count else {
      throw .notParse(status: 200)
    }
    return results.map { result in
      if let success = result["success"]?.object { return .success(success) }
      return .failure(ParseError(json: result["error"] ?? [:]))
    }
  }

  private func item(_ request: BatchRequest) throws(ClientError) -> JSONObject {
    let mount = configuration.mountPath
    switch request {
    case .create(let className, let changes):
      return [
        "method": "POST", "path": .string(mount + ParsePath.collection(className)),
        "body": .object(try body(changes)),
      ]
    case .update(let className, let objectId, let changes):
      return [
        "method": "PUT", "path": .string(mount + (try path(className, objectId))),
        "body": .object(try body(changes)),
      ]
    case .delete(let className, let objectId):
      return ["method": "DELETE", "path": .string(mount + (try path(className, objectId)))]
    }
  }
}

extension BatchRequest {
  /// Whether sending it twice leaves the server as sending it once does.
  var isIdempotent: Bool {
    switch self {
    case .create: false
    case .update(_, _, let changes): changes.values.allSatisfy(\.isIdempotent)
    case .delete: true
    }
  }
}
