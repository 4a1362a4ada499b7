package import ParseCore

/// A signed-in user.
package struct Session: Sendable, Hashable {
  /// The user's own row, without the token.
  package let user: ParseObject
  package let sessionToken: String

  package init(user: ParseObject, sessionToken: String) {
    self.user = user
    self.sessionToken = sessionToken
  }
}

extension Session: CustomStringConvertible {
  /// For logs: without the token and the user's fields.
  package var description: String { "session of \(user.objectId ?? "nobody")" }
}

/// One device that a user is signed in on: a row of `_Session` without its token, which would let
/// its holder act there.
package struct SessionRow: Sendable, Hashable {
  package let objectId: String?
  package let createdAt: ParseDate?
  package let expiresAt: ParseDate?
  /// Tells this profile's own session from others.
  package let installationId: String?

  init(_ row: ParseObject) {
    objectId = row.objectId
    createdAt = row.createdAt
    expiresAt = row["expiresAt"].flatMap(ParseDate.init(value:))
    installationId = row["installationId"]?.string
  }
}

package struct FindAnswer: Sendable, Hashable {
  package let rows: [ParseObject]
  /// The number of matches, when the query asked for it.
  package let count: Int?
  /// The server's clock when it answered, exact to a second; nil when it did not say.
  package let serverDate: ParseDate?
  /// What to send along to learn whether the rows are the same still; nil when there is none.
  package let etag: String?

  package init(
    rows: [ParseObject], count: Int? = nil, serverDate: ParseDate? = nil, etag: String? = nil
  ) {
    self.rows = rows
    self.count = count
    self.serverDate = serverDate
    self.etag = etag
  }
}

/// What the server says of a save.
package struct SaveAnswer: Sendable, Hashable {
  /// Of a create the new id, of an update the id it went to.
  package let objectId: String
  /// Nil for an update. A create's `updatedAt` equals it.
  package let createdAt: ParseDate?
  package let updatedAt: ParseDate?
  /// Fields that the server computed or changed; `{"__op":"Delete"}` for those it removed.
  package let fields: JSONObject

  package init(
    objectId: String, createdAt: ParseDate?, updatedAt: ParseDate?, fields: JSONObject
  ) {
    self.objectId = objectId
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.fields = fields
  }
}

extension SaveAnswer {
  /// Reads the body of a save's answer, of a batch item's `success` too. Nil when a create's answer
  /// names no object.
  ///
  /// - Parameter objectId: the updated object; nil for a create.
  package init?(_ json: JSONObject, objectId: String? = nil) {
    guard let id = objectId ?? json["objectId"]?.string else { return nil }
    let row = ParseObject(className: "", json: json)
    self.init(
      objectId: id, createdAt: row.createdAt, updatedAt: row.updatedAt ?? row.createdAt,
      fields: row.fields)
  }
}

/// One sub-request of a batch. The server runs them side by side: none may refer to another's
/// result.
package enum BatchRequest: Sendable, Hashable {
  case create(className: String, Changes)
  case update(className: String, objectId: String, Changes)
  case delete(className: String, objectId: String)
}
