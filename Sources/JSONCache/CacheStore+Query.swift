import GRDB
package import ParseCore

extension CacheStore {
  /// The rows a find on the server would give, from the cache: matched, ordered (with `objectId`
  /// last), then `skip` and `limit`. Without a limit all of them come. `include` and `keys` are not
  /// done here.
  /// - Parameter now: The instant `$relativeTime` counts from.
  /// - Throws: `badQuery` for what the engine cannot answer exactly.
  /// - Complexity: O(candidates) decoded, where candidates are what the indexes leave; with a limit,
  ///   where the order's columns are indexed, O(skip + limit).
  package func query(_ query: Query, now: ParseDate) throws(CacheError) -> [ParseObject] {
    try read { db in try QueryReader(query, now: now, db).answer() }
  }

  /// How many rows match, whatever the limit.
  package func count(_ query: Query, now: ParseDate) throws(CacheError) -> Int {
    try read { db in try QueryReader(query, now: now, db).matches().count }
  }
}
