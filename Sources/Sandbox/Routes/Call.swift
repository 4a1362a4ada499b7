import ParseCore

/// A request after its keys and session have been checked: what a route sees.
struct Call: Sendable {
  var method: String
  /// Parts of the path under the mount, decoded: `["classes", "Deal", "xyz"]`.
  var path: [String]
  /// The JSON body without Parse's `_` fields, or the query string's fields.
  var body: JSONObject
  var caller: Caller
  /// Scheme, host and mount, for `Location`.
  var base: String
}

/// What a route answers before it becomes bytes.
struct Answer: Sendable {
  var json: JSON
  var status = 200
  var location: String?

  init(_ json: JSON, status: Int = 200, location: String? = nil) {
    self.json = json
    self.status = status
    self.location = location
  }

  @_disfavoredOverload
  init(_ object: JSONObject, status: Int = 200, location: String? = nil) {
    self.init(.object(object), status: status, location: location)
  }
}
