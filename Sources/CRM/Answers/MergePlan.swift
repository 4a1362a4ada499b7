/// Two records of the same person or company, to be made one.
package struct Merge: Sendable, Hashable {
  package let kept: Party
  package let gone: RecordID

  package init(kept: Party, gone: RecordID) {
    self.kept = kept
    self.gone = gone
  }

  package var kind: SchoolClass { kept.kind }

  /// The other of the two kept.
  package var swapped: Merge { Merge(kept: kept.sibling(gone), gone: kept.id) }
}

/// What a merge does, before it is done.
package struct MergePlan: Sendable {
  /// What becomes of a value of the record that goes.
  package enum Fate: Sendable, Hashable {
    /// It has none.
    case none
    /// The kept one has it already.
    case same
    /// It fills an empty field of the kept one.
    case filled
    /// It differs and is kept as a line of the notes.
    case noted
    /// It is put under the notes of the kept one.
    case joined
    case lost
  }

  package struct Field: Sendable, Hashable {
    package let label: String
    /// In one line; empty for none.
    package let kept: String
    package let gone: String
    package let fate: Fate
  }

  package struct Own: Sendable, Hashable {
    package let deals: Int
    package let people: Int
    package let activities: Int
  }

  package let merge: Merge
  package let keptName: String
  package let goneName: String
  package let fields: [Field]
  /// What points at the record that goes and will point at the kept one.
  package let deals: [DealRow]
  package let people: [PersonRow]
  package let activities: [ActivityRow]
  /// What points at the kept one already.
  package let own: Own
  /// The notes of the kept one afterwards; nil where they stay.
  package let notes: String?
  /// Rows of others may point here unseen.
  package let seesAll: Bool
  /// Why it cannot be done; nil when it can.
  package let refusal: Refusal?

  package var movedCount: Int { deals.count + people.count + activities.count }

  /// `2 deals, 1 activity`; empty for nothing.
  package var movedWords: String {
    [(people.count, SchoolClass.contact), (deals.count, .deal), (activities.count, .activity)]
      .filter { $0.0 > 0 }
      .map { "\($0.0) \($0.0 == 1 ? $0.1.singular : $0.1.plural)" }
      .joined(separator: ", ")
  }
}

/// Which two records to merge, from the card or the row of one of them.
package struct MergeRequest: Sendable, Hashable {
  package let party: Party
  /// Its double; nil for the first by name.
  package var other: RecordID?
  /// Nil keeps the party, unless only the other way round is allowed.
  package var keepsOther: Bool?

  package init(_ party: Party, other: RecordID? = nil, keepsOther: Bool? = nil) {
    self.party = party
    self.other = other
    self.keepsOther = keepsOther
  }
}

/// A merge to look at, and what else could be merged.
package struct MergePreview: Sendable {
  package let plan: MergePlan
  /// The doubles of the record asked about, by name.
  package let doubles: [RecordID]
  /// The double the plan is about.
  package let other: RecordID
}
