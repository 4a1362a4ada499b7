import ParseCore
import Synchronization

/// What a test in another process asks of the server's faults: the body of `POST /sandbox/faults`,
/// every part optional.
///
///     {"weather": {"latencyMilliseconds": [20, 2000], "errorRate": 0.05, "dropRate": 0,
///                  "lostAnswerRate": 0},
///      "clockSkewSeconds": 420, "isOffline": false, "isLiveMuted": false, "cut": true,
///      "next": [{"fault": "error", "status": 500, "code": 1, "times": 2, "method": "POST",
///                "path": "/classes/Deal"}]}
///
/// A fault is `delay` (`milliseconds`), `error` (`status`, `code`), `page` (`status`), `drop`,
/// `loseAnswer`, `silence` (`seconds`) or `slowBody` (`bytesPerSecond`).
struct FaultOrder: Sendable {
  struct Next: Sendable {
    let fault: SandboxFault
    let times: Int
    /// Upper case; nil for any.
    let method: String?
    /// How the path starts below the mount; nil for any.
    let path: String?
  }

  var weather: SandboxWeather?
  var clockSkew: Int?
  var isOffline: Bool?
  var isLiveMuted: Bool?
  var cuts = false
  var next: [Next] = []

  init(_ json: JSONObject) throws(ParseError) {
    for member in json.members {
      let value = member.value
      switch member.key {
      case "weather": weather = try SandboxWeather(value)
      case "clockSkewSeconds": clockSkew = try Self.need(value.int, member.key)
      case "isOffline": isOffline = try Self.need(value.bool, member.key)
      case "isLiveMuted": isLiveMuted = try Self.need(value.bool, member.key)
      case "cut": cuts = try Self.need(value.bool, member.key)
      case "next":
        for fault in try Self.need(value.array, member.key) { next.append(try Next(fault)) }
      default: throw .refused(102, "Invalid parameter: \(member.key)")
      }
    }
  }

  fileprivate static func need<T>(_ value: T?, _ name: String) throws(ParseError) -> T {
    guard let value else { throw .refused(102, "Invalid value for parameter: \(name)") }
    return value
  }
}

extension FaultOrder.Next {
  fileprivate init(_ json: JSON) throws(ParseError) {
    func number(_ name: String) throws(ParseError) -> Int {
      try FaultOrder.need(json[name]?.int, name)
    }
    switch json["fault"]?.string {
    case "delay"?: fault = .delay(milliseconds: try number("milliseconds"))
    case "error"?: fault = .error(status: try number("status"), code: json["code"]?.int)
    case "page"?: fault = .page(status: try number("status"))
    case "drop"?: fault = .dropBefore
    case "loseAnswer"?: fault = .loseAnswer
    case "silence"?: fault = .silence(seconds: try number("seconds"))
    case "slowBody"?: fault = .slowBody(bytesPerSecond: try number("bytesPerSecond"))
    default: throw .refused(102, "Invalid value for parameter: fault")
    }
    times = json["times"]?.int ?? 1
    method = json["method"]?.string?.uppercased()
    path = json["path"]?.string
  }
}

extension SandboxWeather {
  fileprivate init(_ json: JSON) throws(ParseError) {
    self.init()
    for member in try FaultOrder.need(json.object, "weather").members {
      func rate() throws(ParseError) -> Double {
        guard let rate = member.value.double, (0...1).contains(rate) else {
          throw .refused(102, "Invalid value for parameter: \(member.key)")
        }
        return rate
      }
      switch member.key {
      case "latencyMilliseconds":
        let span = member.value.array?.compactMap(\.int) ?? []
        guard span.count == 2, 0 <= span[0], span[0] <= span[1] else {
          throw .refused(102, "Invalid value for parameter: latencyMilliseconds")
        }
        latencyMilliseconds = span[0]...span[1]
      case "errorRate": errorRate = try rate()
      case "dropRate": dropRate = try rate()
      case "lostAnswerRate": lostAnswerRate = try rate()
      default: throw .refused(102, "Invalid parameter: \(member.key)")
      }
    }
  }

  fileprivate var json: JSON {
    [
      "latencyMilliseconds": [
        .integer(latencyMilliseconds.lowerBound), .integer(latencyMilliseconds.upperBound),
      ],
      "errorRate": .number(JSONNumber(errorRate)), "dropRate": .number(JSONNumber(dropRate)),
      "lostAnswerRate": .number(JSONNumber(lostAnswerRate)),
    ]
  }
}

/// The route of the faults, which no fault touches. It is not Parse's.
extension SandboxServer {
  /// Nil for requests of other routes.
  func control(_ request: SandboxRequest, from connection: HTTPConnection) -> SandboxResponse? {
    guard request.path == options.mountPath + "/sandbox/faults" else { return nil }
    guard request.headers["x-parse-application-id"] == options.applicationId,
      request.headers["x-parse-master-key"] == options.masterKey
    else { return SandboxResponse(ParseError.masterKeyRequired) }
    do throws(ParseError) {
      switch request.method {
      case "GET": break
      case "POST":
        guard let json = try? JSON(bytes: request.body).object else {
          throw .refused(107, "the body is not a JSON object")
        }
        apply(try FaultOrder(json), except: connection)
      case "DELETE":
        faults.withLock { $0 = FaultPlan() }
        setLiveMuted(false)
        setClockSkew(seconds: 0)
      default: return SandboxResponse.noRoute(request.method, request.path)
      }
      return SandboxResponse(faultState)
    } catch {
      return SandboxResponse(error)
    }
  }

  private func apply(_ order: FaultOrder, except spared: HTTPConnection) {
    if let weather = order.weather { setWeather(weather) }
    if let skew = order.clockSkew { setClockSkew(seconds: skew) }
    if let isMuted = order.isLiveMuted { setLiveMuted(isMuted) }
    for next in order.next {
      let path = next.path.map { options.mountPath + $0 }
      inject(next.fault, times: next.times) { request in
        next.method ?? request.method == request.method
          && request.path.hasPrefix(path ?? request.path)
      }
    }
    if let isOffline = order.isOffline { faults.withLock { $0.isOffline = isOffline } }
    // The answer to this order still has to go out.
    if order.cuts || order.isOffline == true { cutAllConnections(except: spared) }
  }

  private var faultState: JSON {
    let plan = faults.withLock { $0 }
    return [
      "weather": plan.weather.json,
      "clockSkewSeconds": .integer(clock.skew.withLock { $0 }),
      "isOffline": .bool(plan.isOffline),
      "isLiveMuted": .bool(backend.withLock { $0.live.isMuted }),
      "waiting": .integer(plan.waiting.reduce(0) { $0 + $1.times }),
    ]
  }
}
