package import ParseCore

/// One change of one field that this machine saw, made here or elsewhere.
package struct ObservedChange: Sendable, Hashable {
  package enum What: Sendable, Hashable {
    case stage(from: Term<Stage>, to: Term<Stage>)
    /// Percent; nil where there was none.
    case progress(from: Double?, to: Double?)
  }

  package let at: ParseDate
  package let id: RecordID
  package let what: What

  package init(at: ParseDate, id: RecordID, _ what: What) {
    self.at = at
    self.id = id
    self.what = what
  }

  /// Nil for fields that no number is computed from.
  package init?(
    at: ParseDate, className: String, id: RecordID, field: String, old: JSON?, new: JSON?
  ) {
    switch (className, field) {
    case (SchoolClass.deal.rawValue, "stage"):
      self.init(at: at, id: id, .stage(from: Term(old?.string), to: Term(new?.string)))
    case (SchoolClass.enrollment.rawValue, "progressPercent"):
      self.init(at: at, id: id, .progress(from: old?.double, to: new?.double))
    default: return nil
    }
  }
}

/// What this machine has seen change, as no server keeps a history (reference/domain.md T9).
package struct ObservedHistory: Sendable {
  /// When it begins; nil while nothing was seen.
  package private(set) var since: ParseDate?
  /// When its user last looked, before now; nil the first time.
  package var lookedAt: ParseDate?
  /// Oldest first.
  private(set) var changes: [ObservedChange] = []
  /// When each deal came into the stage it is in.
  private var entries: [RecordID: (stage: Term<Stage>, at: ParseDate)] = [:]
  package private(set) var stages = ObservedStages()

  package init() {}

  /// Takes changes in the order they were seen.
  package mutating func append(_ new: [ObservedChange]) {
    since = since ?? new.first?.at
    changes += new
    for change in new {
      guard case .stage(let from, let to) = change.what, from != to else { continue }
      let known = entries[change.id]
      // A move made here is seen once more when the server tells of it.
      if known?.stage == to { continue }
      let entry = known.flatMap { $0.stage == from ? $0.at : nil }
      stages.add(from: from, to: to, seconds: entry.map { change.at.seconds - $0.seconds })
      entries[change.id] = (to, change.at)
    }
  }

  /// When the deal was seen to come into this stage; nil when that was before this machine looked.
  package func entry(of deal: RecordID, into stage: Term<Stage>) -> ParseDate? {
    entries[deal].flatMap { $0.stage == stage ? $0.at : nil }
  }

  /// The changes after a time, oldest first.
  func changes(since time: ParseDate) -> ArraySlice<ObservedChange> {
    changes[(changes.lastIndex { $0.at < time }.map { $0 + 1 } ?? 0)...]
  }
}

/// How deals went from stage to stage, and how long they stayed, since this machine looks.
package struct ObservedStages: Sendable, Hashable {
  private var moves: [Term<Stage>: [Term<Stage>: Int]] = [:]
  /// Seconds, of the stays whose beginning was seen as well.
  private var stays: [Term<Stage>: [Double]] = [:]

  package init() {}

  mutating func add(from: Term<Stage>, to: Term<Stage>, seconds: Double?) {
    moves[from, default: [:]][to, default: 0] += 1
    if let seconds, seconds >= 0 { stays[from, default: []].append(seconds) }
  }

  package var isEmpty: Bool { moves.isEmpty }

  /// How many times a deal left the stage.
  package func exits(from stage: Stage) -> Int {
    moves[.known(stage)]?.values.reduce(0, +) ?? 0
  }

  /// Moves from one stage to the other over all moves out of the first, 0 to 1; nil without any
  /// (reference/domain.md §5.4).
  package func conversion(from stage: Stage, to other: Stage) -> Double? {
    Statistics.share(moves[.known(stage)]?[.known(other)] ?? 0, of: exits(from: stage))
  }

  /// The middle stay in days and over how many; nil when no deal was seen to come and to leave.
  package func medianDays(in stage: Stage) -> (days: Double, stays: Int)? {
    let seconds = stays[.known(stage)] ?? []
    return Statistics.median(seconds).map { ($0 / 86_400, seconds.count) }
  }
}
