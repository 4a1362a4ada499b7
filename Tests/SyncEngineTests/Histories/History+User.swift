import ParseClient
import ParseCore
import Sandbox

@testable import JSONCache
@testable import SyncEngine

/// The user: edits, undo, and what to do about changes that could not be sent.
extension History {
  private var anyTerminal: Terminal? {
    terminals.filter { !$0.fuse.isBlown }.randomElement(using: &random)
  }

  func edit() {
    made += 1
    switch Int.random(in: 0..<17, using: &random) {
    case 0: create([newDeal(contact: nil)])
    case 1:
      let id = LocalID.prefix + "c\(made)"
      create([newContact(id), newDeal(contact: id)])
    case 2: create([newContact(LocalID.prefix + "c\(made)")])
    case 3..<6:
      update("Deal") { [number = made] _ in
        ["amount": .increment(JSONNumber(Double(number % 7 + 1)))]
      }
    case 6: update("Deal") { [made] _ in ["tags": .add([.string("t\(made)")])] }
    case 7..<9: update("Deal") { [made] _ in ["stage": .set(.string("s\(made)"))] }
    case 9:
      update("Deal") { [made] _ in
        ["notes": .set(.string("n\(made)")), "amount": .increment(JSONNumber(1))]
      }
    case 10: update("Deal") { $0["notes"]?.string == nil ? [:] : ["notes": .delete] }
    case 11: update("Contact") { [made] _ in ["name": .set(.string("n\(made)"))] }
    case 12: update("Contact") { [made] _ in ["notes": .set(.string("n\(made)"))] }
    case 13: update("Deal", count: 6) { [made] _ in ["stage": .set(.string("b\(made)"))] }
    case 14:
      update("Deal", count: 3) { [made] _ in
        ["amount": .increment(JSONNumber(2)), "tags": .add([.string("t\(made)")])]
      }
    default: delete()
    }
  }

  private func newDeal(contact: String?) -> Edit {
    var changes: Changes = [
      "title": .set(.string("New \(made)")), "amount": .set(10), "stage": .set(.string("s\(made)")),
    ]
    if let contact {
      changes["contact"] = .set(Pointer(className: "Contact", objectId: contact).json)
    }
    return Edit("Deal", id: LocalID.prefix + "d\(made)", .create(changes))
  }

  /// One in three is refused: the server wants a name.
  private func newContact(_ id: String) -> Edit {
    let name = chance(0.3) ? " " : "c\(made)"
    return Edit(
      "Contact", id: id,
      .create(
        ["email": .string("c\(made)@x.example"), "name": .string(name)].mapValues { .set($0) })
    )
  }

  private func create(_ edits: [Edit]) {
    guard let terminal = anyTerminal else { return }
    // A write that throws was not made, and the user was told.
    guard (try? perform(edits, terminal)) != nil else { return }
    for edit in edits {
      guard case .create(let changes) = edit.kind, let id = edit.id else { continue }
      let key = Ledger.key(ParseObject(className: "").filled(changes)) ?? ""
      keys[id] = key
      ledger.creates(key, changes)
    }
  }

  private func update(
    _ className: String, count: Int = 1, _ changes: (ParseObject) -> Changes
  ) {
    guard let terminal = anyTerminal else { return }
    let all = ((try? terminal.store.documents(className: className)) ?? [])
      .compactMap { try? $0.object() }
    let counts = Dictionary(grouping: all) { Ledger.key($0) }.mapValues(\.count)
    let twins = twins(terminal)
    let rows = all.filter { counts[Ledger.key($0)] == 1 && !twins.contains($0.objectId ?? "") }
      .shuffled(using: &random).prefix(count)
    let edits = rows.map { Edit(className, id: $0.objectId, .update(changes($0))) }
    guard !edits.isEmpty, (try? perform(edits, terminal)) != nil else { return }
    for row in rows {
      guard let key = Ledger.key(row) else { continue }
      ledger.updates(key, changes(row), on: row)
    }
  }

  /// The rows that may be those of creates that were lost. The user leaves them alone until that is
  /// decided.
  private func twins(_ terminal: Terminal) -> Set<String> {
    let creates = ((try? terminal.store.outbox()) ?? []).filter { $0.kind == .create }
    let made = Set(creates.compactMap { keys[$0.objectId] })
    return Set(keys.filter { made.contains($0.value) && !LocalID.isLocal($0.key) }.keys)
  }

  private func delete() {
    guard let terminal = anyTerminal, chance(0.5) else { return }
    let rows = (try? terminal.store.documents(className: "Deal")) ?? []
    guard let row = rows.randomElement(using: &random), let key = keys[row.id],
      !twins(terminal).contains(row.id)
    else { return }
    guard (try? perform([Edit("Deal", id: row.id, .delete)], terminal)) != nil else { return }
    ledger.deletes(key)
  }

  @discardableResult
  private func perform(_ edits: [Edit], _ terminal: Terminal) throws -> [EditOutcome] {
    let group = "g\(made)"
    note("  \(group): \(edits.map(\.words))")
    let outcomes = try terminal.store.perform(edits, group: group, now: now)
    // To set a number back would overwrite what others added to it.
    let isPlain = edits.allSatisfy { edit in
      guard case .update(let changes) = edit.kind else { return true }
      return changes.keys.allSatisfy(Ledger.single.contains)
    }
    if isPlain { undoable.append(group) }
    return outcomes
  }

  func takeBack() {
    guard let terminal = anyTerminal, let group = undoable.popLast() else { return }
    made += 1
    // What others changed since is not taken back; the words say so.
    guard let edits = try? terminal.store.inverse(of: group) else { return }
    let before = edits.map {
      (try? terminal.store.object(className: $0.className, id: $0.id ?? "")) ?? nil
    }
    // While nobody knows whether a delete arrived he waits before he makes the row again.
    let isMaking = edits.contains { if case .create = $0.kind { true } else { false } }
    let outbox = (try? terminal.store.outbox()) ?? []
    if isMaking, outbox.contains(where: { $0.kind == .delete }) { return }
    guard let outcomes = try? perform(edits, terminal) else { return }
    for (index, edit) in edits.enumerated() {
      note(edit, on: before[index], outcomes[index])
    }
  }

  /// Tells the ledger what taking something back came to.
  private func note(_ edit: Edit, on before: ParseObject?, _ outcome: EditOutcome) {
    switch edit.kind {
    case .update(let changes):
      if let before, let key = Ledger.key(before) { ledger.updates(key, changes, on: before) }
    case .delete: if let key = Ledger.key(before) { ledger.deletes(key) }
    case .restore: if let key = keys[outcome.id] { ledger.keeps(key) }
    case .create(let changes):
      let key = Ledger.key(ParseObject(className: "").filled(changes)) ?? ""
      keys[outcome.id] = key
      ledger.remakes(key, changes)
    }
  }
}

extension History {
  /// He signs in where he must, and answers for every change that did not go through.
  func decide() async throws {
    for terminal in terminals where terminal.engine.status.signInNeeded {
      await closeLive(terminal, isTold: true)
      terminal.client.sessionToken = server.sessionToken(username: "ada")
      await terminal.engine.signedIn()
    }
    guard let terminal = anyTerminal else { return }
    for record in try terminal.store.outbox() {
      // Another decision may have taken it along.
      guard let record = try terminal.store.outbox().first(where: { $0.id == record.id }) else {
        continue
      }
      do {
        switch record.state {
        case .conflict: try choose(record, terminal)
        case .failed: try repair(record, terminal)
        case .waiting, .sending: break
        }
      } catch {
        if !terminal.fuse.isBlown { throw error }
      }
    }
  }

  private func choose(_ record: OutboxRecord, _ terminal: Terminal) throws {
    let key = keys[record.objectId] ?? ""
    note("  conflict \(record.id) \(record.objectId) \(record.words ?? "")")
    if record.kind == .create {
      // He knows his own row when he sees it.
      let candidate = record.mayBe.flatMap { server.row(record.className, $0) }
      return Ledger.key(candidate) == key
        ? try terminal.store.takeAsArrived(record.id, now: now)
        : try terminal.store.retry(record.id)
    }
    if ledger.acted.contains(record.requestId) {
      // He sees his own value on the server.
      try terminal.store.discard(record.id)
    } else if record.changes.values.contains(where: { !$0.isSafeToRepeat }) || chance(0.5) {
      let row = try terminal.store.serverObject(
        className: record.className, id: record.objectId)
      try terminal.store.retry(record.id)
      ledger.insists(record, key, on: row)
    } else {
      try terminal.store.discard(record.id)
      ledger.drops(record, key)
    }
  }

  private func repair(_ record: OutboxRecord, _ terminal: Terminal) throws {
    let key = keys[record.objectId] ?? ""
    note("  failed \(record.id) \(record.kind) \(record.objectId) \(record.words ?? "")")
    if record.words?.isEmpty ?? true { ledger.notes("a failure without words") }
    if record.heldBy != nil { return }
    if record.changes["contact"] != nil, record.dependsOn.count > 0 {
      try perform(
        [Edit("Deal", id: record.objectId, .update(["contact": .delete]))], terminal)
      return
    }
    if record.mayHaveArrived && record.code != 101 || [1, 159].contains(record.code) {
      return try terminal.store.retry(record.id)
    }
    if record.className == "Contact", record.kind == .create, chance(0.8) {
      made += 1
      let changes: Changes = ["name": .set(.string("n\(made)"))]
      guard
        let row = try terminal.store.object(className: "Contact", id: record.objectId)
      else { return }
      try perform([Edit("Contact", id: record.objectId, .update(changes))], terminal)
      return ledger.updates(key, changes, on: row)
    }
    let isGone = record.code == 101 || record.code == 119
    let others = try terminal.store.outbox().filter {
      $0.objectId == record.objectId && $0.id > record.id && record.kind == .create
    }
    try terminal.store.discard(record.id)
    for dropped in others + [record] where !ledger.acted.contains(dropped.requestId) {
      ledger.drops(dropped, key)
    }
    if isGone { ledger.lose(key) }
  }
}

extension Edit {
  fileprivate var words: String {
    let what =
      switch kind {
      case .create(let changes): "create \(JSONObject(changes: changes).text)"
      case .update(let changes): "update \(JSONObject(changes: changes).text)"
      case .delete: "delete"
      case .restore: "restore"
      }
    return "\(className) \(id ?? "") \(what)"
  }
}

extension ParseObject {
  fileprivate func filled(_ changes: Changes) -> ParseObject {
    var object = self
    for case (let field, .set(let value)) in changes { object.fields[field] = value }
    return object
  }
}
