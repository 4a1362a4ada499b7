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
    let index = SchoolIndex(self)
    let rows = deals.all.map { dealRow($0, viewpoint, index) }
    let view = request.view.flatMap(PipelineView.init(rawValue:)) ?? .all
    let words = SearchWords(request.filter)
    let shown = rows.filter { view.holds($0, viewpoint) && words.matches($0.words) }
    let sort = request.sort.flatMap(DealSort.init(rawValue:)) ?? view.sort
    let list = Rows(
      sorted: sort.sorted(shown, isReversed: request.isReversed), all: rows.count,
      isComplete: complete.contains(.deal), previous: previous, id: \.id)
    let closed = rows.filter {
      !$0.isOpen && view.boardHolds(closed: $0, viewpoint) && words.matches($0.words)
    }
    return PipelineAnswer(
      views: PipelineView.allCases.map { view in
        ViewCount(
          id: view.rawValue, title: view.title(today: viewpoint.today),
          count: rows.count { view.holds($0, viewpoint) })
      },
      lanes: Lane.lanes(
        open: list.rows.filter(\.isOpen),
        closed: DealSort.changed.sorted(closed, isReversed: false),
        hasOthers: rows.contains { $0.stage.word == nil }, viewpoint),
      list: list, summary: PipelineSummary(rows, viewpoint),
      forecast: ForecastRow.forecast(rows, viewpoint), owners: OwnerShare.shares(rows),
      people: dealLoads(rows), showsClosed: view.showsClosed)
  }

  private func dealLoads(_ rows: [DealRow]) -> [PersonLoad] {
    let deals = Dictionary(grouping: rows.filter(\.isOpen), by: \.ownerID)
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
  init(_ stage: Term<Stage>, title: String, _ cards: [DealRow], older: Int = 0) {
    let open = cards.filter(\.isOpen)
    self.init(
      stage: stage, title: title, cards: cards, sum: DealRow.sum(cards),
      weighted: DealRow.weighted(cards), late: open.count { $0.careRank == 0 },
      today: open.count { $0.careRank == 1 }, noStep: open.count { $0.careRank == 2 },
      withoutAmount: cards.count { $0.amount == nil }, older: older)
  }

  /// - Parameters:
  ///   - open: in board order.
  ///   - closed: latest change first.
  static func lanes(
    open: [DealRow], closed: [DealRow], hasOthers: Bool, _ viewpoint: Viewpoint
  ) -> [Lane] {
    var stages: [Stage: [DealRow]] = [:]
    var others: [DealRow] = []
    for row in open {
      if let stage = row.stage.word {
        stages[stage, default: []].append(row)
      } else {
        others.append(row)
      }
    }
    var older: [Stage: Int] = [:]
    for row in closed {
      guard let stage = row.stage.word else { continue }
      if row.hasChangedThisQuarter(viewpoint) {
        stages[stage, default: []].append(row)
      } else {
        older[stage, default: 0] += 1
      }
    }
    var lanes = Stage.allCases.map { stage in
      Lane(.known(stage), title: stage.rawValue, stages[stage] ?? [], older: older[stage] ?? 0)
    }
    if hasOthers { lanes.append(Lane(others.first?.stage ?? .missing, title: "other", others)) }
    return lanes
  }
}

extension DealRow {
  /// Compensated; rows without an amount add nothing.
  static func sum(_ rows: [DealRow]) -> Double {
    Statistics.sum(rows.lazy.compactMap { Statistics.amount($0.amount) })
  }

  static func weighted(_ rows: [DealRow]) -> Double {
    Statistics.sum(rows.lazy.compactMap(\.weighted))
  }
}

extension OwnerShare {
  static func shares(_ rows: [DealRow]) -> [OwnerShare] {
    let owners = Dictionary(grouping: rows.filter(\.isOpen), by: \.ownerID)
    return owners.values.map { rows in
      OwnerShare(
        name: rows.first?.owner ?? "", deals: rows.count, weighted: DealRow.weighted(rows),
        sum: DealRow.sum(rows))
    }
    .sorted { ($0.weighted, $0.sum, $1.name) > ($1.weighted, $1.sum, $0.name) }
  }
}

extension PipelineSummary {
  init(_ rows: [DealRow], _ viewpoint: Viewpoint) {
    let open = rows.filter(\.isOpen)
    let closed = rows.filter { !$0.isOpen && $0.hasChangedThisQuarter(viewpoint) }
    let won = closed.filter { $0.stage.word == .won }
    self.init()
    self.open = open.count
    all = rows.count
    sum = DealRow.sum(open)
    weighted = DealRow.weighted(open)
    withoutAmount = open.count { $0.amount == nil }
    wonSum = DealRow.sum(won)
    wonThisQuarter = won.count
    closedThisQuarter = closed.count
    winRate = Statistics.share(won.count, of: closed.count)
    let closedSum = DealRow.sum(closed)
    winRateByAmount = closedSum > 0 ? wonSum / closedSum : nil
    unweighted = open.count { Statistics.amount($0.amount) != nil && $0.weighted == nil }
    velocity = Self.velocity(open: open.count, winRate: winRate, won: won)
    funnel = Self.funnel(rows)
  }

  private static func velocity(open: Int, winRate: Double?, won: [DealRow]) -> Double? {
    guard let winRate,
      let amount = Statistics.mean(won.compactMap { Statistics.amount($0.amount) }),
      let days = Statistics.median(won.compactMap(\.age)), days > 0
    else { return nil }
    return Double(open) * winRate * amount / days
  }

  private static func funnel(_ rows: [DealRow]) -> [Double] {
    let total = rows.count { $0.isOpen || $0.stage.word == .won }
    return (Stage.open + [.won]).compactMap { stage in
      Statistics.share(rows.count { $0.stage.word == stage }, of: total)
    }
  }
}

extension ForecastRow {
  init(_ bucket: Bucket, open: [DealRow], won: [DealRow]) {
    self.init(
      bucket: bucket, deals: open.count, weighted: DealRow.weighted(open), sum: DealRow.sum(open),
      withoutAmount: open.count { $0.amount == nil }, won: won.count, wonSum: DealRow.sum(won))
  }

  /// Open deals by close month, with what was won in it: overdue, this month and up to five more
  /// as far as something is in them, later, no date. Every open deal is in one row. A won deal
  /// belongs to its close month, without one to the month of its last change.
  static func forecast(_ rows: [DealRow], _ viewpoint: Viewpoint) -> [ForecastRow] {
    let today = viewpoint.today
    var open: [Bucket: [DealRow]] = [:]
    var won: [Bucket: [DealRow]] = [:]
    for row in rows {
      if row.isOpen {
        open[bucket(row.closeDay.map(CivilDay.init(number:)), today, isOpen: true), default: []]
          .append(row)
      } else if row.stage.word == .won {
        let changed = row.changedAt.map(viewpoint.day(at:))
        let day = row.closeDay.map(CivilDay.init(number:)) ?? changed
        won[bucket(day, today, isOpen: false), default: []].append(row)
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
