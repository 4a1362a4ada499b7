/// Where the server is and how this profile names itself to it.
///
package struct ServerConfiguration: Sendable, Hashable {
  /// With the mount path, without a slash at its end.
  package var url: String { address.text }
  /// `ws` or `wss`; the server's own address unless another was given.
  package var liveQueryURL: String { liveQueryAddress.text }
  /// The path that batch sub-requests start with: `/parse`, or empty.
  package let mountPath: String
  package let applicationId: String
  package let restKey: String?
  package let javascriptKey: String?
  /// One a profile: a new sign-in with the same id ends the earlier session (reference/parse.md
  /// §1.1).
  package let installationId: String
  let address: ServerURL
  let liveQueryAddress: ServerURL
  package var connectTimeout: Duration
  /// From the first byte sent to the last received.
  package var totalTimeout: Duration
  /// A file of trusted certificates in place of the system's.
  package var caFile: String?
  /// The most bytes of one answer, counted after decompression. A page of 1 000 rows is about 1 MB.
  package var answerBytes: Int
  /// Where `https_proxy`, `no_proxy` and the like stand.
  private let environment: [String: String]

  /// - Parameters:
  ///   - mountPath: for servers whose batch paths start otherwise than their public URL's path.
  ///   - allowsInsecureHTTP: plain `http` to another machine, where anyone between can read it all.
  ///   - environment: names the proxies.
  /// - Throws: `badConfiguration` saying what is wrong.
  package init(
    url: String, liveQueryURL: String? = nil, mountPath: String? = nil, applicationId: String,
    restKey: String? = nil, javascriptKey: String? = nil, installationId: String,
    allowsInsecureHTTP: Bool = false, connectTimeout: Duration = .seconds(10),
    totalTimeout: Duration = .seconds(60), caFile: String? = nil, answerBytes: Int = 67_108_864,
    environment: [String: String] = [:]
  ) throws(ClientError) {
    let server = try ServerURL(url, schemes: ["http", "https"])
    let live = try ServerURL(
      liveQueryURL ?? server.withScheme(server.isSecure ? "wss" : "ws"), schemes: ["ws", "wss"])
    for address in [server, live] where !(address.isSecure || address.isLoopback) {
      guard allowsInsecureHTTP else {
        throw .badConfiguration(
          "\(address.scheme):// lets anyone read passwords on the way to \(address.host)."
            + " Use \(address.scheme == "ws" ? "wss" : "https"), or allow insecure HTTP.")
      }
    }
    guard !applicationId.isEmpty else {
      throw .badConfiguration("The application id is missing.")
    }
    for value in [applicationId, restKey ?? "", javascriptKey ?? "", installationId] {
      guard Self.isHeaderSafe(value) else {
        throw .badConfiguration("An application id or key holds a character no header can carry.")
      }
    }
    address = server
    liveQueryAddress = live
    self.mountPath = mountPath ?? server.path
    self.applicationId = applicationId
    self.restKey = restKey
    self.javascriptKey = javascriptKey
    self.installationId = installationId
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
    self.caFile = caFile
    self.answerBytes = answerBytes
    self.environment = environment
  }

  /// Visible ASCII only, so that no value can add a header of its own (RFC 9110 §5.5).
  static func isHeaderSafe(_ value: String) -> Bool {
    value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}

extension ServerConfiguration {
  var limits: HTTPRequest.Limits { limits(to: address) }

  var liveQueryLimits: HTTPRequest.Limits { limits(to: liveQueryAddress) }

  func limits(to address: ServerURL) -> HTTPRequest.Limits {
    HTTPRequest.Limits(
      connectTimeout: connectTimeout, totalTimeout: totalTimeout, answerBytes: answerBytes,
      caFile: caFile, proxy: Proxy(environment: environment, for: address))
  }
}
