import ParseClient
import ParseCore

/// The tags of answers that are in the cache already, so that the server need not send them again
/// while nothing changes (reference/parse.md §1.3: `If-None-Match` gives 304 and no body).
struct AnswerTags {
  private struct Known {
    let query: Query
    let etag: String
    let removals: String
  }

  private var known: [String: Known] = [:]

  /// - Parameters:
  ///   - key: Whose query it is; of each only the latest is known.
  ///   - removals: The cache's removals now. A row that was taken out since the answer would not come
  ///     back with it.
  func etag(_ key: String, _ query: Query, removals: String) -> String? {
    guard let known = known[key], known.query == query, known.removals == removals else {
      return nil
    }
    return known.etag
  }

  /// Notes an answer that is stored. One that goes on with another page is not known as a whole.
  mutating func note(_ key: String, _ query: Query, _ answer: FindAnswer, removals: String) {
    let isWhole = !query.count || answer.count.map { answer.rows.count >= $0 } ?? false
    known[key] = answer.etag.flatMap { etag in
      isWhole ? Known(query: query, etag: etag, removals: removals) : nil
    }
  }
}
