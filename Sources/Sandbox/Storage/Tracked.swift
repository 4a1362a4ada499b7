/// A dictionary that remembers what its values were before the running request: what there is to
/// save, and the way back when that fails.
struct Tracked<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private(set) var all: [Key: Value]
  /// By changed key the value before its first change; an inner nil where there was none.
  private var before: [Key: Value?] = [:]

  init(_ all: [Key: Value] = [:]) { self.all = all }

  subscript(key: Key) -> Value? {
    get { all[key] }
    set {
      if before[key] == nil { before.updateValue(all[key], forKey: key) }
      all[key] = newValue
    }
  }

  subscript(key: Key, default standard: @autoclosure () -> Value) -> Value {
    get { all[key] ?? standard() }
    set { self[key] = newValue }
  }

  var keys: Dictionary<Key, Value>.Keys { all.keys }

  /// Changed since `keep`.
  var changed: Dictionary<Key, Value?>.Keys { before.keys }

  mutating func keep() {
    // A dictionary that was emptied would keep its room.
    if !before.isEmpty { before = [:] }
  }

  mutating func undo() {
    for (key, value) in before { all[key] = value }
    before = [:]
  }
}
