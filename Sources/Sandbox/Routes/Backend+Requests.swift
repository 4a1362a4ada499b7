import ParseCore

/// From a request to a response: keys, body, session, idempotency, route, errors, ETag.
extension Backend {
  mutating func respond(to request: SandboxRequest) -> SandboxResponse {
    // Node's limit for the request line and headers together.
    guard request.path.utf8.count + request.query.utf8.count < 16_384 else {
      return SandboxResponse(status: 431)
    }
    guard let path = underMount(request.path) else { return html(request) }
    if request.method == "OPTIONS" {
      return SandboxResponse(
        status: 200, headers: [("Content-Type", "text/plain; charset=utf-8")],
        body: Array("OK".utf8))
    }
    if path == ["health"] { return SandboxResponse(["status": "ok"]) }
    var limitHeaders: [(name: String, value: String)] = []
    do throws(ParseError) {
      if path.first == "files" { return try files(request, path) }
      var call = try call(request, path)
      let admission = admit(call)
      limitHeaders = admission.headers
      if admission.isOver { throw ParseError.tooManyRequests }
      guard let answer = try answer(&call, requestId: request.headers["x-parse-request-id"]) else {
        return html(request)
      }
      var response = SandboxResponse(
        answer.json, status: answer.status, location: answer.location)
      response.headers += limitHeaders
      return tagged(response, for: request)
    } catch {
      changes = []
      var response = SandboxResponse(error)
      response.headers += limitHeaders
      return tagged(response, for: request)
    }
  }

  /// The body of a file is the file, so keys and session come from the headers alone.
  private mutating func files(
    _ request: SandboxRequest, _ path: [String]
  ) throws(ParseError) -> SandboxResponse {
    guard request.body.count <= options.maximumBodyBytes else { throw .tooLarge }
    var bare = request
    bare.body = []
    let call = Result { () throws(ParseError) in try self.call(bare, path) }
    let answer = try fileRoute(request, path.dropFirst(), call)
    return answer.map { tagged($0, for: request) } ?? html(request)
  }

  private func html(_ request: SandboxRequest) -> SandboxResponse {
    .noRoute(request.method, request.path)
  }

  /// The decoded parts of a path under the mount; nil outside of it.
  func underMount(_ path: String) -> [String]? {
    let mount = options.mountPath
    guard path.hasPrefix(mount) else { return nil }
    let rest = path.dropFirst(mount.count)
    guard rest.isEmpty || rest.hasPrefix("/") else { return nil }
    return rest.split(separator: "/").map { percentDecoded($0) }
  }

  private func call(_ request: SandboxRequest, _ path: [String]) throws(ParseError) -> Call {
    guard request.body.count <= options.maximumBodyBytes else { throw .tooLarge }
    var body = try body(request)
    func taken(_ field: String) -> String? {
      let value = body[field]?.string
      body[field] = nil
      return value
    }
    let applicationId = request.headers["x-parse-application-id"] ?? taken("_ApplicationId")
    let javascriptKey = taken("_JavaScriptKey")
    let keys =
      ["x-parse-rest-api-key", "x-parse-javascript-key", "x-parse-client-key"]
      .compactMap { request.headers[$0] } + [javascriptKey].compactMap { $0 }
    let masterKey = request.headers["x-parse-master-key"] ?? taken("_MasterKey")
    let token = request.headers["x-parse-session-token"] ?? taken("_SessionToken")
    let installation = request.headers["x-parse-installation-id"] ?? taken("_InstallationId")
    let isMaster = masterKey == options.masterKey
    // Parse Server finds the mount path by cutting `/batch` off the end of the URL.
    if path == ["batch"], request.path.hasSuffix("/") { throw .internalError }
    guard applicationId == options.applicationId, isMaster || keys.contains(options.restKey) else {
      throw .unauthorized
    }
    let method = request.method == "POST" ? taken("_method")?.uppercased() : nil
    for name in ["_ContentType", "_ClientVersion", "_RevocableSession", "_noBody"] {
      body[name] = nil
    }
    var caller = Caller(isMaster: isMaster, installationId: installation)
    if !isMaster, let token, !Self.ignoresSession(path) {
      caller = try self.caller(token: token, installationId: installation)
    }
    if let context = request.headers["x-parse-cloud-context"] ?? taken("_context") {
      guard let object = try? JSON(text: context).object else {
        throw .refused(107, "Invalid object for context was not a string.")
      }
      caller.cascades = object["cascade"]?.bool ?? false
    }
    return Call(
      method: method ?? request.method, path: path, body: body, caller: caller,
      base: "http://" + (request.headers["host"] ?? "127.0.0.1") + options.mountPath)
  }

  /// A login with a stale token still works (reference/parse.md §8).
  private static func ignoresSession(_ path: [String]) -> Bool {
    path == ["login"] || path == ["loginAs"] || path == ["requestPasswordReset"]
  }

  private func body(_ request: SandboxRequest) throws(ParseError) -> JSONObject {
    let query = formFields(request.query)
    if request.body.isEmpty || request.method == "GET" || request.method == "HEAD" { return query }
    let bytes = try unpacked(request)
    let type = request.headers["content-type"]?.lowercased() ?? ""
    if type.contains("iso-8859") {
      throw ParseError(
        code: nil, message: "unsupported charset \"ISO-8859-1\"", httpStatus: 415)
    }
    // Without a content type the body is not read at all, as Express does (reference/parse.md §8).
    if type.isEmpty { return query }
    let text = String(decoding: bytes, as: UTF8.self)
    if type.hasPrefix("application/x-www-form-urlencoded") { return formFields(text) }
    do {
      let json = try JSON(bytes: bytes)
      if let object = json.object { return object }
      if json.array != nil { return [:] }
    } catch {
      throw ParseError(code: nil, message: "the body is not valid JSON", httpStatus: 400)
    }
    // The body parser takes objects and lists only; the words are the JavaScript engine's.
    let first = text.first { !$0.isWhitespace } ?? " "
    throw ParseError(
      code: nil, message: "Unexpected token '\(first)', \"\(text)\" is not valid JSON",
      httpStatus: 400)
  }

  /// The body without its compression; the limit holds for what comes out too.
  private func unpacked(_ request: SandboxRequest) throws(ParseError) -> [UInt8] {
    let encoding = request.headers["content-encoding"]?.lowercased() ?? "identity"
    if encoding == "identity" { return request.body }
    guard encoding == "gzip" || encoding == "deflate" else {
      throw ParseError(
        code: nil, message: "unsupported content encoding \"\(encoding)\"", httpStatus: 415)
    }
    do throws(Inflate.Failure) {
      return try Inflate.unpack(
        request.body, encoding: encoding, limit: options.maximumBodyBytes)
    } catch {
      throw ParseError(code: nil, message: "the body cannot be unpacked", httpStatus: 400)
    }
  }

  /// Runs the route under the rules of one request: used ids, all or nothing.
  private mutating func answer(
    _ call: inout Call, requestId: String?
  ) throws(ParseError) -> Answer? {
    try useUp(requestId, call)
    return try route(call)
  }

  /// POST and PUT of classes, users and functions; a request that fails later has used up its id
  /// all the same, one with a bad session has not (reference/parse.md §1.9).
  private mutating func useUp(_ id: String?, _ call: Call) throws(ParseError) {
    guard let id, options.idempotencySeconds > 0, ["POST", "PUT"].contains(call.method),
      ["classes", "users", "functions", "jobs", "installations"].contains(call.path.first)
    else { return }
    let now = options.now()
    if let end = usedRequests[id], end > now { throw .duplicateRequest }
    usedRequests[id] = now.advanced(bySeconds: options.idempotencySeconds)
    if usedRequests.all.count > 10_000 {
      for (id, end) in usedRequests.all where end <= now { usedRequests[id] = nil }
    }
  }

  /// A weak tag over the body's bytes, and 304 for whoever already has them.
  private func tagged(
    _ response: SandboxResponse, for request: SandboxRequest
  ) -> SandboxResponse {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in response.body { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let tag = "W/\"\(String(response.body.count, radix: 16))-\(String(hash, radix: 36))\""
    var response = response
    response.headers.append(("ETag", tag))
    if response.status == 200, request.headers["if-none-match"] == tag {
      response.status = 304
      response.headers = [("ETag", tag)]
      response.body = []
    }
    return response
  }
}
