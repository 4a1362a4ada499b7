/// Two changes of one text, merged line by line against the text both started from.
package struct LineMerge: Sendable, Hashable {
  package enum Side: Sendable, Hashable { case mine, theirs }

  package enum Mark: Sendable, Hashable {
    case kept
    /// By one side; by both alike when nil.
    case added(Side?)
    case removed(Side?)
  }

  package struct Line: Sendable, Hashable {
    package let text: String
    package let mark: Mark
  }

  package let lines: [Line]
  /// False when both sides rewrote the same line: a person has to choose.
  package let isClean: Bool

  /// O(lines²) in the worst case; forms hold at most 4 000 letters.
  package init(base: String, mine: String, theirs: String) {
    let old = Self.lines(base)
    let (my, their) = (Side.Change(old, Self.lines(mine)), Side.Change(old, Self.lines(theirs)))
    var lines: [Line] = []
    var isClean = true
    for gap in 0...old.count {
      let (added, others) = (my.inserted[gap] ?? [], their.inserted[gap] ?? [])
      if added == others {
        lines += added.map { Line(text: $0, mark: .added(nil)) }
      } else {
        lines += added.map { Line(text: $0, mark: .added(.mine)) }
        lines += others.map { Line(text: $0, mark: .added(.theirs)) }
      }
      guard gap < old.count else { break }
      switch (my.removed.contains(gap), their.removed.contains(gap)) {
      case (false, false): lines.append(Line(text: old[gap], mark: .kept))
      case (true, false): lines.append(Line(text: old[gap], mark: .removed(.mine)))
      case (false, true): lines.append(Line(text: old[gap], mark: .removed(.theirs)))
      case (true, true):
        lines.append(Line(text: old[gap], mark: .removed(nil)))
        if my.around(gap) != their.around(gap) { isClean = false }
      }
    }
    self.lines = lines
    self.isClean = isClean
  }

  /// The text that holds what both sides wrote.
  package var result: String {
    lines.compactMap { line in
      if case .removed = line.mark { nil } else { line.text }
    }.joined(separator: "\n")
  }

  private static func lines(_ text: String) -> [String] {
    text.isEmpty
      ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

extension LineMerge.Side {
  /// What one side did to the lines of the base.
  fileprivate struct Change {
    /// Numbers of lines that are gone.
    var removed: Set<Int> = []
    /// New lines by the number of the base's line they stand before.
    var inserted: [Int: [String]] = [:]

    init(_ base: [String], _ new: [String]) {
      let difference = new.difference(from: base)
      var added: Set<Int> = []
      for change in difference {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): added.insert(offset)
        }
      }
      var gap = 0
      for (number, line) in new.enumerated() {
        if added.contains(number) {
          inserted[gap, default: []].append(line)
        } else {
          while removed.contains(gap) { gap += 1 }
          gap += 1
        }
      }
    }

    /// What stands in place of a line that was rewritten.
    func around(_ line: Int) -> [String] { (inserted[line] ?? []) + (inserted[line + 1] ?? []) }
  }
}
