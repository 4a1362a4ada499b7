import ParseCore
import Testing

@testable import ParseClient

/// Every recorded REST exchange of both server versions, sent and answered once more.
///
/// One after another: each has a server and a client of its own, with threads and descriptors.
@Suite(.serialized)
struct ExchangeTests {
  @Test func `every recorded exchange is here`() {
    #expect(Exchange.all.filter { $0.version == "8.2.2" }.count == 374)
    #expect(Exchange.all.filter { $0.version == "4.10.4" }.count == 366)
    #expect(Exchange.all.allSatisfy { !$0.expected.isEmpty })
  }

  @Test(arguments: Exchange.all)
  func `a recorded exchange is read as the reference says`(exchange: Exchange) async throws {
    let server = try ReplayServer([exchange.step])
    defer { server.stop() }
    let client = try server.client(token: exchange.isAnonymous ? nil : "r:recorded")
    do throws(ClientError) {
      let outcome = try await exchange.made(by: client)
      #expect(outcome == exchange.expected)
    } catch {
      expect(error, of: exchange)
    }
    server.stop()
    try expectRequest(await server.nextRequest(), of: exchange)
  }

  private func expect(_ error: ClientError, of exchange: Exchange) {
    var expected = exchange.expected
    let meaning = expected["meaning"]?.string ?? ""
    let text = expected["text"]?.string
    expected["meaning"] = nil
    expected["text"] = nil
    #expect(Exchange.summary(error) == expected)
    let signsIn = ["logIn", "verifyPassword"].contains(exchange.call)
    let words = error.words(during: signsIn ? .signIn : .write)
    #expect(words == (meaning == "text" ? text : Self.sentences[meaning]))
  }

  /// The request carries what was recorded, by the client's own way to say it.
  private func expectRequest(_ request: ReceivedRequest?, of exchange: Exchange) throws {
    let request = try #require(request)
    let body = try request.json
    switch exchange.call {
    case "find":
      #expect(body?["_method"] == "GET")
      #expect(body?["where"]?.object == exchange.json["where"]?.object ?? [:])
      #expect(body?["limit"]?.int == exchange.json["limit"]?.int)
    case "create", "update", "function", "batch":
      #expect(body?.object == exchange.body)
      #expect(request.header("X-Parse-Request-Id") == exchange.requestId)
    case "logIn":
      #expect(body?["username"]?.string == exchange.text("username"))
      #expect(!request.target.contains("?"))
    default: break
    }
    let isWithoutToken =
      exchange.isAnonymous || ["logIn", "signUp", "health"].contains(exchange.call)
    #expect(request.header("X-Parse-Session-Token") == (isWithoutToken ? nil : "r:recorded"))
  }

  /// What a person reads, by the meaning that the fixtures name.
  private static let sentences: [String: String] = [
    "arrived": "It arrived already. Reading it back.",
    "badEmail": "Not an e-mail address. Check it.",
    "codeless": "The server did not take this. Please report what you did.",
    "emailTaken": "This e-mail is in use. Choose another.",
    "filter": "The server cannot do this filter. Change the filter.",
    "forbidden": "You may not do this here. An admin can give the right.",
    "keys": "The server does not take this app's keys. Check them.",
    "large": "Too large for the server. Make it smaller.",
    "locked": "Locked after too many tries. Try again in 1 min.",
    "longFilter": "The filter is too long. Make it shorter.",
    "lost": "The connection was lost before the answer came.",
    "nameMissing": "Type a name.",
    "nameTaken": "This name is taken. Choose another.",
    "nestedKey": "A key may not hold $ or a dot.",
    "noServer": "No Parse Server at this address. Check it.",
    "notHere": "Not here, or not open to you.",
    "otherType": "The server keeps another kind of value here. Change the value.",
    "passwordMissing": "Type a password.",
    "report": "The server did not take this. Please report it with its code.",
    "server": "The server has a problem. It is tried again by itself.",
    "serverSignIn": "The server has a problem. Try again later.",
    "signIn": "Name or password is not right.",
    "signedOut": "You are signed out. Sign in again; your changes wait here.",
    "taken": "This value is in use already. Choose another.",
    "tooManySignIn": "Too many tries. Try again in 10 s.",
    "unreadable":
      "Not the server's answer. The network may want a browser sign-in.",
  ]
}
