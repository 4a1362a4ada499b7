import ParseCore

/// One check over the rows of a class.
struct HealthCheck<Row: Record>: Sendable {
  /// What checks look for, in the order of those that find equally much.
  enum Kind: Int {
    case pointer, stored, double, spelling, word, range, future, owner, script
  }

  let kind: Kind
  let id: String
  let title: String
  let spoils: String
  let severity: Severity
  /// Whether enough of what the check rests on is open to the viewer; nil where the row is enough.
  let restsOn: (@Sendable (Viewpoint) -> Bool)?
  let finds: @Sendable (Row, HealthContext) -> Bool
  /// Says of a row at fault what is wrong with it; asked for the first eight only.
  let words: @Sendable (Row, HealthContext) -> String
  /// The largest is shown first; without it the oldest row.
  let rank: (@Sendable (Row, HealthContext) -> Double)?
  /// What puts the rows right, where there is one right way, and what it writes into a row.
  let fix: (HealthFix, change: @Sendable (Row, HealthContext) -> HealthChange)?

  init(
    _ kind: Kind, _ id: String, _ title: String, spoils: String, _ severity: Severity = .soon,
    rank: (@Sendable (Row, HealthContext) -> Double)? = nil,
    fix: (HealthFix, change: @Sendable (Row, HealthContext) -> HealthChange)? = nil,
    restsOn: (@Sendable (Viewpoint) -> Bool)? = nil,
    finds: @escaping @Sendable (Row, HealthContext) -> Bool,
    words: @escaping @Sendable (Row, HealthContext) -> String
  ) {
    self.kind = kind
    self.id = "\(Row.schoolClass.rawValue).\(id)"
    self.title = title
    self.spoils = spoils
    self.severity = severity
    self.rank = rank
    self.fix = fix
    self.restsOn = restsOn
    self.finds = finds
    self.words = words
  }
}

/// A class whose rows are checked.
protocol CheckedRecord: Record {
  /// At most eight.
  static var checks: [HealthCheck<Self>] { get }
}

/// What a row is judged by besides its own fields.
struct HealthContext: Sendable {
  let school: School
  let oddTitles: OddTitles
  /// Instants after it lie ahead of now; five minutes are left for clocks that differ.
  let soon: ParseDate
  let tomorrow: ParseDate
  let viewpoint: Viewpoint

  init(_ school: School, _ oddTitles: OddTitles, _ viewpoint: Viewpoint) {
    self.school = school
    self.oddTitles = oddTitles
    self.viewpoint = viewpoint
    soon = viewpoint.now.advanced(bySeconds: 300)
    tomorrow = viewpoint.now.advanced(bySeconds: 86_400)
  }

  /// Whether a row that is pointed to is gone; one that may not be read is not.
  func isGone(_ kind: SchoolClass, _ id: RecordID?) -> Bool {
    school.isGone(kind, id) && viewpoint.readsAll(kind)
  }

  /// See `School.completionDrift`; nil where not all courses of a student are open to the viewer.
  func completionDrift(of student: Student) -> CompletionDrift? {
    viewpoint.readsWholeStudent(.enrollment) ? school.completionDrift(of: student) : nil
  }

  /// See `School.scoreDrift`; nil where not all attempts of a student are open to the viewer.
  func scoreDrift(of student: Student) -> ScoreDrift? {
    viewpoint.readsWholeStudent(.attempt) ? school.scoreDrift(of: student) : nil
  }

  /// The words of the rows. Equal ones say besides whose the row is and when it was made.
  func examples<Row: Record>(
    _ rows: [Row], _ words: (Row, HealthContext) -> String
  ) -> [String] {
    let plain = rows.map { words($0, self) }
    return zip(rows, plain).map { row, words in
      guard plain.count(where: { $0 == words }) > 1 else { return words }
      let student = (row as? QuizAttempt).flatMap { school.students[$0.student]?.fullName }
      let made = row.meta.createdAt.map { "made " + Wording.moment($0, viewpoint) }
      return [words, student, made].compactMap { $0 }.joined(separator: ", ")
    }
  }

  /// What a row is called.
  func label<Row: Record>(_ row: Row) -> String {
    school.label(Row.schoolClass, row.id) ?? row.id
  }
}

/// The checks that find a row at fault: a bit for each of its class.
struct HealthBits: Sendable {
  private(set) var bits: UInt8 = 0
  /// A check of instants ahead of now is among them.
  private(set) var isAhead = false

  init<Row: CheckedRecord>(_ row: Row, _ context: borrowing HealthContext) {
    for (place, check) in Row.checks.enumerated() where check.finds(row, context) {
      bits |= 1 << place
      if check.kind == .future { isAhead = true }
    }
  }
}

/// What the checks of one class found.
struct HealthFinder<Row: CheckedRecord> {
  private static var limit: Int { 8 }

  private struct Found {
    var count = 0
    /// The rows to show, in their order.
    var first: [(row: Row, rank: Double)] = []
  }

  private let table: RecordTable<Row>
  private let context: HealthContext
  private var found = Row.checks.map { _ in Found() }

  /// O(rows).
  ///
  /// - Parameter bits: of each row, at its position.
  init(_ table: RecordTable<Row>, _ bits: [HealthBits], _ context: HealthContext) {
    self.table = table
    self.context = context
    for position in bits.indices {
      var rest = bits[position].bits
      while rest != 0 {
        add(position, to: rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  private mutating func add(_ position: Int, to check: Int) {
    found[check].count += 1
    let row = table.all[position]
    let rank = Row.checks[check].rank?(row, context) ?? 0
    let place =
      found[check].first.firstIndex {
        $0.rank == rank ? row.meta.precedes($0.row.meta) : rank > $0.rank
      } ?? found[check].first.count
    guard place < Self.limit else { return }
    found[check].first.insert((row, rank), at: place)
    if found[check].first.count > Self.limit { found[check].first.removeLast() }
  }

  /// A check that cannot be made is no check that found nothing: it is not there.
  var rows: [HealthLine] {
    guard context.viewpoint.reads(Row.schoolClass) else { return [] }
    let made = zip(Row.checks, found).filter { $0.0.restsOn?(context.viewpoint) ?? true }
    return made.map { check, found in
      HealthLine(
        place: check.kind.rawValue,
        row: HealthRow(
          id: check.id, check: check.title, schoolClass: Row.schoolClass, found: found.count,
          of: table.count, spoils: check.spoils,
          severity: found.count == 0 ? .good : check.severity,
          examples: context.examples(found.first.map(\.row), check.words),
          exampleIDs: found.first.map(\.row.id), fix: check.fix?.0,
          changes: check.fix.map { fix in found.first.map { fix.change($0.row, context) } } ?? []))
    }
  }
}

/// A check's row and its place among the checks of all classes.
struct HealthLine {
  let place: Int
  let row: HealthRow
}

extension HealthRow {
  var words: [String] { [check, schoolClass.rawValue, schoolClass.plural, spoils] }
}
