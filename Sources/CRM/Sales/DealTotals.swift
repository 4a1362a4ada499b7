import ParseCore

/// Sums over all deals, by owner and by month too, in one pass over them.
struct DealTotals {
  /// Of some deals.
  struct Total {
    private(set) var count = 0
    /// Open ones that are late.
    private(set) var late = 0
    private(set) var withoutAmount = 0
    /// Of the first deal; empty without a readable owner.
    private(set) var owner = ""
    private var summed = CompensatedSum()
    private var weighed = CompensatedSum()

    var sum: Double { summed.value }
    var weighted: Double { weighed.value }

    mutating func add(_ deal: DealRow) {
      if count == 0 { owner = deal.owner }
      count += 1
      if deal.isOpen, deal.careRank == 0 { late += 1 }
      if deal.amount == nil { withoutAmount += 1 }
      if let amount = deal.countedAmount { summed.add(amount) }
      if let weighted = deal.weighted { weighed.add(weighted) }
    }
  }

  /// Of the open deals; nil for those without an owner.
  private(set) var owners: [RecordID?: Total] = [:]
  private var openBy: [ForecastRow.Bucket: Total] = [:]
  private var wonBy: [ForecastRow.Bucket: Total] = [:]
  private var lanes = Array(repeating: 0, count: Stage.allCases.count + 1)
  let all: Int
  private(set) var open = Total()
  /// Closed this quarter, and won among them.
  private(set) var closed = Total()
  private(set) var won = Total()
  private(set) var wonAmounts: [Double] = []
  private(set) var wonAges: [Double] = []
  /// Open ones with an amount whose stage has no chance.
  private(set) var unweighted = 0

  /// O(deals).
  init(_ deals: [DealRow]) {
    all = deals.count
    for deal in deals {
      lanes[deal.lane] += 1
      if deal.isOpen { add(open: deal) } else { add(closed: deal) }
    }
  }

  private mutating func add(open deal: DealRow) {
    open.add(deal)
    owners[deal.ownerID, default: Total()].add(deal)
    if let bucket = deal.bucket { openBy[bucket, default: Total()].add(deal) }
    if deal.countedAmount != nil, deal.weighted == nil { unweighted += 1 }
  }

  private mutating func add(closed deal: DealRow) {
    if let bucket = deal.bucket { wonBy[bucket, default: Total()].add(deal) }
    guard deal.isThisQuarter else { return }
    closed.add(deal)
    guard deal.stage.word == .won else { return }
    won.add(deal)
    if let amount = deal.countedAmount { wonAmounts.append(amount) }
    if let age = deal.closedAge { wonAges.append(age) }
  }

  func count(in stage: Stage) -> Int { lanes[Lane.place(stage)] }

  /// Whether there are unknown or missing stages.
  var hasOthers: Bool { lanes[Stage.allCases.count] > 0 }

  /// Heaviest first.
  var shares: [OwnerShare] {
    owners.map { id, total in (id: id ?? "", total: total) }
      .sorted { one, two in
        let sums = (one.total, two.total)
        return (sums.0.weighted, sums.0.sum, sums.1.owner, two.id)
          > (sums.1.weighted, sums.1.sum, sums.0.owner, one.id)
      }
      .map {
        OwnerShare(
          name: $0.total.owner, deals: $0.total.count, weighted: $0.total.weighted,
          sum: $0.total.sum)
      }
  }

  /// Open deals by close month, with what was won in it: overdue, this month and up to five more
  /// as far as something is in them, later, no date. Every open deal is in one row. A won deal
  /// belongs to its close month, without one to the month of its last change.
  func forecast(today: CivilDay) -> [ForecastRow] {
    let months = (0...5).map { ForecastRow.month(of: today.adding(months: $0)) }
    let last = months.lastIndex { openBy[$0] != nil || wonBy[$0] != nil } ?? 0
    let outer: [ForecastRow.Bucket] = [.later, .noDate]
    let buckets =
      [.overdue].filter { openBy[$0] != nil } + months[...last]
      + outer.filter { openBy[$0] != nil }
    return buckets.map { bucket in
      let (open, won) = (openBy[bucket] ?? Total(), wonBy[bucket] ?? Total())
      return ForecastRow(
        bucket: bucket, deals: open.count, weighted: open.weighted, sum: open.sum,
        withoutAmount: open.withoutAmount, won: won.count, wonSum: won.sum)
    }
  }
}

extension ForecastRow {
  /// Nil for a deal in no row.
  static func bucket(
    of deal: Deal, closeDay: CivilDay?, _ viewpoint: Viewpoint
  ) -> Bucket? {
    if deal.isOpen { return bucket(closeDay, viewpoint.today, isOpen: true) }
    guard deal.stage.word == .won else { return nil }
    let day = closeDay ?? deal.meta.updatedAt.map(viewpoint.day(at:))
    return bucket(day, viewpoint.today, isOpen: false)
  }

  private static func bucket(_ day: CivilDay?, _ today: CivilDay, isOpen: Bool) -> Bucket {
    guard let day else { return .noDate }
    if isOpen, day < today { return .overdue }
    let ahead = CivilDay(year: today.civil.year, month: today.civil.month, day: 1)
    return day >= ahead.adding(months: 6) ? .later : month(of: day)
  }

  fileprivate static func month(of day: CivilDay) -> Bucket {
    .month(year: day.civil.year, month: day.civil.month)
  }
}

extension Lane {
  /// Where the lane of a stage stands; unknown and missing ones share the last.
  static func place(_ stage: Stage?) -> Int {
    Stage.allCases.firstIndex { $0 == stage } ?? Stage.allCases.count
  }
}
