import ParseCore

extension School {
  /// The board, the list behind it and their totals. The totals and the forecast are over all
  /// deals; lanes and list are those of the view and the filter.
  ///
  /// O(n log n) in deals plus O(activities).
  ///
  /// - Parameter previous: the ids of the list as last shown; lanes follow the list's order.
  package func pipeline(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> PipelineAnswer {
    pipeline(
      request, viewpoint, previous: previous,
      entries: deals.all.map { DealEntry(dealRow($0, viewpoint), viewpoint) })
  }

  func pipeline(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID], entries: [DealEntry]
  ) -> PipelineAnswer {
    let view = request.view.flatMap(PipelineView.init(rawValue:)) ?? .all
    let words = SearchWords(request.filter)
    let bit = ViewBits(view)
    let shown = entries.filter { !$0.views.isDisjoint(with: bit) && words.matches($0.row.words) }
    let sort = request.sort.flatMap(DealSort.init(rawValue:)) ?? view.sort
    let list = Rows(
      sorted: sort.sorted(shown, isReversed: request.isReversed), all: entries.count,
      isComplete: complete.contains(.deal), previous: previous, id: \.row.id)
    let closed = entries.filter {
      !$0.isOpen && view.boardHolds(closed: $0.row, viewpoint) && words.matches($0.row.words)
    }
    let open = entries.filter(\.isOpen)
    let today = viewpoint.today
    return PipelineAnswer(
      views: ViewCount.all(entries.lazy.map(\.views)) { $0.title(today: today) },
      lanes: Lane.lanes(
        open: list.rows.filter(\.isOpen), closed: closed,
        hasOthers: entries.contains { $0.row.stage.word == nil }),
      list: list.map(\.row), summary: PipelineSummary(entries),
      forecast: ForecastRow.forecast(entries, viewpoint), owners: OwnerShare.shares(open),
      people: dealLoads(open), showsClosed: view.showsClosed)
  }

  /// - Parameter open: the open deals.
  private func dealLoads(_ open: [DealEntry]) -> [PersonLoad] {
    let deals = Dictionary(grouping: open, by: \.row.ownerID)
    return users.all.compactMap { user in
      let own = deals[user.id] ?? []
      let canOwn = user.role.word == .sales || user.role.word == .admin
      guard canOwn || !own.isEmpty else { return nil }
      return PersonLoad(
        user: user.id, name: user.username, role: user.role, open: own.count,
        late: own.count { $0.careRank == 0 })
    }
    .sorted { ($0.name, $0.user ?? "") < ($1.name, $1.user ?? "") }
  }
}

extension Lane {
  init(_ stage: Term<Stage>, title: String, _ cards: [DealEntry], older: Int = 0) {
    let open = cards.filter(\.isOpen)
    self.init(
      stage: stage, title: title, cards: cards.map(\.row), sum: DealEntry.sum(cards),
      weighted: DealEntry.weighted(cards), late: open.count { $0.careRank == 0 },
      today: open.count { $0.careRank == 1 }, noStep: open.count { $0.careRank == 2 },
      withoutAmount: cards.count { $0.row.amount == nil }, older: older)
  }

  /// - Parameters:
  ///   - open: in board order.
  ///   - closed: in any order; they stand latest change first.
  static func lanes(open: [DealEntry], closed: [DealEntry], hasOthers: Bool) -> [Lane] {
    var stages: [Stage: [DealEntry]] = [:]
    var others: [DealEntry] = []
    for entry in open {
      if let stage = entry.row.stage.word {
        stages[stage, default: []].append(entry)
      } else {
        others.append(entry)
      }
    }
    var older: [Stage: Int] = [:]
    for entry in closed where !entry.isThisQuarter {
      if let stage = entry.row.stage.word { older[stage, default: 0] += 1 }
    }
    for entry in DealSort.changed.sorted(closed.filter(\.isThisQuarter), isReversed: false) {
      if let stage = entry.row.stage.word { stages[stage, default: []].append(entry) }
    }
    var lanes = Stage.allCases.map { stage in
      Lane(.known(stage), title: stage.rawValue, stages[stage] ?? [], older: older[stage] ?? 0)
    }
    if hasOthers { lanes.append(Lane(others.first?.row.stage ?? .missing, title: "other", others)) }
    return lanes
  }
}

extension DealEntry {
  /// Compensated; deals without an amount add nothing.
  static func sum(_ entries: [DealEntry]) -> Double {
    Statistics.sum(entries.lazy.compactMap(\.amount))
  }

  static func weighted(_ entries: [DealEntry]) -> Double {
    Statistics.sum(entries.lazy.compactMap(\.weighted))
  }
}

extension OwnerShare {
  /// - Parameter open: the open deals.
  static func shares(_ open: [DealEntry]) -> [OwnerShare] {
    let owners = Dictionary(grouping: open, by: \.row.ownerID)
    return owners.values.map { deals in
      OwnerShare(
        name: deals.first?.row.owner ?? "", deals: deals.count,
        weighted: DealEntry.weighted(deals), sum: DealEntry.sum(deals))
    }
    .sorted { ($0.weighted, $0.sum, $1.name) > ($1.weighted, $1.sum, $0.name) }
  }
}

extension PipelineSummary {
  init(_ deals: [DealEntry]) {
    let open = deals.filter(\.isOpen)
    let closed = deals.filter { !$0.isOpen && $0.isThisQuarter }
    let won = closed.filter { $0.row.stage.word == .won }
    self.init()
    self.open = open.count
    all = deals.count
    sum = DealEntry.sum(open)
    weighted = DealEntry.weighted(open)
    withoutAmount = open.count { $0.row.amount == nil }
    wonSum = DealEntry.sum(won)
    wonThisQuarter = won.count
    closedThisQuarter = closed.count
    winRate = Statistics.share(won.count, of: closed.count)
    let closedSum = DealEntry.sum(closed)
    winRateByAmount = closedSum > 0 ? wonSum / closedSum : nil
    unweighted = open.count { $0.amount != nil && $0.weighted == nil }
    velocity = Self.velocity(open: open.count, winRate: winRate, won: won)
    funnel = Self.funnel(deals)
  }

  private static func velocity(open: Int, winRate: Double?, won: [DealEntry]) -> Double? {
    guard let winRate,
      let amount = Statistics.mean(won.compactMap(\.amount)),
      let days = Statistics.median(won.compactMap(\.row.age)), days > 0
    else { return nil }
    return Double(open) * winRate * amount / days
  }

  private static func funnel(_ deals: [DealEntry]) -> [Double] {
    var counts: [Stage?: Int] = [:]
    for deal in deals { counts[deal.row.stage.word, default: 0] += 1 }
    let total = deals.count(where: \.isOpen) + (counts[.won] ?? 0)
    return (Stage.open + [.won]).compactMap { Statistics.share(counts[$0] ?? 0, of: total) }
  }
}

extension ForecastRow {
  init(_ bucket: Bucket, open: [DealEntry], won: [DealEntry]) {
    self.init(
      bucket: bucket, deals: open.count, weighted: DealEntry.weighted(open),
      sum: DealEntry.sum(open), withoutAmount: open.count { $0.row.amount == nil },
      won: won.count, wonSum: DealEntry.sum(won))
  }

  /// Open deals by close month, with what was won in it: overdue, this month and up to five more
  /// as far as something is in them, later, no date. Every open deal is in one row. A won deal
  /// belongs to its close month, without one to the month of its last change.
  static func forecast(_ deals: [DealEntry], _ viewpoint: Viewpoint) -> [ForecastRow] {
    let today = viewpoint.today
    var open: [Bucket: [DealEntry]] = [:]
    var won: [Bucket: [DealEntry]] = [:]
    for deal in deals {
      guard let bucket = deal.bucket else { continue }
      if deal.isOpen {
        open[bucket, default: []].append(deal)
      } else {
        won[bucket, default: []].append(deal)
      }
    }
    let months = (0...5).map { month(of: today.adding(months: $0)) }
    let last = months.lastIndex { open[$0] != nil || won[$0] != nil } ?? 0
    let outer: [Bucket] = [.later, .noDate]
    let buckets =
      [.overdue].filter { open[$0] != nil } + months[...last]
      + outer.filter { open[$0] != nil }
    return buckets.map { ForecastRow($0, open: open[$0] ?? [], won: won[$0] ?? []) }
  }

  /// Nil for a deal in no row.
  static func bucket(of row: DealRow, _ viewpoint: Viewpoint) -> Bucket? {
    let closeDay = row.closeDay.map(CivilDay.init(number:))
    if row.isOpen { return bucket(closeDay, viewpoint.today, isOpen: true) }
    guard row.stage.word == .won else { return nil }
    let day = closeDay ?? row.changedAt.map(viewpoint.day(at:))
    return bucket(day, viewpoint.today, isOpen: false)
  }

  private static func bucket(_ day: CivilDay?, _ today: CivilDay, isOpen: Bool) -> Bucket {
    guard let day else { return .noDate }
    if isOpen, day < today { return .overdue }
    let ahead = CivilDay(year: today.civil.year, month: today.civil.month, day: 1)
    return day >= ahead.adding(months: 6) ? .later : month(of: day)
  }

  private static func month(of day: CivilDay) -> Bucket {
    .month(year: day.civil.year, month: day.civil.month)
  }
}
