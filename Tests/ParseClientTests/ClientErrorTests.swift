import ParseCore
import Testing

@testable import ParseClient

struct ClientErrorTests {
  @Test(arguments: [
    (ClientError.noNetwork(.refused), ParseErrorCode.Retry.backOff, false),
    (.noNetwork(.nameNotFound), .backOff, false),
    (.noNetwork(.connectionLost), .backOff, true),
    (.noNetwork(.proxy), .backOff, false),
    (.timedOut, .backOff, true),
    (.answerTooLarge(limitBytes: 67_108_864), .never, true),
    (.tooManyRequests(seconds: nil), .backOff, false),
    (.notParse(status: 200), .backOff, true),
    (.notParse(status: 407), .never, false),
    (.notParse(status: 511), .backOff, true),
    (.cancelled, .never, true),
    (.tls(.certificate(.expired)), .never, false),
    (.tooManyRequests(seconds: 3), .backOff, false),
    (.notParse(status: 404), .never, false),
    (.notParse(status: 502), .backOff, true),
    (.notParse(status: 413), .never, false),
    (.redirected(status: 301), .never, false),
    (.server(ParseError(code: 209, message: "", httpStatus: 400)), .afterSignIn, false),
    (.server(ParseError(code: 1, message: "", httpStatus: 500)), .backOff, true),
    (.server(ParseError(code: 159, message: "", httpStatus: 400)), .readBack, true),
    (.server(ParseError(code: 137, message: "", httpStatus: 400)), .never, false),
  ])
  func `what may be done next`(error: ClientError, retry: ParseErrorCode.Retry, arrived: Bool) {
    #expect(error.retry == retry)
    #expect(error.mayHaveArrived == arrived)
    for activity in [ParseError.Activity.signIn, .read, .write] {
      let words = error.words(during: activity)
      #expect(!words.isEmpty && words.count <= 70)
    }
  }

  @Test func `a log shows no value`() {
    let error = ClientError.server(
      ParseError(code: 137, message: "duplicate: ada@campus.example", httpStatus: 400))
    #expect("\(error)" == "server error 137 (HTTP 400)")
    let session = Session(
      user: ParseObject(className: "_User", objectId: "u1", fields: ["email": "ada@x.example"]),
      sessionToken: "r:secret")
    #expect("\(session)" == "session of u1")
  }
}
