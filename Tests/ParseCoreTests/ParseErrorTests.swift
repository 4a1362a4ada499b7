import ParseCore
import Testing

struct ParseErrorTests {
  struct Answer: Sendable, CustomTestStringConvertible {
    let json: JSON
    var testDescription: String { json["name"]?.string ?? "?" }
    var error: ParseError {
      ParseError(
        httpStatus: json["status"]?.int ?? 0, body: Array((json["body"]?.string ?? "").utf8))
    }

    static let all = Fixture.cases("error-answers.json", "answers").map(Answer.init(json:))
  }

  @Test func `no recorded answer is lost`() { #expect(Answer.all.count == 84) }

  @Test(arguments: Answer.all)
  func `a recorded answer keeps its code and text`(_ answer: Answer) throws {
    let error = answer.error
    let body = try? JSON(text: answer.json["body"]?.string ?? "")
    #expect(error.code == body?["code"]?.int)
    #expect(error.httpStatus == answer.json["status"]?.int)
    if let text = body?["error"]?.string ?? body?["message"]?.string {
      #expect(error.message == text)
    }
    #expect(!error.message.contains("<html"))
    #expect(!error.words.isEmpty)
    let permanent = (400..<500).contains(error.httpStatus ?? 0) && error.httpStatus != 429
    if permanent, ![209, 159].contains(error.code) { #expect(error.retry == .never) }
    if (error.httpStatus ?? 0) >= 500 { #expect(error.retry == .backOff) }
  }

  struct Shape: Sendable {
    let status: Int
    let body: String
    let code: Int?
    let message: String
    let retry: ParseErrorCode.Retry
    let words: String
  }

  @Test(arguments: [
    Shape(
      status: 404, body: #"{"code":101,"error":"Object not found."}"#, code: 101,
      message: "Object not found.", retry: .never, words: "Not here, or not open to you."),
    Shape(
      status: 400, body: #"{"code":209,"error":"Invalid session token"}"#, code: 209,
      message: "Invalid session token", retry: .afterSignIn,
      words: "You are signed out. Sign in again; your changes wait here."),
    Shape(
      status: 403, body: #"{"error":"unauthorized"}"#, code: nil, message: "unauthorized",
      retry: .never, words: "The server does not take this app's keys. Check them."),
    Shape(
      status: 500, body: #"{"code":1,"message":"Internal server error."}"#, code: 1,
      message: "Internal server error.", retry: .backOff,
      words: "The server has a problem. It is tried again by itself."),
    Shape(
      status: 500, body: #"{"code":1,"error":{"code":"42703","name":"error"}}"#, code: 1,
      message: "", retry: .backOff,
      words: "The server has a problem. It is tried again by itself."),
    Shape(
      status: 404, body: "<!DOCTYPE html><html></html>", code: nil, message: "", retry: .never,
      words: "No Parse Server at this address. Check it."),
    Shape(
      status: 431, body: "", code: nil, message: "", retry: .never,
      words: "The filter is too long. Make it shorter."),
    Shape(
      status: 502, body: "Bad gateway", code: nil, message: "", retry: .backOff,
      words: "The server has a problem. It is tried again by itself."),
    Shape(
      status: 429, body: #"{"code":100,"error":"Too many requests."}"#, code: 100,
      message: "Too many requests.", retry: .backOff,
      words: "Too many requests. It is tried again in a while."),
    Shape(
      status: 400, body: #"{"code":142,"error":"title is required"}"#, code: 142,
      message: "title is required", retry: .never, words: "title is required"),
    Shape(
      status: 400, body: #"{"code":7777,"error":"cloud says no"}"#, code: 7777,
      message: "cloud says no", retry: .never, words: "cloud says no"),
    Shape(
      status: 503, body: #"{"code":141,"error":"closed until noon"}"#, code: 141,
      message: "closed until noon", retry: .backOff, words: "closed until noon"),
    Shape(
      status: 200, body: "<html>sign in to the hotel</html>", code: nil, message: "",
      retry: .backOff,
      words: "Not the server's answer. The network may want a browser sign-in."),
  ])
  func `each shape of an error is read`(_ shape: Shape) {
    let error = ParseError(httpStatus: shape.status, body: Array(shape.body.utf8))
    #expect(error.code == shape.code)
    #expect(error.message == shape.message)
    #expect(error.retry == shape.retry)
    #expect(error.words == shape.words)
  }

  @Test(arguments: [
    ("Invalid username/password.", "Name or password is not right."),
    (
      "Your account is locked due to multiple failed login attempts. Please try again after "
        + "5 minute(s)", "Locked after too many tries. Try again in 5 min."
    ),
  ])
  func `a refused sign-in says why`(_ text: String, _ words: String) {
    let error = ParseError(code: 101, message: text, httpStatus: 404)
    #expect(error.words(during: .signIn) == words)
    #expect(error.words(during: .read) != words)
  }

  @Test func `no network is told apart from too many requests`() {
    #expect(ParseError.offline("no route").isOffline)
    #expect(ParseError.offline("no route").retry == .backOff)
    #expect(!ParseError(code: 100, message: "", httpStatus: 429).isOffline)
  }

  @Test(arguments: ParseErrorCode.allCases)
  func `every code has one row with a meaning`(_ code: ParseErrorCode) {
    #expect(ParseErrorCode.rows.count { $0.code == code } == 1)
    #expect(!code.meaning.isEmpty)
    let words = ParseError(code: code.rawValue, message: "text").words
    #expect(!words.contains("!"))
    #expect(words.count <= 70)
  }

  @Test func `the codes of the reference are known`() {
    let listed =
      [-1, 1, 2, 4] + Array(100...109) + Array(111...130) + Array(132...143)
      + Array(150...155) + Array(158...162) + Array(200...211) + Array(250...253) + [255, 256]
      + Array(600...602) + [902, 903, 999]
    for code in listed { #expect(ParseErrorCode(rawValue: code) != nil, "\(code)") }
    #expect(ParseErrorCode.invalidSession.rawValue == 209)
    #expect(ParseErrorCode.duplicateValue.rawValue == 137)
    #expect(ParseErrorCode.fileTooLarge.rawValue == 129)
    #expect(ParseErrorCode.invalidRoleName.rawValue == 139)
  }

  @Test func `an item of a batch can lack its code`() {
    let error = ParseError(json: ["error": "no"])
    #expect(error.code == nil)
    #expect(error.words == "no")
  }
}
