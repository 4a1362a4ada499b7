/// Something that goes wrong with one request, on purpose.
package enum SandboxFault: Sendable, Hashable {
  /// Waits before the request acts.
  case delay(milliseconds: Int)
  /// Answers with an HTTP status and a Parse error instead of acting; a 429 asks for a second.
  case error(status: Int, code: Int?)
  /// A page of HTML instead of JSON, as a proxy or a captive portal sends.
  case page(status: Int)
  /// Cuts the connection before the request acts.
  case dropBefore
  /// The request acts, its answer is lost: the connection is cut.
  case loseAnswer
  /// Takes the request and says nothing, as over a half-open connection, then cuts it.
  case silence(seconds: Int)
  /// The request acts, its answer's body trickles in.
  case slowBody(bytesPerSecond: Int)
}

/// What may go wrong by chance, for demonstrations; each rate from 0 to 1.
package struct SandboxWeather: Sendable, Hashable {
  package var latencyMilliseconds: ClosedRange<Int> = 0...0
  package var errorRate = 0.0
  package var dropRate = 0.0
  package var lostAnswerRate = 0.0

  package init() {}
}

/// Faults that wait for their request, and the weather.
struct FaultPlan: Sendable {
  struct Waiting: Sendable {
    let fault: SandboxFault
    var times: Int
    let applies: @Sendable (SandboxRequest) -> Bool
  }

  var waiting: [Waiting] = []
  var weather = SandboxWeather()
  /// While true every request is cut, as if the server were gone.
  var isOffline = false

  /// The faults of one request; used-up ones are gone afterwards.
  mutating func take(_ request: SandboxRequest, random: () -> UInt64) -> [SandboxFault] {
    if isOffline { return [.dropBefore] }
    var faults: [SandboxFault] = []
    for index in waiting.indices where waiting[index].times > 0 {
      if waiting[index].applies(request) {
        waiting[index].times -= 1
        faults.append(waiting[index].fault)
      }
    }
    waiting.removeAll { $0.times == 0 }
    let span = weather.latencyMilliseconds
    if span.upperBound > 0 {
      let width = UInt64(span.upperBound - span.lowerBound + 1)
      faults.append(.delay(milliseconds: span.lowerBound + Int(random() % width)))
    }
    func happens(_ rate: Double) -> Bool {
      rate > 0 && Double(random() >> 11) / 9_007_199_254_740_992 < rate
    }
    if happens(weather.errorRate) { faults.append(.error(status: 500, code: 1)) }
    if happens(weather.dropRate) { faults.append(.dropBefore) }
    if happens(weather.lostAnswerRate) { faults.append(.loseAnswer) }
    return faults
  }
}
