internal import CRM
internal import JSONCache
internal import ParseCore
internal import SyncEngine

extension OutboxDesk {
  /// Columns that say who has a row.
  private static let owners = ["assignedTo", "accountOwner", "instructor"]

  /// The edit field by field; nil unless it is an update in conflict with a row that is here.
  func conflict(
    _ record: OutboxRecord, among all: [OutboxRecord]
  ) throws(CacheError) -> Conflict? {
    guard record.state == .conflict, record.kind == .update,
      let kind = SchoolClass(rawValue: record.className),
      let row = try store.serverObject(className: record.className, id: record.objectId)
    else { return nil }
    let both = Set(OutboxMachine.conflicts(of: record, row: row))
    var fields = record.changes.sorted { $0.key < $1.key }.map {
      field($0.key, $0.value, record, row, kind, isBoth: both.contains($0.key))
    }
    fields += try theirs(record, row, kind)
    let taken = isTaken(record, row)
    return Conflict(
      kind: kind, record: school.label(kind, record.objectId) ?? kind.singular,
      fields: fields.sorted { $0.verdict.place < $1.verdict.place },
      baseTime: record.baseUpdatedAt.map(clock) ?? "",
      mineTime: clock(record.madeAt), theirsTime: row.updatedAt.map(clock) ?? "",
      theirsAt: row.updatedAt, who: who(record, row),
      takenAgo: taken ? row.updatedAt.map(ago) : nil,
      behind: all.count { $0.heldBy == record.id },
      others: all.count { $0.id != record.id && $0.heldBy != record.id })
  }

  private func field(
    _ name: String, _ operation: ParseCore.Operation, _ record: OutboxRecord, _ row: ParseObject,
    _ kind: SchoolClass, isBoth: Bool
  ) -> Conflict.Field {
    let words = FieldWords(school: school, viewpoint: viewpoint)
    let (base, theirs) = (record.base[name] ?? .null, row[name] ?? .null)
    // An operation that does not fit has no value to show; it is kept and the server decides.
    let mine = (try? operation.applied(to: base.isNull ? nil : base)).flatMap(\.self) ?? .null
    var merge: LineMerge?
    if isBoth, FieldWords.isText(name), let (my, their) = both(mine, theirs) {
      merge = LineMerge(base: base.string ?? "", mine: my, theirs: their)
    }
    let now = words.value(theirs, of: name)
    let verdict: Conflict.Verdict =
      isBoth ? .both : words.value(mine, of: name) == now ? .same : .onlyMine
    return Conflict.Field(
      name: name, label: words.label(name, of: kind), base: words.value(base, of: name),
      mine: words.value(mine, of: name), theirs: now, verdict: verdict, merge: merge, seen: theirs,
      entry: entry(mine))
  }

  private func entry(_ mine: JSON) -> Conflict.Entry? {
    switch mine {
    case .string: .text
    case .number: .number
    default: nil
    }
  }

  private func both(_ mine: JSON, _ theirs: JSON) -> (String, String)? {
    guard let mine = mine.string, let theirs = theirs.string else { return nil }
    return (mine, theirs)
  }

  /// What others changed since in fields the edit leaves alone, as far as the journal saw it.
  private func theirs(
    _ record: OutboxRecord, _ row: ParseObject, _ kind: SchoolClass
  ) throws(CacheError) -> [Conflict.Field] {
    let words = FieldWords(school: school, viewpoint: viewpoint)
    var fields: [Conflict.Field] = []
    let lines = try store.journal(className: record.className, id: record.objectId)
    for line in lines where line.group == nil && line.at >= record.madeAt {
      guard !line.field.isEmpty, record.changes[line.field] == nil,
        !fields.contains(where: { $0.name == line.field })
      else { continue }
      let base = words.value(line.old, of: line.field)
      let now = words.value(row[line.field], of: line.field)
      if base == now { continue }
      fields.append(
        Conflict.Field(
          name: line.field, label: words.label(line.field, of: kind), base: base, mine: base,
          theirs: now, verdict: .onlyTheirs))
    }
    return fields
  }

  /// The edit takes the row for the user, and somebody else took it first.
  private func isTaken(_ record: OutboxRecord, _ row: ParseObject) -> Bool {
    Self.owners.contains { column in
      guard case .set(let value)? = record.changes[column] else { return false }
      let now = Pointer(anyForm: row[column])?.objectId
      return Pointer(anyForm: value)?.objectId == viewpoint.user
        && now != viewpoint.user && now != Pointer(anyForm: record.base[column])?.objectId
    }
  }

  /// Whom the row was handed to meanwhile.
  private func who(_ record: OutboxRecord, _ row: ParseObject) -> String? {
    for column in Self.owners {
      guard let now = Pointer(anyForm: row[column])?.objectId, now != viewpoint.user,
        let base = record.base[column], Pointer(anyForm: base)?.objectId != now
      else { continue }
      return school.users[now]?.username
    }
    return nil
  }

  private func clock(_ instant: ParseDate) -> String {
    let words = Wording.moment(instant, viewpoint)
    return words.hasPrefix("today ") ? String(words.dropFirst(6)) : words
  }

  private func ago(_ instant: ParseDate) -> String {
    let seconds = Int(viewpoint.now.seconds - instant.seconds)
    switch seconds {
    case ..<60: return "a moment ago"
    case ..<3600: return "\(seconds / 60) min ago"
    default: return "at \(clock(instant))"
    }
  }
}

extension Conflict.Verdict {
  /// What asks stands first.
  fileprivate var place: Int {
    switch self {
    case .both: 0
    case .onlyMine: 1
    case .onlyTheirs: 2
    case .same: 3
    }
  }
}
