internal import CRM
internal import JSONCache
internal import ParseCore

/// What a person put aside, kept in the account's cache file beside the rows: it survives a restart,
/// all terminals of the account share it, and none of it is sent.
extension Workspace {
  /// The key in the cache's saved state.
  static let snoozesKey = "snoozes"

  /// What puts the rows of these changes back to how they are put aside now.
  func takingBack(_ changes: [SnoozeChange]) -> [SnoozeChange] {
    changes.map { SnoozeChange($0.kind, $0.id, school.snoozes[$0.kind]?[$0.id]) }
  }

  /// What is kept after these changes, without what is over.
  func snoozesState(after changes: [SnoozeChange]) throws(CacheError) -> JSON {
    let now = options.now()
    let changed = Set(changes.map { [$0.kind.rawValue, $0.id] })
    let kept = try storedSnoozes().filter { !changed.contains([$0.kind.rawValue, $0.id]) }
    return .array(
      (kept + changes).filter { ($0.snooze?.until ?? now) > now }.map(\.json))
  }

  /// Shows changes of what is put aside in all answers they touch.
  func show(_ changes: [SnoozeChange]) {
    guard !changes.isEmpty else { return }
    for change in changes { live.apply(change) }
    answerAll(madeOf: Set(changes.map(\.kind)))
  }

  /// Takes over what is kept: at the start, and after another terminal has written.
  func readSnoozes() {
    report { () throws(CacheError) in
      let stored = try storedSnoozes()
      var known = school.snoozes.mapValues { Set($0.keys) }
      for change in stored { known[change.kind]?.remove(change.id) }
      let gone = known.flatMap { kind, ids in ids.map { SnoozeChange(kind, $0, nil) } }
      let fresh = stored.filter { school.snoozes[$0.kind]?[$0.id] != $0.snooze }
      show(gone + fresh)
    }
  }

  /// The server has given a row its id: it stays aside under the new one.
  func moveSnooze(_ kind: SchoolClass, from localId: RecordID, to id: RecordID) {
    guard let snooze = school.snoozes[kind]?[localId] else { return }
    live.apply(SnoozeChange(kind, localId, nil))
    live.apply(SnoozeChange(kind, id, snooze))
  }

  /// A row put aside before the server gave it an id is known by the id it has now.
  private func storedSnoozes() throws(CacheError) -> [SnoozeChange] {
    var changes: [SnoozeChange] = []
    for json in try store.savedState(Self.snoozesKey)?.array ?? [] {
      guard let change = SnoozeChange(json) else { continue }
      let id =
        LocalID.isLocal(change.id)
        ? try store.document(className: change.kind.rawValue, id: change.id)?.id : change.id
      changes.append(SnoozeChange(change.kind, id ?? change.id, change.snooze))
    }
    return changes
  }
}

extension SnoozeChange {
  /// Nil for what no version of Quad wrote.
  init?(_ json: JSON) {
    guard let kind = json["class"]?.string.flatMap(SchoolClass.init(rawValue:)),
      let id = json["id"]?.string
    else { return nil }
    let until = json["until"]?.string.flatMap(ParseDate.init(iso:))
    let seen = json["seen"]?.string
    self.init(kind, id, until.flatMap { until in seen.map { Snooze(until: until, seen: $0) } })
  }

  var json: JSON {
    var object: JSONObject = ["class": .string(kind.rawValue), "id": .string(id)]
    object["until"] = (snooze?.until.iso).map(JSON.string)
    object["seen"] = (snooze?.seen).map(JSON.string)
    return .object(object)
  }
}
