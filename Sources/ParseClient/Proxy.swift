/// The proxy on the way to a server, as the environment names it.
///
/// Read here and not by libcurl, so that a failure can tell the proxy from the server.
struct Proxy: Sendable, Hashable {
  let url: String

  /// The proxy for this server; nil where none is named, the server is an exception to it, or both
  /// run on this machine, where a proxy has no business. The names are curl's (curl(1),
  /// ENVIRONMENT): `http_proxy` in lower case only, because a web server's CGI sets `HTTP_PROXY` to a
  /// client's own header.
  init?(environment: [String: String], for server: ServerURL) {
    guard !server.isLoopback else { return nil }
    let names = server.isSecure ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
    let urls = (names + ["all_proxy", "ALL_PROXY"]).compactMap { environment[$0] }
    guard let url = urls.first(where: { !$0.isEmpty }) else { return nil }
    let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    for exception in exceptions.split(whereSeparator: { $0 == "," || $0 == " " })
    where Self.matches(server.host, exception.lowercased()) {
      return nil
    }
    self.url = url
  }

  /// A name stands for itself and all below it, with or without a dot before it; `*` for every host.
  private static func matches(_ host: String, _ exception: String) -> Bool {
    if exception == "*" { return true }
    let name = exception.drop { $0 == "." }
    return !name.isEmpty && (host == name || host.hasSuffix("." + name))
  }
}
