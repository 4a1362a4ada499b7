package import ParseCore

extension ParseClient {
  /// Every row that matches, in the order of the ids: page by page, each from the last id on, so
  /// that edits meanwhile neither repeat nor skip a row. A short page is not the end, for a server
  /// may clamp the limit silently (reference/parse.md §1.3): the end is an empty page, or one that
  /// holds as many rows as are left.
  ///
  /// - Parameters:
  ///   - query: its order, limit and skip do not count.
  ///   - pageSize: the rows to ask for at once.
  package func findAll(
    _ query: Query, pageSize: Int = 1000
  ) async throws(ClientError) -> [ParseObject] {
    var rows: [ParseObject] = []
    var page = Query(
      query.className, where: query.filter, order: [Query.Order("objectId")], limit: pageSize,
      keys: query.keys, include: query.include)
    while true {
      // PostgreSQL only estimates the count of a whole class.
      page.count = !page.filter.isEmpty
      let answer = try await find(page)
      guard let last = answer.rows.last?.objectId else { return rows }
      // A server that does not go on from the last id would be asked for ever.
      if last == rows.last?.objectId { throw .notParse(status: 200) }
      rows += answer.rows
      if page.count, let left = answer.count, answer.rows.count >= left { return rows }
      page.filter = query.filter.from(after: last)
    }
  }

  /// Finds rows unless they are the same as before; nil when they are. The server runs the query
  /// all the same: what is spared is the transfer.
  ///
  /// - Parameter etag: of the answer before, to the same query with the same session.
  package func find(
    _ query: Query, unlessSame etag: String
  ) async throws(ClientError) -> FindAnswer? {
    var call = query.findCall
    call.etag = etag
    return try await performIfChanged(call).map { reply throws(ClientError) in
      try FindAnswer(reply, of: query)
    }
  }
}

extension JSONObject {
  /// This filter for the ids after one. A filter of its own on the id, or a `$relatedTo`, which may
  /// not stand beside an `$and` (reference/parse.md §3.8), goes into an `$and` with the bound.
  fileprivate func from(after id: String) -> JSONObject {
    let bound: JSON = ["$gt": .string(id)]
    if self["objectId"] != nil {
      return ["$and": [.object(self), ["objectId": bound]]]
    }
    var filter = self
    filter["objectId"] = bound
    return filter
  }
}
