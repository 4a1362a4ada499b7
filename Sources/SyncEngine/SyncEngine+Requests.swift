import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// Finds rows; nil when the answer is the one that is stored already.
  /// - Parameter key: Names a query that is asked again and again; nil for others.
  func find(
    _ query: Query, repeatedAs key: String? = nil
  ) async throws(ClientError) -> FindAnswer? {
    let etag = key.flatMap { key in
      removals().flatMap { tags.etag(key, query, removals: $0) }
    }
    return try await withCurrentToken { () throws(ClientError) in
      guard let etag else { return try await client.find(query) }
      return try await client.find(query, unlessSame: etag)
    }
  }

  /// Notes that an answer is in the cache, so that it need not come again.
  func noteStored(_ answer: FindAnswer, to query: Query, repeatedAs key: String?) {
    guard let key, let removals = removals() else { return }
    tags.note(key, query, answer, removals: removals)
  }

  private func removals() -> String? {
    reporting { () throws(CacheError) in try store.removals() }
  }

  /// Makes a request, with at most `configuration.parallelRequests` under way. One refused for a token
  /// that another has replaced meanwhile is made again with that one.
  func withCurrentToken<Answer: Sendable>(
    _ request: () async throws(ClientError) -> Answer
  ) async throws(ClientError) -> Answer {
    await takeTurn()
    defer { endTurn() }
    while true {
      let token = client.sessionToken
      do throws(ClientError) {
        return try await request()
      } catch {
        guard error.retry == .afterSignIn, let current = client.sessionToken, current != token
        else { throw error }
      }
    }
  }

  /// Waits until fewer requests than allowed are under way.
  func takeTurn() async {
    if requestsUnderWay < configuration.parallelRequests {
      requestsUnderWay += 1
    } else {
      await withCheckedContinuation { requestsWaiting.append($0) }
    }
  }

  /// Hands the turn on to who waited longest.
  func endTurn() {
    if requestsWaiting.isEmpty {
      requestsUnderWay -= 1
    } else {
      requestsWaiting.removeFirst().resume()
    }
  }
}
