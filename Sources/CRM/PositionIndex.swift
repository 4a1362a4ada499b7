/// Positions in a table found by a value of the row that stands there. The value is not stored a
/// second time: four bytes a slot, at most three quarters of them taken, where a dictionary of ids
/// takes 24. Open addressing with linear probing (Knuth, volume 3, section 6.4, algorithms L and R).
struct PositionIndex: Sendable {
  /// −1 for none; a power of two of them.
  private var slots: [Int32] = []
  private(set) var count = 0

  /// All positions, in no particular order.
  var positions: [Int] { slots.lazy.filter { $0 >= 0 }.map { Int($0) } }

  /// - Parameter matches: whether the row at a position has the value of the hash.
  func find(_ hash: Int, where matches: (Int) -> Bool) -> Int? {
    slot(hash, where: matches).map { Int(slots[$0]) }
  }

  private func slot(_ hash: Int, where matches: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = hash & (slots.count - 1)
    while slots[slot] >= 0 {
      if matches(Int(slots[slot])) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// - Parameter hashes: of the values at the positions that are in it.
  mutating func insert(_ position: Int, _ hash: Int, hashes: (Int) -> Int) {
    if (count + 1) * 4 > slots.count * 3 { grow(hashes) }
    put(Int32(position), hash)
    count += 1
  }

  private mutating func put(_ position: Int32, _ hash: Int) {
    var slot = hash & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = position
  }

  private mutating func grow(_ hashes: (Int) -> Int) {
    let old = slots
    slots = Array(repeating: -1, count: max(8, old.count * 2))
    for position in old where position >= 0 { put(position, hashes(Int(position))) }
  }

  /// The row with this value stands elsewhere now, or another row stands for it.
  mutating func move(_ position: Int, to other: Int, _ hash: Int) {
    guard let slot = slot(hash, where: { $0 == position }) else { return }
    slots[slot] = Int32(other)
  }

  mutating func remove(_ position: Int, _ hash: Int, hashes: (Int) -> Int) {
    guard var hole = slot(hash, where: { $0 == position }) else { return }
    let mask = slots.count - 1
    slots[hole] = -1
    count -= 1
    var slot = (hole + 1) & mask
    // What was pushed on by the removed one moves back, so that no search ends too early.
    while slots[slot] >= 0 {
      let home = hashes(Int(slots[slot])) & mask
      if (slot - home) & mask >= (slot - hole) & mask {
        slots[hole] = slots[slot]
        slots[slot] = -1
        hole = slot
      }
      slot = (slot + 1) & mask
    }
  }
}
