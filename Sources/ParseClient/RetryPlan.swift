import ParseCore

/// Whether and when a call that failed is made again by itself. Pure; `ParseClient.repeating` obeys it.
package struct RetryPlan: Sendable, Hashable {
  /// The most tries, the first one counted.
  package let tries: Int
  package let backoff: Backoff
  /// The longest wait that a server may ask for; beyond it the caller gets its words.
  package let mostPatience: Double

  /// For a call that a person waits for.
  package static let person = RetryPlan(tries: 3, backoff: .person, mostPatience: 5)

  package init(tries: Int, backoff: Backoff, mostPatience: Double) {
    self.tries = tries
    self.backoff = backoff
    self.mostPatience = mostPatience
  }

  /// Seconds until the next try; nil when there is none.
  ///
  /// - Parameters:
  ///   - tries: how often it was tried, from 1.
  ///   - isSafe: whether sending it twice leaves the server as sending it once does. What is not
  ///     safe is sent again only when it surely did not arrive.
  ///   - random: from 0 to 1.
  package func pause(
    after error: ClientError, tries: Int, isSafe: Bool, random: Double
  ) -> Double? {
    guard tries < self.tries, error.retry == .backOff, isSafe || !error.mayHaveArrived else {
      return nil
    }
    let pause = backoff.seconds(tries: tries, random: random)
    switch error {
    // The whole timeout is spent: more of the same would only double it.
    case .timedOut: return nil
    case .tooManyRequests(let seconds?):
      return Double(seconds) <= mostPatience ? max(pause, Double(seconds)) : nil
    default: return pause
    }
  }
}

extension ParseClient {
  /// Makes a call, and again as long as the plan says.
  ///
  /// - Parameters:
  ///   - sleep: throws when the task is cancelled, which ends the call with `.cancelled`.
  ///   - random: gives numbers from 0 to 1.
  package func repeating<Value>(
    _ plan: RetryPlan, isSafe: Bool, sleep: (Duration) async throws -> Void,
    random: () -> Double, _ call: () async throws(ClientError) -> Value
  ) async throws(ClientError) -> Value {
    var tries = 0
    while true {
      do throws(ClientError) {
        return try await call()
      } catch {
        tries += 1
        guard
          let pause = plan.pause(after: error, tries: tries, isSafe: isSafe, random: random())
        else { throw error }
        do {
          try await sleep(.seconds(pause))
        } catch {
          throw .cancelled
        }
      }
    }
  }
}
