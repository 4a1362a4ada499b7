internal import CRM
internal import JSONCache
internal import ParseCore

/// The outbox in words: what each edit changes, why it does not leave, what can be chosen.
struct OutboxDesk {
  let store: CacheStore
  let school: School
  let viewpoint: Viewpoint

  private var words: FieldWords { FieldWords(school: school, viewpoint: viewpoint) }

  func rows(_ records: [OutboxRecord]) throws(CacheError) -> [OutboxRow] {
    var rows: [OutboxRow] = []
    for record in records { rows.append(try row(record, among: records)) }
    return rows
  }

  private func row(
    _ record: OutboxRecord, among all: [OutboxRecord]
  ) throws(CacheError) -> OutboxRow {
    let kind = SchoolClass(rawValue: record.className)
    let conflict = try conflict(record, among: all)
    var row = OutboxRow(
      id: String(record.id), made: Wording.moment(record.madeAt, viewpoint),
      state: state(record, conflict), kind: record.kind.rawValue, record: try name(record),
      change: change(record), tries: record.tries, reason: try reason(record), conflict: conflict,
      target: kind.map { OutboxRow.Target($0, record.objectId) },
      dependants: try dependants(of: record, among: all),
      base: record.baseUpdatedAt.map { Wording.moment($0, viewpoint) })
    row.nextTry = record.nextTryAt.map { Wording.time($0, viewpoint) }
    return row
  }

  /// A row that is gone is not in the school any more, but its last values are kept.
  private func name(_ record: OutboxRecord) throws(CacheError) -> String {
    guard let kind = SchoolClass(rawValue: record.className) else { return record.className }
    if let label = school.label(kind, record.objectId) { return label }
    let row = try store.serverObject(className: record.className, id: record.objectId)
    return row.flatMap { words.name($0.fields) } ?? kind.singular
  }

  private func state(_ record: OutboxRecord, _ conflict: Conflict?) -> OutboxRow.State {
    switch record.state {
    case .waiting: .waiting
    case .sending: .sending
    case .failed where record.heldBy != nil:
      .held(words: record.words ?? "It waits for another edit.")
    case .failed: .refused(words: record.words ?? "The server refused it.")
    case .conflict:
      .conflict(words: conflict?.summary ?? record.words ?? "It was changed on both sides.")
    }
  }

  /// 101 is "gone" or "not open to you", 119 "not allowed" (reference/parse.md §1.7).
  private func reason(_ record: OutboxRecord) throws(CacheError) -> OutboxRow.Reason? {
    if record.state == .conflict, let twin = record.mayBe {
      let row = try store.serverObject(className: record.className, id: twin)
      return row.map { .twin(fields(of: $0, in: record)) }
    }
    guard record.state == .failed, record.heldBy == nil, record.kind != .create else { return nil }
    switch record.code {
    case 119: return .noRight
    case 101:
      let row = try store.document(className: record.className, id: record.objectId)
      return row == nil ? .gone : .noRight
    default: return nil
    }
  }

  /// What goes with the edit when it is dropped: what points at a row it makes, and deletes that wait
  /// for it.
  private func dependants(
    of record: OutboxRecord, among all: [OutboxRecord]
  ) throws(CacheError) -> [String] {
    var found: [String] = []
    for other in all where other.id != record.id {
      let isOfNew =
        record.kind == .create
        && (other.objectId == record.objectId || other.dependsOn.contains(record.objectId))
      guard isOfNew || (other.isUnsentDelete && record.isAwaited(by: other)) else { continue }
      found.append("\(other.kind.rawValue) \(try name(other))")
    }
    return found
  }

  /// What a row has in the fields of an edit.
  private func fields(of row: ParseObject, in record: OutboxRecord) -> String {
    let kind = SchoolClass(rawValue: record.className)
    return record.changes.keys.sorted().map { field in
      "\(words.label(field, of: kind)) \(words.value(row.fields[field], of: field))"
    }.joined(separator: ", ")
  }

  /// `stage proposal ▸ negotiation`, or the fields of a new row.
  private func change(_ record: OutboxRecord) -> String {
    let kind = SchoolClass(rawValue: record.className)
    return record.changes.sorted { $0.key < $1.key }.map { field, operation in
      let label = words.label(field, of: kind)
      switch operation {
      case .set(let value):
        let new = words.value(value, of: field)
        guard record.kind == .update, let old = record.base[field] else { return "\(label) \(new)" }
        return "\(label) \(words.value(old, of: field)) ▸ \(new)"
      case .delete: return "\(label) ∅"
      case .increment(let amount): return "\(label) +\(amount.text)"
      default: return label
      }
    }.joined(separator: ", ")
  }
}
