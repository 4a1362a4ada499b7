import CCurl

/// A request on its way: the handle that carries it and who waits for it.
struct Transfer {
  let id: UInt64
  let handle: EasyHandle
  let finish: NetworkCommand.Finish
}

extension EasyHandle {
  /// A handle set up for one REST request.
  static func request(_ request: HTTPRequest) throws(TransferFailure) -> EasyHandle {
    let handle = try EasyHandle(body: request.body, limits: request.limits)
    try handle.set(CURLOPT_URL, request.url)
    try handle.setCommon(request.limits)
    // HTTP/2 where TLS offers it, 1.1 otherwise.
    try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    // Empty means every encoding libcurl was built with (CURLOPT_ACCEPT_ENCODING(3)).
    try handle.set(CURLOPT_ACCEPT_ENCODING, "")
    // A redirect is reported, not followed: it could carry credentials to another host.
    try handle.set(CURLOPT_FOLLOWLOCATION, 0)
    try handle.set(CURLOPT_TIMEOUT_MS, request.limits.totalTimeout.milliseconds)
    // An empty Expect saves the wait for an interim answer before a large body.
    let lines = request.headers.map { "\($0.name): \($0.value)" }
    try handle.set(headers: lines + ["Expect:"])
    // What says that it is too large is not read at all; the rest is counted as it comes.
    try handle.set(CURLOPT_MAXFILESIZE, request.limits.answerBytes)
    try handle.collectAnswer()
    try handle.setMethod(request)
    return handle
  }

  /// A handle that only connects, through TLS and proxy, and leaves the socket to its user.
  static func socket(_ request: SocketRequest) throws(TransferFailure) -> EasyHandle {
    let handle = try EasyHandle(limits: request.limits)
    try handle.set(CURLOPT_URL, request.url)
    try handle.setCommon(request.limits)
    try handle.set(CURLOPT_CONNECT_ONLY, 1)
    try handle.set(CURLOPT_FRESH_CONNECT, 1)
    // Through a proxy the bytes need a tunnel, or the proxy would read them as its own request.
    try handle.set(CURLOPT_HTTPPROXYTUNNEL, 1)
    // The upgrade to WebSocket is HTTP/1.1 (RFC 6455 §4.1); ALPN must not choose HTTP/2.
    try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    return handle
  }

  private func setCommon(_ limits: HTTPRequest.Limits) throws(TransferFailure) {
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.milliseconds)
    // A cancelled or late name lookup is left behind; without this the thread would wait for it.
    try set(CURLOPT_QUICK_EXIT, 1)
    if let caFile = limits.caFile { try set(CURLOPT_CAINFO, caFile) }
    // Both in place of what libcurl would read from the environment; empty is none.
    try set(CURLOPT_PROXY, limits.proxy?.url ?? "")
    try set(CURLOPT_NOPROXY, "")
  }

  private func setMethod(_ request: HTTPRequest) throws(TransferFailure) {
    if request.body != nil {
      if request.isIdempotent {
        try setRepeatableBody()
      } else {
        try setUnrepeatableBody()
        // Servers close a kept connection after five idle seconds (reference/parse.md §8): what may
        // be sent once only does not go out on one that is about to end.
        try set(CURLOPT_MAXAGE_CONN, 4)
      }
    }
    switch request.method {
    case .get, .post: break
    case .put, .delete: try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }
  }

  private func set(_ option: CURLoption, _ value: some BinaryInteger) throws(TransferFailure) {
    try set(option, Int(value))
  }
}

extension Duration {
  /// Whole milliseconds, at least 1: libcurl takes 0 as no limit.
  var milliseconds: Int {
    max(1, Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000))
  }
}
