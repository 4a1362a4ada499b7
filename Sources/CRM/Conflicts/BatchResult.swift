/// What became of edits made in one go, once the server has refused some of them.
package struct BatchResult: Sendable, Hashable {
  /// How many the server took; 0 where there was but one.
  package let done: Int
  /// How many have no answer yet.
  package let waiting: Int
  package let failed: [OutboxRow]
  /// The rows that failed and those they point at, such as the learner of an enrollment.
  package let rows: Set<RecordID>

  package init(done: Int, waiting: Int, failed: [OutboxRow], rows: Set<RecordID>) {
    self.done = done
    self.waiting = waiting
    self.failed = failed
    self.rows = rows
  }

  /// Rows named in a line before the rest is counted.
  private static let named = 3

  /// `2 done, 3 failed: no right to change T-4816, T-4803, T-4606`; of one edit the reason alone.
  package var words: String {
    let reasons = reasons.joined(separator: "; ")
    guard done + waiting + failed.count > 1 else { return "Not taken: \(reasons)" }
    var counts = done > 0 ? ["\(done) done"] : []
    counts.append("\(failed.count) failed")
    if waiting > 0 { counts.append("\(waiting) waiting") }
    return "\(counts.joined(separator: ", ")): \(reasons)"
  }

  /// Each reason once, with its rows, in the order of the edits.
  private var reasons: [String] {
    var order: [String] = []
    var names: [String: [String]] = [:]
    for row in failed {
      let reason = row.refusalReason
      if names[reason] == nil { order.append(reason) }
      names[reason, default: []].append(row.record)
    }
    return order.map { reason in
      let all = names[reason] ?? []
      let rest = all.count - Self.named
      let list =
        all.prefix(Self.named).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
      return "\(reason) \(list)"
    }
  }
}

extension OutboxRow {
  /// The reason of a refusal as words before the name of the row.
  fileprivate var refusalReason: String {
    switch (reason, state) {
    case (.noRight, _): return "no right to \(kind == "delete" ? "delete" : "change")"
    case (.gone, _): return "no longer on the server:"
    case (_, .refused(let words)):
      let bare = words.hasSuffix(".") ? String(words.dropLast()) : words
      return "\(bare):"
    default: return "the server refused"
    }
  }
}
