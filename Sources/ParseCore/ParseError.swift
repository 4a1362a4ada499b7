/// What a Parse server answered in place of a result, or why no answer came.
///
/// `message` is the server's own text: it may be shown after sanitising, never parsed for logic and
/// never logged, because it can hold a field's value.
package struct ParseError: Error, Sendable, Hashable {
  /// One of Parse's codes (reference/parse.md §1.7); nil when the answer had none.
  package let code: Int?
  package let message: String
  /// Nil when no HTTP answer came, or the error was found on this side.
  package let httpStatus: Int?

  package init(code: Int?, message: String, httpStatus: Int? = nil) {
    self.code = code
    self.message = message
    self.httpStatus = httpStatus
  }
}

extension ParseError {
  package static func badQuery(_ message: String) -> ParseError {
    ParseError(code: 102, message: message)
  }

  package static func badJSON(_ message: String) -> ParseError {
    ParseError(code: 107, message: message)
  }
}
