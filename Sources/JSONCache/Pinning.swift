import GRDB
import ParseCore

/// Pins inside a transaction.
extension CacheTransaction {
  /// What one pinned row may lead to; a row that leads to more holds the nearest of it.
  static let mostTargets = 1000

  func pin(
    _ pointers: [Pointer], name: String, depth: Int, byQuery: Bool, now: ParseDate
  ) throws {
    for (className, ids) in try known(pointers) {
      try run(
        """
        INSERT INTO pins (name, className, objectId, pinnedAt, byQuery)
        SELECT ?1, ?2, value, ?4, ?5 FROM json_each(?3) WHERE true
        ON CONFLICT DO UPDATE SET byQuery = min(byQuery, excluded.byQuery)
        """,
        [name, className, Self.list(ids), now.milliseconds, byQuery])
      guard depth > 0 else { continue }
      for id in ids { try follow(Pointer(className: className, objectId: id), name, depth) }
    }
  }

  func unpin(_ pointers: [Pointer], name: String) throws {
    for (className, ids) in try known(pointers) {
      let arguments: StatementArguments = [name, className, Self.list(ids)]
      for (table, root) in [
        ("pins", "className = ?2 AND objectId"), ("pin_targets", "rootClass = ?2 AND rootId"),
      ] {
        try run(
          "DELETE FROM \(table) WHERE name = ?1 AND \(root) IN (SELECT value FROM json_each(?3))",
          arguments)
      }
    }
  }

  /// - Returns: How many rows match.
  @discardableResult
  func refreshPin(_ name: String, _ query: Query, depth: Int, now: ParseDate) throws -> Int {
    let matches = Set(try QueryReader(query, now: now, db).answer().compactMap(\.pointer))
    let held = try PinnedQuery.held(by: name, byQuery: true, db)
    try unpin(Array(held.subtracting(matches)), name: name)
    // What rows point to may have changed in those that stay.
    let new = depth > 0 ? matches : matches.subtracting(held)
    try pin(Array(new), name: name, depth: depth, byQuery: true, now: now)
    return matches.count
  }

  /// Everything that holds the row, and everything it holds, goes with it.
  func unpinEverywhere(_ className: String, _ id: String) throws {
    try run("DELETE FROM pins WHERE className = ? AND objectId = ?", [className, id])
    try run("DELETE FROM pin_targets WHERE className = ? AND objectId = ?", [className, id])
    try run("DELETE FROM pin_targets WHERE rootClass = ? AND rootId = ?", [className, id])
  }

  /// The server has given a row its id.
  func rename(pinned className: String, _ local: String, to objectId: String) throws {
    let arguments: StatementArguments = [objectId, className, local]
    for (table, kind, id) in [
      ("pins", "className", "objectId"), ("pin_targets", "className", "objectId"),
      ("pin_targets", "rootClass", "rootId"),
    ] {
      try run("UPDATE OR REPLACE \(table) SET \(id) = ? WHERE \(kind) = ? AND \(id) = ?", arguments)
    }
  }

  /// Ids by class; a local id that the server has replaced becomes the objectId.
  private func known(_ pointers: [Pointer]) throws -> [String: [String]] {
    var ids: [String: [String]] = [:]
    for pointer in pointers {
      let id =
        LocalID.isLocal(pointer.objectId)
        ? try row(pointer.className, pointer.objectId)?.id ?? pointer.objectId : pointer.objectId
      ids[pointer.className, default: []].append(id)
    }
    return ids
  }

  private static func list(_ ids: [String]) -> String { JSON.array(ids.map(JSON.string)).text }

  /// Notes what a row leads to, nearest first, each target once however often it is pointed at, so
  /// circles end.
  private func follow(_ root: Pointer, _ name: String, _ depth: Int) throws {
    try run(
      "DELETE FROM pin_targets WHERE name = ? AND rootClass = ? AND rootId = ?",
      [name, root.className, root.objectId])
    var seen: Set<Pointer> = [root]
    var front = [root]
    for _ in 0..<depth where !front.isEmpty {
      var next: [Pointer] = []
      for pointer in front {
        guard let row = try row(pointer.className, pointer.objectId) else { continue }
        for target in row.effective.fields.members.flatMap({ Self.pointers(in: $0.value) })
        where seen.count <= Self.mostTargets && seen.insert(target).inserted {
          next.append(target)
          try run(
            "INSERT OR IGNORE INTO pin_targets VALUES (?, ?, ?, ?, ?)",
            [name, root.className, root.objectId, target.className, target.objectId])
        }
      }
      front = next
    }
  }

  private static func pointers(in json: JSON) -> [Pointer] {
    if let pointer = Pointer(json) { return [pointer] }
    switch json {
    case .array(let values): return values.flatMap(pointers(in:))
    case .object(let object): return object.members.flatMap { pointers(in: $0.value) }
    case .null, .bool, .number, .string: return []
    }
  }
}
