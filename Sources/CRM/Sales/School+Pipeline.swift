import ParseCore

extension School {
  /// The board, the list behind it and their totals. The totals and the forecast are over all
  /// deals; lanes and list are those of the view and the filter.
  ///
  /// O(n log n) in deals plus O(activities).
  ///
  /// - Parameter previous: the ids of the list as last shown; lanes follow the list's order.
  package func pipeline(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> PipelineAnswer {
    let rows = deals.all.map { DealRow($0, self, viewpoint) }
    return pipeline(
      request, viewpoint,
      Listing(
        rows, DealRow.selection(request), isComplete: complete.contains(.deal),
        previous: previous), DealTotals(rows))
  }

  /// - Parameter totals: of all deals.
  func pipeline(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ deals: Listing<DealRow>,
    _ totals: DealTotals
  ) -> PipelineAnswer {
    let view = PipelineView(request)
    let words = SearchWords(request.filter)
    let closed = deals.rows.filter {
      !$0.isOpen && view.boardHolds(closed: $0) && words.matches($0.words)
    }
    let today = viewpoint.today
    return PipelineAnswer(
      views: deals.views { $0.title(today: today) },
      lanes: Lane.lanes(deals.list.rows, closed: closed, hasOthers: totals.hasOthers),
      list: deals.list, summary: PipelineSummary(totals),
      forecast: totals.forecast(today: today), owners: totals.shares,
      people: dealLoads(totals), showsClosed: view.showsClosed)
  }

  private func dealLoads(_ totals: DealTotals) -> [PersonLoad] {
    users.all.compactMap { user in
      let own = totals.owners[user.id]
      let canOwn = user.role.word == .sales || user.role.word == .admin
      guard canOwn || own != nil else { return nil }
      return PersonLoad(
        user: user.id, name: user.username, role: user.role, open: own?.count ?? 0,
        late: own?.late ?? 0)
    }
    .sorted { ($0.name, $0.user ?? "") < ($1.name, $1.user ?? "") }
  }
}

extension PipelineView {
  init(_ request: ListRequest) {
    self = request.view.flatMap(PipelineView.init(rawValue:)) ?? .all
  }
}

extension DealRow {
  static func selection(_ request: ListRequest) -> ListSelection<DealRow> {
    let view = PipelineView(request)
    let sort = request.sort.flatMap(DealSort.init(rawValue:)) ?? view.sort
    return ListSelection(
      view, filter: request.filter, sort.order(isReversed: request.isReversed))
  }
}

extension Lane {
  /// - Parameters:
  ///   - list: in board order; closed ones are passed over.
  ///   - closed: in any order; they stand latest change first.
  static func lanes(_ list: [DealRow], closed: [DealRow], hasOthers: Bool) -> [Lane] {
    var lanes = Array(repeating: LaneCards(), count: Stage.allCases.count + 1)
    for deal in list where deal.isOpen { lanes[deal.lane].add(deal) }
    for deal in closed where !deal.isThisQuarter { lanes[deal.lane].older += 1 }
    let recent = closed.filter(\.isThisQuarter)
    for deal in DealSort.changed.order(isReversed: false).sorted(recent) {
      lanes[deal.lane].add(deal)
    }
    let known = zip(Stage.allCases, lanes).map { stage, cards in
      Lane(.known(stage), title: stage.rawValue, cards)
    }
    guard hasOthers else { return known }
    let others = lanes[Stage.allCases.count]
    return known + [Lane(others.cards.first?.stage ?? .missing, title: "other", others)]
  }

  private init(_ stage: Term<Stage>, title: String, _ lane: LaneCards) {
    self.init(
      stage: stage, title: title, cards: lane.cards, sum: lane.total.sum,
      weighted: lane.total.weighted, late: lane.total.late, today: lane.today,
      noStep: lane.noStep, withoutAmount: lane.total.withoutAmount, older: lane.older)
  }
}

/// A lane in the making.
private struct LaneCards {
  private(set) var cards: [DealRow] = []
  private(set) var total = DealTotals.Total()
  private(set) var today = 0
  private(set) var noStep = 0
  var older = 0

  mutating func add(_ deal: DealRow) {
    cards.append(deal)
    total.add(deal)
    guard deal.isOpen else { return }
    if deal.careRank == 1 { today += 1 }
    if deal.careRank == 2 { noStep += 1 }
  }
}

extension PipelineSummary {
  init(_ totals: DealTotals) {
    let (won, closed) = (totals.won, totals.closed)
    self.init()
    open = totals.open.count
    all = totals.all
    sum = totals.open.sum
    weighted = totals.open.weighted
    withoutAmount = totals.open.withoutAmount
    wonSum = won.sum
    wonThisQuarter = won.count
    closedThisQuarter = closed.count
    winRate = Statistics.share(won.count, of: closed.count)
    winRateByAmount = closed.sum > 0 ? won.sum / closed.sum : nil
    unweighted = totals.unweighted
    if let winRate, let amount = Statistics.mean(totals.wonAmounts),
      let days = Statistics.median(totals.wonAges), days > 0
    {
      velocity = Double(open) * winRate * amount / days
    }
    let total = open + totals.count(in: .won)
    funnel = (Stage.open + [.won]).compactMap {
      Statistics.share(totals.count(in: $0), of: total)
    }
  }
}
