package import ParseCore

extension ParseClient {
  /// Finds rows. Sent as POST with `_method`, so that `where` stays out of URLs and access logs.
  package func find(_ query: Query) async throws(ClientError) -> FindAnswer {
    try FindAnswer(try await perform(query.findCall), of: query)
  }

  /// The number of rows that match, whatever the query's limit and skip.
  package func count(_ query: Query) async throws(ClientError) -> Int {
    var counting = Query(query.className, where: query.filter, limit: 0)
    counting.count = true
    guard let count = try await find(counting).count else { throw .notParse(status: 200) }
    return count
  }

  /// One row by its id. An object that is missing and one that may not be read both give code 101.
  package func get(
    _ className: String, objectId: String, include: [String] = []
  ) async throws(ClientError) -> ParseObject {
    var body: JSONObject = ["_method": "GET"]
    if !include.isEmpty { body["include"] = .string(include.joined(separator: ",")) }
    let row = try await performObject(
      Call(
        method: .post, path: try path(className, objectId), body: body, isIdempotent: true))
    return ParseObject(className: className, json: row)
  }

  /// Creates an object.
  ///
  /// - Parameter requestId: the same for every try of the same create, so that a server with
  ///   idempotency refuses the second (code 159). Never sent again by itself.
  package func create(
    _ className: String, _ changes: Changes, requestId: String? = nil
  ) async throws(ClientError) -> SaveAnswer {
    let answer = try await performObject(
      Call(
        method: .post, path: ParsePath.collection(className), body: try body(changes),
        isIdempotent: false, requestId: requestId))
    guard let saved = SaveAnswer(answer) else { throw .notParse(status: 201) }
    return saved
  }

  /// Changes fields of an object. A password change of the signed-in user gives a new token, which
  /// is kept (reference/parse.md §1.8).
  package func update(
    _ className: String, objectId: String, _ changes: Changes, requestId: String? = nil
  ) async throws(ClientError) -> SaveAnswer {
    var answer = try await performObject(
      Call(
        method: .put, path: try path(className, objectId), body: try body(changes),
        isIdempotent: changes.values.allSatisfy(\.isIdempotent), requestId: requestId))
    if className == "_User", let token = answer["sessionToken"]?.string {
      guard ServerConfiguration.isHeaderSafe(token) else { throw .notParse(status: 200) }
      sessionToken = token
      answer["sessionToken"] = nil
    }
    guard let saved = SaveAnswer(answer, objectId: objectId) else { throw .notParse(status: 200) }
    return saved
  }

  /// Deletes an object. One that is gone already, or may not be deleted, gives code 101.
  package func delete(_ className: String, objectId: String) async throws(ClientError) {
    _ = try await performObject(
      Call(
        method: .delete, path: try path(className, objectId), body: nil, isIdempotent: true))
  }

  /// An empty id would address the class in place of the object.
  func path(_ className: String, _ objectId: String) throws(ClientError) -> String {
    guard !objectId.isEmpty else { throw .badRequest("The object has no id yet.") }
    return ParsePath.object(className, objectId)
  }

  /// A PUT with `objectId` in its body renames the row (reference/parse.md §1.5).
  func body(_ changes: Changes) throws(ClientError) -> JSONObject {
    for field in ["objectId", "createdAt", "updatedAt", "className"] where changes[field] != nil {
      throw .badRequest("The field \(field) belongs to the server and is never sent.")
    }
    return JSONObject(changes: changes)
  }
}

extension FindAnswer {
  init(_ reply: ParseClient.Reply, of query: Query) throws(ClientError) {
    guard let results = reply.json["results"]?.array else { throw .notParse(status: 200) }
    let rows = results.compactMap { row in
      row.object.map { ParseObject(className: query.className, json: $0) }
    }
    guard rows.count == results.count else { throw .notParse(status: 200) }
    self.init(
      rows: rows, count: reply.json["count"]?.int, serverDate: reply.serverDate, etag: reply.etag)
  }
}

extension Query {
  var findCall: ParseClient.Call {
    ParseClient.Call(
      method: .post, path: ParsePath.collection(className), body: findBody, isIdempotent: true)
  }

  /// The body of a find sent as POST.
  var findBody: JSONObject {
    var body: JSONObject = ["_method": "GET", "where": .object(filter)]
    if !order.isEmpty { body["order"] = .string(order.map(\.text).joined(separator: ",")) }
    if let limit { body["limit"] = .integer(limit) }
    if skip > 0 { body["skip"] = .integer(skip) }
    if let keys { body["keys"] = .string(keys.joined(separator: ",")) }
    if !include.isEmpty { body["include"] = .string(include.joined(separator: ",")) }
    if count { body["count"] = 1 }
    return body
  }
}

extension Operation {
  /// Whether doing it twice gives what doing it once gives.
  var isIdempotent: Bool {
    switch self {
    case .set, .delete, .addUnique, .remove, .addRelation, .removeRelation: true
    case .increment, .add: false
    }
  }
}
