/// One check over the rows of one class, in the making.
struct HealthCheck {
  let id: String
  let title: String
  let schoolClass: SchoolClass
  let of: Int
  let spoils: String
  let severity: Severity
  let fix: HealthFix?

  init(
    _ id: String, _ title: String, _ schoolClass: SchoolClass, of: Int, spoils: String,
    _ severity: Severity = .soon, fix: HealthFix? = nil
  ) {
    self.id = "\(schoolClass.rawValue).\(id)"
    self.title = title
    self.schoolClass = schoolClass
    self.of = of
    self.spoils = spoils
    self.severity = severity
    self.fix = fix
  }

  /// - Parameters:
  ///   - found: the rows at fault, the ones to show first in front.
  ///   - words: says of one row what is wrong with it; asked for the first eight only.
  ///   - id: the record a line stands for.
  ///   - change: what the fix writes into a row; nil for a check without one.
  func row<Found>(
    _ found: [Found], id: (Found) -> RecordID, change: ((Found) -> HealthChange)? = nil,
    words: (Found) -> String
  ) -> HealthRow {
    HealthRow(
      id: self.id, check: title, schoolClass: schoolClass, found: found.count, of: of,
      spoils: spoils, severity: found.isEmpty ? .good : severity,
      examples: found.prefix(8).map(words), exampleIDs: found.prefix(8).map(id),
      fix: fix, changes: change.map { found.prefix(8).map($0) } ?? [])
  }

  func row<Found: Record>(_ found: [Found], words: (Found) -> String) -> HealthRow {
    row(found, id: \.id, words: words)
  }
}

extension HealthRow {
  var words: [String] { [check, schoolClass.rawValue, schoolClass.plural, spoils] }
}
