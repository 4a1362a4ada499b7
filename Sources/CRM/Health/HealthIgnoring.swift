import ParseCore

/// What a check of the data found, to be ignored or heeded again.
package struct HealthFinding: Sendable, Hashable {
  package let schoolClass: SchoolClass
  /// Of the check, as `HealthRow` has it.
  package let id: String
  package let check: String
  package let found: Int

  package init(_ row: HealthRow) {
    schoolClass = row.schoolClass
    id = row.id
    check = row.check
    found = row.found
  }

  var name: String { "\(check) in \(schoolClass.plural)" }
}

extension Editor {
  /// A finding is put aside as a row is, on this machine alone, with how many rows it had; no row has
  /// an id with a full stop in it, as a check has. It has no end but a further row: 100 years.
  package func ignore(_ finding: HealthFinding) throws(Refusal) -> Edit {
    guard finding.found > 0 else { throw Refusal("Nothing was found by this check.") }
    let until = viewpoint.now.advanced(bySeconds: 100 * 365 * 86_400)
    let snooze = Snooze(until: until, seen: String(finding.found))
    return Edit(
      words: "\(finding.name): ignored here until more rows are found", writes: [],
      snoozes: [SnoozeChange(finding.schoolClass, finding.id, snooze)])
  }

  package func heed(_ finding: HealthFinding) -> Edit {
    Edit(
      words: "\(finding.name): not ignored any more", writes: [],
      snoozes: [SnoozeChange(finding.schoolClass, finding.id, nil)])
  }
}

extension School {
  /// A finding that is ignored comes back with the first further row.
  func markingIgnored(_ row: HealthRow) -> HealthRow {
    var row = row
    let seen = snoozes[row.schoolClass]?[row.id].flatMap { Int($0.seen) }
    row.isIgnored = row.found > 0 && row.found <= seen ?? 0
    return row
  }
}
