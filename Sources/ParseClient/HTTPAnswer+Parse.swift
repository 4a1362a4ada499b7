import ParseCore

extension HTTPAnswer {
  /// The JSON of a good answer.
  ///
  /// - Throws: `.server` for an error in one of Parse's shapes, `.tooManyRequests`, `.redirected`,
  ///   or `.notParse`.
  func parseJSON() throws(ClientError) -> JSON {
    if (300..<400).contains(status) { throw .redirected(status: status) }
    if status == 429 { throw .tooManyRequests(seconds: retryAfter) }
    // Refused keys are answered in JSON with no content type (8.2.2 and 4.10.4).
    guard headers["content-type"]?.lowercased().contains("json") ?? true else {
      throw .notParse(status: status)
    }
    let json: JSON
    do {
      json = try JSON(bytes: body)
    } catch {
      throw .notParse(status: status)
    }
    if (200..<300).contains(status) { return json }
    guard json.object != nil else { throw .notParse(status: status) }
    throw .server(ParseError(json: json, httpStatus: status))
  }

  /// The seconds of a `Retry-After` header; its other form, a date, no server of ours sends
  /// (RFC 9110 §10.2.3).
  var retryAfter: Int? {
    headers["retry-after"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
