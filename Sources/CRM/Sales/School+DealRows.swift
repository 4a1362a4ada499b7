import ParseCore

extension School {
  func dealRow(_ deal: Deal, _ viewpoint: Viewpoint) -> DealRow {
    let care = dealCare(deal, viewpoint)
    let nextStep = care.nextStep(viewpoint)
    let closeDay = viewpoint.day(of: deal.expectedCloseDate)
    let daysToClose = closeDay.map { $0 - viewpoint.today }
    return DealRow(
      id: deal.id, title: deal.title, amount: deal.amount, stage: deal.stage,
      company: companies[deal.company]?.name ?? "", contact: contacts[deal.contact]?.name ?? "",
      owner: userName(deal.assignedTo), ownerID: deal.assignedTo, nextStep: nextStep,
      closeDay: closeDay?.number, daysToClose: daysToClose, quietDays: care.quietDays(viewpoint),
      changedAt: deal.meta.updatedAt, isUnsent: deal.meta.isUnsent,
      severity: Self.severity(deal, nextStep, daysToClose: daysToClose),
      lostReason: deal.stage.word == .lost ? deal.lostReason : nil, age: deal.age(viewpoint),
      snoozed: snoozed(.deal, deal.id, viewpoint))
  }

  /// Touch is the latest of the deal's last change and its activities' creation and completion
  /// (reference/domain.md §1.4).
  func dealCare(_ deal: Deal, _ viewpoint: Viewpoint) -> Care {
    Care(
      activities[.about, deal.id], about: .deal, changed: deal.meta.updatedAt, viewpoint)
  }

  private static func severity(
    _ deal: Deal, _ nextStep: NextStep, daysToClose: Int?
  ) -> Severity {
    guard deal.isOpen else { return .plain }
    if let daysToClose, daysToClose < 0 { return .late }
    let missing: Severity = deal.amount == nil || daysToClose == nil ? .soon : .plain
    return max(nextStep.severity, missing)
  }
}

extension Deal {
  fileprivate func age(_ viewpoint: Viewpoint) -> Double? {
    guard let start = meta.createdAt, let end = isOpen ? viewpoint.now : meta.updatedAt else {
      return nil
    }
    return Double(max(0, end.milliseconds - start.milliseconds)) / 86_400_000
  }
}

extension DealRow {
  /// Unknown and missing stages count as open.
  package var isOpen: Bool { stage.word?.isOpen ?? true }

  /// No touch for as many days as its stage allows.
  package var isQuiet: Bool { stage.word?.quietLimit.map { quietDays >= $0 } ?? false }

  package var isOverdue: Bool { isOpen && (daysToClose ?? 0) < 0 }

  /// Without an amount, a close date, an owner, or both company and contact.
  package var lacksData: Bool {
    isOpen
      && (amount == nil || closeDay == nil || owner.isEmpty
        || (company.isEmpty && contact.isEmpty))
  }

  /// Where it stands on the board: late by step or close date, today, no step, planned.
  package var careRank: Int {
    if severity == .late { return 0 }
    return nextStep.rank.group
  }

  var words: [String] { [title, company, contact, owner, stage.label] }
}

/// A deal with what its views, orders and sums need, worked out once. A class, because lists of it
/// are filtered, grouped and sorted, and its row costs more to copy than to reach.
final class DealEntry: Sendable {
  let row: DealRow
  let views: ViewBits<PipelineView>
  let isOpen: Bool
  let isThisQuarter: Bool
  let careRank: Int
  /// See `Lane.place`.
  let lane: Int
  /// As it may enter sums.
  let amount: Double?
  let weighted: Double?
  /// The row of the forecast it counts in, by now if it is open or won.
  let bucket: ForecastRow.Bucket?

  init(_ row: DealRow, _ viewpoint: Viewpoint) {
    self.row = row
    views = ViewBits { $0.holds(row, viewpoint) }
    isOpen = row.isOpen
    isThisQuarter = row.hasChangedThisQuarter(viewpoint)
    careRank = row.careRank
    lane = Lane.place(row.stage.word)
    amount = Statistics.amount(row.amount)
    weighted = row.weighted
    bucket = ForecastRow.bucket(of: row, viewpoint)
  }

  /// The order of the board (design language, board): what is most pressing first, then by close
  /// day without a day last, then the larger amount.
  static func boardOrder(_ one: DealEntry, _ two: DealEntry) -> Bool {
    if one.careRank != two.careRank { return one.careRank < two.careRank }
    let days = (one.row.closeDay ?? .max, two.row.closeDay ?? .max)
    if days.0 != days.1 { return days.0 < days.1 }
    let amounts = (one.row.amount ?? -.infinity, two.row.amount ?? -.infinity)
    if amounts.0 != amounts.1 { return amounts.0 > amounts.1 }
    return one.row.id.utf8.lexicographicallyPrecedes(two.row.id.utf8)
  }
}
