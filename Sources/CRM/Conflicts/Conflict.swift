package import ParseCore

/// One edit whose row somebody else changed meanwhile, field by field.
package struct Conflict: Sendable, Hashable {
  package enum Verdict: Sendable, Hashable {
    case onlyMine, onlyTheirs, same, both
  }

  package struct Field: Sendable, Hashable {
    /// The column of the server.
    package let name: String
    package let label: String
    /// The values in words.
    package let base: String
    package let mine: String
    package let theirs: String
    package let verdict: Verdict
    /// Of a text both changed.
    package let merge: LineMerge?
    /// What the server has, null for unset: the result is checked against it.
    package let seen: JSON
    /// Nil where only the values there are can be chosen.
    package let entry: Entry?

    package init(
      name: String, label: String, base: String, mine: String, theirs: String, verdict: Verdict,
      merge: LineMerge? = nil, seen: JSON = .null, entry: Entry? = nil
    ) {
      self.name = name
      self.label = label
      self.base = base
      self.mine = mine
      self.theirs = theirs
      self.verdict = verdict
      self.merge = merge
      self.seen = seen
      self.entry = entry
    }

    /// What was typed as a value; nil for what is no number where one belongs.
    package func value(typed text: String) -> JSON? {
      switch entry {
      case .text: .string(text)
      case .number: AmountShorthand.parse(text).map { .number(JSONNumber($0)) }
      case nil: nil
      }
    }

    /// What can be chosen, in the order of the columns.
    package var choices: [Choice] {
      switch verdict {
      case .both: merge == nil ? [.mine, .theirs] : [.mine, .merged, .theirs]
      case .onlyMine: [.mine, .theirs]
      case .onlyTheirs, .same: []
      }
    }

    /// What needs nobody's choice; nil where both wrote the same place.
    package var settled: Choice? {
      switch verdict {
      case .onlyMine: .mine
      case .onlyTheirs, .same: .theirs
      case .both: merge?.isClean == true ? .merged : nil
      }
    }
  }

  package enum Choice: Sendable, Hashable {
    case mine, theirs
    /// The lines of both.
    case merged
    /// Typed in place of either.
    case typed(JSON)

    /// The value that was typed, as text.
    package var typed: String? {
      if case .typed(let value) = self { value.string ?? value.number?.text } else { nil }
    }
  }

  /// What may be typed in place of the values.
  package enum Entry: Sendable, Hashable {
    case text, number
  }

  package let kind: SchoolClass
  package let record: String
  package let fields: [Field]
  /// When the values were as under base, mine and theirs, in words of a clock.
  package let baseTime: String
  package let mineTime: String
  package let theirsTime: String
  /// The server copy's own time: the result is written over that one only.
  package let theirsAt: ParseDate?
  /// Who has the row now, where its fields tell; Parse itself does not.
  package let who: String?
  /// Of an edit that took the row: how long somebody else was ahead, `2 min`.
  package let takenAgo: String?
  /// Edits of mine that wait behind this one, and those that do not.
  package let behind: Int
  package let others: Int

  package init(
    kind: SchoolClass, record: String, fields: [Field], baseTime: String, mineTime: String,
    theirsTime: String, theirsAt: ParseDate?, who: String? = nil, takenAgo: String? = nil,
    behind: Int = 0, others: Int = 0
  ) {
    self.kind = kind
    self.record = record
    self.fields = fields
    self.baseTime = baseTime
    self.mineTime = mineTime
    self.theirsTime = theirsTime
    self.theirsAt = theirsAt
    self.who = who
    self.takenAgo = takenAgo
    self.behind = behind
    self.others = others
  }
}

extension Conflict {
  /// `T-1042 was taken by carla 2 min ago; yours is kept`, of an edit that came second.
  package var takenWords: String? {
    guard let who, let takenAgo else { return nil }
    return "\(record) was taken by \(who) \(takenAgo); yours is kept"
  }

  /// `You and someone else changed this deal`.
  package var title: String {
    takenWords ?? "You and \(who ?? "someone else") changed this \(kind.singular)"
  }

  /// One line for a list: what they wrote and what I had seen.
  package var summary: String {
    let changed = fields.filter { $0.verdict == .both }.map {
      "\($0.label) is \($0.theirs) now, you saw \($0.base)"
    }
    return takenWords
      ?? "Changed by \(who ?? "someone else"), last \(theirsTime): "
      + changed.joined(separator: "; ")
  }
}

/// What a person chose for each field of an edit in conflict.
package struct Resolution: Sendable, Hashable {
  /// By column; a field left out keeps mine.
  package let choices: [String: Conflict.Choice]
  /// The server's values the choice was made upon; others that come later ask again.
  package let seen: [String: JSON]
  package let seenAt: ParseDate?

  package init(choices: [String: Conflict.Choice], seen: [String: JSON], seenAt: ParseDate?) {
    self.choices = choices
    self.seen = seen
    self.seenAt = seenAt
  }

  /// What is left to write of the edit's changes.
  package func changes(of mine: Changes, _ conflict: Conflict) -> Changes {
    var left: Changes = [:]
    for (name, operation) in mine {
      let field = conflict.fields.first { $0.name == name }
      switch choices[name] {
      case .mine, nil: left[name] = operation
      case .theirs: break
      case .merged: left[name] = field?.merge.map { .set(.string($0.result)) } ?? operation
      case .typed(let value): left[name] = .set(value)
      }
    }
    return left
  }
}
