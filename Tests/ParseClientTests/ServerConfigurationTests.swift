import ParseCore
import Testing

@testable import ParseClient

struct ServerConfigurationTests {
  private func configuration(
    _ url: String, live: String? = nil, insecure: Bool = false
  ) throws(ClientError) -> ServerConfiguration {
    try ServerConfiguration(
      url: url, liveQueryURL: live, applicationId: "campus", installationId: "i",
      allowsInsecureHTTP: insecure)
  }

  @Test(arguments: [
    ("https://crm.example/parse", "https://crm.example/parse", "wss://crm.example/parse", "/parse"),
    (
      "https://crm.example/parse/", "https://crm.example/parse", "wss://crm.example/parse", "/parse"
    ),
    ("HTTPS://CRM.example:8443", "https://crm.example:8443", "wss://crm.example:8443", ""),
    (
      "http://127.0.0.1:1337/api/parse", "http://127.0.0.1:1337/api/parse",
      "ws://127.0.0.1:1337/api/parse", "/api/parse"
    ),
    ("http://localhost/parse", "http://localhost/parse", "ws://localhost/parse", "/parse"),
    ("http://[::1]:1337/parse", "http://[::1]:1337/parse", "ws://[::1]:1337/parse", "/parse"),
  ])
  func `an address is taken apart`(
    text: String, url: String, live: String, mount: String
  ) throws {
    let configuration = try configuration(text)
    #expect(configuration.url == url)
    #expect(configuration.liveQueryURL == live)
    #expect(configuration.mountPath == mount)
  }

  @Test(arguments: [
    "", "crm.example/parse", "ftp://crm.example", "https://", "https://user:pw@crm.example/parse",
    "https://crm.example:0/parse", "https://crm.example:70000", "https://crm.example:x",
    "https://crm.example/parse?x=1", "https://crm.example/parse#x", "https://crm example/parse",
    "https://crm.example/parse\r\nX: y", "https://::1/parse", "https://[::1/parse",
  ])
  func `a bad address is refused`(text: String) async {
    let error = await clientError { () throws(ClientError) in _ = try configuration(text) }
    guard case .badConfiguration(let words) = error else {
      Issue.record("taken: \(text)")
      return
    }
    #expect(!words.contains("pw"))
  }

  @Test(arguments: [
    "http://crm.example/parse", "http://127.evil.example/parse", "http://localhost.evil.example",
    "http://192.168.1.5:1337/parse",
  ])
  func `plain HTTP to another machine wants permission`(text: String) async throws {
    let error = await clientError { () throws(ClientError) in _ = try configuration(text) }
    guard case .badConfiguration = error else {
      Issue.record("taken: \(text)")
      return
    }
    #expect(try configuration(text, insecure: true).url == text)
  }

  @Test func `a plain live address beside a secure server is refused too`() async throws {
    let error = await clientError { () throws(ClientError) in
      _ = try configuration("https://crm.example/parse", live: "ws://live.example")
    }
    guard case .badConfiguration = error else {
      Issue.record("taken")
      return
    }
    let secure = try configuration("https://crm.example/parse", live: "wss://live.example/")
    #expect(secure.liveQueryURL == "wss://live.example")
  }
}
