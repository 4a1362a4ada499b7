import ParseCore

extension HTTPAnswer {
  /// The JSON of a good answer.
  ///
  /// - Throws: `.server` for an error in one of Parse's shapes, `.redirected`, or `.notParse`.
  func parseJSON() throws(ClientError) -> JSON {
    if (300..<400).contains(status) { throw .redirected(status: status) }
    guard headers["content-type"]?.lowercased().contains("json") ?? false else {
      throw .notParse(status: status)
    }
    let json: JSON
    do {
      json = try JSON(bytes: body)
    } catch {
      throw .notParse(status: status)
    }
    if (200..<300).contains(status) { return json }
    guard let error = ParseError(json, httpStatus: status) else {
      throw .notParse(status: status)
    }
    throw .server(error)
  }
}

extension ParseError {
  /// Reads the shapes of reference/parse.md §1.7: `{code,error}`, `{error}`, `{code,message}` and an
  /// `error` that is an object. Nil for any other JSON.
  init?(_ json: JSON, httpStatus: Int?) {
    guard let object = json.object else { return nil }
    let message = object["error"]?.string ?? object["message"]?.string
    guard message != nil || object["code"] != nil || object["error"] != nil else { return nil }
    self.init(code: object["code"]?.int, message: message ?? "", httpStatus: httpStatus)
  }

  init(batchItem json: JSON) {
    self =
      json["error"].flatMap { ParseError($0, httpStatus: nil) }
      ?? ParseError(code: nil, message: json["error"]?.string ?? "")
  }

  var retryInClientTerms: ClientError.Retry {
    switch (code, httpStatus) {
    case (209, _): .afterSignIn
    case (_, 429), (1, _), (2, _), (4, _), (100, _), (124, _), (140, _), (155, _), (251, _):
      .later(seconds: nil)
    case (_, let status?) where status >= 500: .later(seconds: nil)
    default: .never
    }
  }
}
