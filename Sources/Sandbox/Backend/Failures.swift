import ParseCore

/// The refusals a Parse Server answers with; texts as recorded from 8.2.2.
extension ParseError {
  static func refused(_ code: Int, _ message: String) -> ParseError {
    ParseError(code: code, message: message, httpStatus: code == 101 ? 404 : code == 1 ? 500 : 400)
  }

  /// Wrong application id or key: no code at all (reference/parse.md §1.1).
  static let unauthorized = ParseError(code: nil, message: "unauthorized", httpStatus: 403)
  static let masterKeyRequired = ParseError(
    code: nil, message: "unauthorized: master key is required", httpStatus: 403)
  static let invalidSession = refused(209, "Invalid session token")
  static let expiredSession = refused(209, "Session token is expired.")
  static let notFound = refused(101, "Object not found.")
  static let notFoundForDelete = refused(101, "Object not found for delete.")
  static let needsUser = refused(101, "Permission denied, user needs to be authenticated.")
  static let wrongLogin = refused(101, "Invalid username/password.")
  static let duplicateRequest = refused(159, "Duplicate request")
  static let tooManyRequests = ParseError(
    code: 100, message: "Too many requests.", httpStatus: 429)
  static let tooLarge = ParseError(
    code: nil, message: "request entity too large", httpStatus: 413)
  static let internalError = refused(1, "Internal server error.")

  /// A fault of the database that Parse Server hands on, with the five characters of its SQLSTATE.
  static func sql(_ state: String) -> ParseError { refused(1, sqlMark + state) }
  private static let sqlMark = "SQLSTATE "

  static func denied(_ action: String, on className: String) -> ParseError {
    refused(119, "Permission denied for action \(action) on class \(className).")
  }

  static func missingClass(_ className: String) -> ParseError {
    refused(119, "This user is not allowed to access non-existent class: \(className)")
  }

  static func invalid(_ message: String) -> ParseError { refused(142, message) }

  static func mismatch(
    _ className: String, _ field: String, expected: String, got: String
  ) -> ParseError {
    refused(
      111, "schema mismatch for \(className).\(field); expected \(expected) but got \(got)")
  }

  /// The answer's body; the shapes of reference/parse.md §1.7.
  var body: JSON {
    guard let code else { return ["error": .string(message)] }
    if code == 1, message.hasPrefix(Self.sqlMark) {
      // On PostgreSQL `error` is the driver's error object (reference/parse.md §1.7).
      let state = String(message.dropFirst(Self.sqlMark.count))
      return ["code": 1, "error": ["name": "error", "severity": "ERROR", "code": .string(state)]]
    }
    // Any other 500 does not say what went wrong.
    if code == 1 { return ["code": 1, "message": "Internal server error."] }
    return ["code": .integer(code), "error": .string(message)]
  }

  /// The HTTP status, also of errors found by the query engine, which knows none.
  var status: Int { httpStatus ?? ParseError.refused(code ?? 1, "").httpStatus ?? 500 }
}
