import ParseCore
import Synchronization

/// One account's connection to a Parse server. Safe from any task; at most four requests run at
/// once, the others wait their turn.
///
/// Every call ends at once with `.cancelled` when its task is cancelled. What the server did with a
/// request cancelled or lost on its way is unknown.
package final class ParseClient: Sendable {
  package let configuration: ServerConfiguration
  let network: Network
  private let state: Mutex<State>

  private struct State: Sendable {
    var token: String?
    /// Told after each change of the token.
    var observers: [Int: @Sendable () -> Void] = [:]
    var lastObserver = 0
  }

  /// Starts the network thread, which ends when the client is let go.
  ///
  /// - Throws: `badConfiguration` when libcurl or the thread cannot start.
  package convenience init(
    _ configuration: ServerConfiguration, sessionToken: String? = nil
  ) throws(ClientError) {
    try self.init(configuration, sessionToken: sessionToken, answers: nil)
  }

  /// - Parameter answers: As in `Network`.
  init(
    _ configuration: ServerConfiguration, sessionToken: String?, answers: Network.Answers?
  ) throws(ClientError) {
    self.configuration = configuration
    do {
      network = try Network(answers: answers)
    } catch {
      throw .badConfiguration("The network part could not start (libcurl).")
    }
    state = Mutex(State(token: sessionToken))
  }

  /// The token that requests carry from now on. Live connections start anew with it.
  package var sessionToken: String? {
    get { state.withLock { $0.token } }
    set { setToken(newValue) { _ in true } }
  }

  /// Forgets this token, unless another took its place meanwhile.
  func forget(_ old: String) {
    setToken(nil) { $0 == old }
  }

  private func setToken(_ new: String?, where isRight: (String?) -> Bool) {
    let observers = state.withLock { state -> [@Sendable () -> Void] in
      guard isRight(state.token), state.token != new else { return [] }
      state.token = new
      return Array(state.observers.values)
    }
    for observer in observers { observer() }
  }

  /// Calls the function after each change of the token, until `stopObserving`.
  func observeToken(_ changed: @escaping @Sendable () -> Void) -> Int {
    state.withLock { state in
      state.lastObserver += 1
      state.observers[state.lastObserver] = changed
      return state.lastObserver
    }
  }

  func stopObserving(_ observer: Int) {
    state.withLock { $0.observers[observer] = nil }
  }
}

extension ParseClient {
  /// A call by its path below the mount path.
  struct Call {
    var method: HTTPRequest.Method
    var path: String
    var body: JSONObject?
    var isIdempotent: Bool
    /// Lets a server with idempotency refuse a second try (reference/parse.md §1.9).
    var requestId: String?
    var sendsToken = true
    /// Of an answer already here: the server then says only that it is the same still.
    var etag: String?
  }

  /// A good answer.
  struct Reply {
    let json: JSON
    /// Exact to a second; nil when the server did not say.
    let serverDate: ParseDate?
    let etag: String?
  }

  /// Sends a call and reads its answer on the calling task, not on the network thread.
  func perform(_ call: Call) async throws(ClientError) -> Reply {
    guard let reply = try await performIfChanged(call) else { throw .notParse(status: 304) }
    return reply
  }

  /// As `perform`; nil when the answer is the one that the call's `etag` names.
  func performIfChanged(_ call: Call) async throws(ClientError) -> Reply? {
    let request = HTTPRequest(
      method: call.method, url: configuration.url + call.path, headers: try headers(of: call),
      body: call.body.map { JSON.object($0).bytes }, isIdempotent: call.isIdempotent,
      limits: configuration.limits)
    switch await network.perform(request) {
    case .failure(let failure): throw ClientError(failure)
    case .success(let answer):
      if answer.status == 304 { return nil }
      return Reply(
        json: try answer.parseJSON(),
        serverDate: answer.headers["date"].flatMap(ParseDate.init(httpDate:)),
        etag: answer.headers["etag"].flatMap { ServerConfiguration.isHeaderSafe($0) ? $0 : nil })
    }
  }

  /// As `perform`, for answers that are JSON objects.
  func performObject(_ call: Call) async throws(ClientError) -> JSONObject {
    let answer = try await perform(call)
    guard let object = answer.json.object else { throw .notParse(status: 200) }
    return object
  }

  private func headers(of call: Call) throws(ClientError) -> [HTTPRequest.Header] {
    var headers = [
      HTTPRequest.Header(name: "X-Parse-Application-Id", value: configuration.applicationId),
      HTTPRequest.Header(name: "X-Parse-Installation-Id", value: configuration.installationId),
      HTTPRequest.Header(name: "X-Parse-Client-Version", value: Self.clientVersion),
      HTTPRequest.Header(name: "Accept", value: "application/json"),
    ]
    if let key = configuration.restKey {
      headers.append(.init(name: "X-Parse-REST-API-Key", value: key))
    } else if let key = configuration.javascriptKey {
      headers.append(.init(name: "X-Parse-Javascript-Key", value: key))
    }
    if call.sendsToken, let token = sessionToken {
      headers.append(.init(name: "X-Parse-Session-Token", value: token))
    }
    if let requestId = call.requestId {
      headers.append(.init(name: "X-Parse-Request-Id", value: requestId))
    }
    if let etag = call.etag { headers.append(.init(name: "If-None-Match", value: etag)) }
    if call.body != nil {
      headers.append(.init(name: "Content-Type", value: "application/json"))
    }
    for header in headers where !ServerConfiguration.isHeaderSafe(header.value) {
      throw .badRequest("The header \(header.name) would hold a character no header can carry.")
    }
    return headers
  }

  /// Letters and a version: the form that servers read (reference/parse.md §1.1). The letters are
  /// none of the SDKs whose old versions get reduced answers.
  private static let clientVersion = "quad1.0.0"
}
