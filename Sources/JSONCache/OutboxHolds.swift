import GRDB
import ParseCore

/// Why a waiting record cannot leave although the server is there: an earlier one of its row, the
/// create of a row it points at, or what a delete waits for, failed or was given up. Pure.
struct OutboxHolds {
  private let creates: [String: OutboxRecord]
  private let others: [OutboxRecord]
  private var firsts: [Pointer: OutboxRecord] = [:]
  private var held: [Int64: OutboxRecord] = [:]

  /// The records with those that are held as failures that say why, in the same order.
  static func explain(_ records: [OutboxRecord]) -> [OutboxRecord] {
    var holds = OutboxHolds(records)
    return records.map { holds.explained($0) }
  }

  private init(_ records: [OutboxRecord]) {
    creates = Dictionary(
      records.filter { $0.kind == .create }.map { ($0.objectId, $0) }
    ) { first, _ in first }
    others = records.filter { $0.kind != .delete }
    for record in records.reversed() { firsts[record.row] = record }
  }

  private mutating func explained(_ record: OutboxRecord) -> OutboxRecord {
    if let known = held[record.id] { return known }
    // A cycle of rows that point at each other would look for itself.
    held[record.id] = record
    let explained = record.state == .waiting ? hold(on: record) ?? record : record
    held[record.id] = explained
    return explained
  }

  private mutating func hold(on record: OutboxRecord) -> OutboxRecord? {
    if let first = firsts[record.row], first.id != record.id, explained(first).isStuck {
      return record.held(
        by: first.heldBy ?? first.id,
        "It waits for an earlier change of the same \(record.className), which needs your decision."
      )
    }
    for id in record.dependsOn.sorted() where id != record.objectId {
      guard let create = creates[id] else {
        return record.held(
          by: nil, "It points at a new row that was given up. Change the field, or drop this too.")
      }
      let target = explained(create)
      guard target.isStuck else { continue }
      return record.held(
        by: target.heldBy ?? target.id,
        "It points at a new \(create.className) that could not be made: \(target.words ?? "")")
    }
    for other in others where other.isAwaited(by: record) {
      let target = explained(other)
      guard target.isStuck else { continue }
      return record.held(
        by: target.heldBy ?? target.id,
        "It waits for an earlier change of a \(other.className), which needs your decision.")
    }
    return nil
  }
}

extension OutboxRecord {
  var row: Pointer { Pointer(className: className, objectId: objectId) }

  fileprivate var isStuck: Bool { state == .failed || state == .conflict }

  fileprivate func held(by id: Int64?, _ words: String) -> OutboxRecord {
    var record = self
    record.state = .failed
    record.words = words
    record.heldBy = id
    return record
  }
}
