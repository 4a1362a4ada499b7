import ParseCore
import Testing

@testable import ParseClient

/// The way through a proxy that the environment names.
struct ProxyTests {
  private func client(
    _ url: String, _ environment: [String: String]
  ) throws(ClientError) -> ParseClient {
    try ParseClient(
      ServerConfiguration(
        url: url, applicationId: "campus", installationId: "install-1", allowsInsecureHTTP: true,
        connectTimeout: .seconds(120), totalTimeout: .seconds(120), environment: environment),
      sessionToken: "r:1")
  }

  private func error(
    _ url: String, _ environment: [String: String]
  ) async throws -> ClientError? {
    let client = try client(url, environment)
    return await clientError { () throws(ClientError) in _ = try await client.find(Query("Deal")) }
  }

  @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
  func `a request goes through the proxy`(name: String) async throws {
    let proxy = try ReplayServer([.json(#"{"results":[{"objectId":"x"}]}"#)])
    defer { proxy.stop() }
    let client = try client("http://crm.example/parse", [name: "http://127.0.0.1:\(proxy.port)"])
    #expect(try await client.find(Query("Deal")).rows.count == 1)
    #expect(await proxy.nextRequest()?.target == "http://crm.example/parse/classes/Deal")
  }

  @Test(arguments: [
    ("crm.example", false), (".example", false), ("example", false), ("*", false),
    ("other.example, crm.example", false), ("CRM.EXAMPLE", false), ("m.example", true),
    ("other.example", true), (".", true), ("", true),
  ])
  func `exceptions go straight to the server`(exceptions: String, isProxied: Bool) throws {
    let server = try ServerURL("https://crm.example/parse", schemes: ["https"])
    for name in ["no_proxy", "NO_PROXY"] {
      let proxy = Proxy(
        environment: ["https_proxy": "http://proxy.example:3128", name: exceptions], for: server)
      #expect((proxy != nil) == isProxied)
    }
  }

  typealias Choice = (url: String, environment: [String: String], proxy: String?)

  static let choices: [Choice] = [
    ("http://crm.example", ["http_proxy": "http://a"], "http://a"),
    ("http://crm.example", ["HTTP_PROXY": "http://a"], nil),
    ("http://crm.example", ["https_proxy": "http://a"], nil),
    ("https://crm.example", ["HTTPS_PROXY": "http://a"], "http://a"),
    ("https://crm.example", ["https_proxy": "http://a", "HTTPS_PROXY": "http://b"], "http://a"),
    ("https://crm.example", ["https_proxy": "", "all_proxy": "socks5://c"], "socks5://c"),
    ("wss://crm.example", ["https_proxy": "http://a"], "http://a"),
    ("https://[::1]:1337", ["https_proxy": "http://a"], nil),
  ]

  @Test(arguments: choices)
  func `the names of the environment are curl's`(choice: Choice) throws {
    let server = try ServerURL(choice.url, schemes: ["http", "https", "wss"])
    #expect(Proxy(environment: choice.environment, for: server)?.url == choice.proxy)
  }

  @Test func `a server on this machine needs no proxy`() async throws {
    let server = try ReplayServer([.json(#"{"results":[]}"#)])
    defer { server.stop() }
    #expect(try await error(server.url, ["http_proxy": "http://127.0.0.1:1"]) == nil)
  }

  @Test func `a proxy that is down is not a server that is down`() async throws {
    let proxy = try ReplayServer([])
    proxy.stop()
    let error = try await error(
      "http://crm.example/parse", ["http_proxy": "http://127.0.0.1:\(proxy.port)"])
    #expect(error == .noNetwork(.proxy))
    #expect(error?.words == "No connection through the proxy. Check https_proxy, or wait.")
    #expect(error?.retry == .backOff)
    #expect(error?.mayHaveArrived == false)
  }

  @Test(arguments: [403, 407, 502])
  func `a proxy that does not lead on to the server is named`(status: Int) async throws {
    let proxy = try ReplayServer([
      .answerAndClose(ReplayServer.Step.bytes("<html>no</html>", status: status))
    ])
    defer { proxy.stop() }
    let error = try await error(
      "https://crm.example/parse", ["https_proxy": "http://127.0.0.1:\(proxy.port)"])
    #expect(error == .noNetwork(.proxy))
    let request = await proxy.nextRequest()
    #expect(request?.method == "CONNECT")
    #expect(request?.target == "crm.example:443")
    #expect(request?.header("X-Parse-Session-Token") == nil)
    #expect(request?.header("X-Parse-Application-Id") == nil)
  }

  @Test func `a proxy that wants a password says so`() async throws {
    let proxy = try ReplayServer([.json("<html>who are you?</html>", status: 407)])
    defer { proxy.stop() }
    let error = try await error(
      "http://crm.example/parse", ["http_proxy": "http://127.0.0.1:\(proxy.port)"])
    #expect(error == .notParse(status: 407))
    #expect(
      error?.words == "No connection through the proxy. Check the proxy's name and password.")
  }
}
