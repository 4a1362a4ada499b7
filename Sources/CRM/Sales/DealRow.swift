package import ParseCore

/// A deal as lists and boards show it, with what its views, orders and sums need.
package final class DealRow: ListRow {
  package typealias View = PipelineView

  // What all rows are looked at for comes first, so that it lies together.
  package let packedID: PackedID
  package let stage: Term<Stage>
  /// The worst fact about an open deal; plain for a closed one.
  package let severity: Severity
  package let isUnsent: Bool
  /// The viewer's own.
  let isMine: Bool
  /// Its close day lies in this month.
  let closesThisMonth: Bool
  /// Its last change lies in this quarter. Won and lost have no day of their own: the change stands
  /// for it.
  let isThisQuarter: Bool
  private let close: CompactInt
  private let ahead: CompactInt
  private let sum: CompactNumber
  private let away: SnoozedBox?
  private let quiet: Int32
  private let lanePlace: Int8
  private let care: Int8
  private let changed: CompactDate
  private let created: CompactDate
  package let nextStep: NextStep
  private let packedOwner: PackedID
  package let owner: String
  package let title: String
  package let company: String
  package let contact: String
  /// Why it was lost, from the first line of its notes; nil unless it is lost and says so.
  package let lostReason: String?
  /// The row of the forecast it counts in, by now if it is open or won.
  let bucket: ForecastRow.Bucket?

  convenience init(_ deal: Deal, _ school: borrowing School, _ viewpoint: Viewpoint) {
    var edge = ClockEdge()
    self.init(deal, school, viewpoint, &edge)
  }

  init(_ deal: Deal, _ school: borrowing School, _ viewpoint: Viewpoint, _ edge: inout ClockEdge) {
    let care = school.dealCare(deal, viewpoint)
    let step = care.nextStep(viewpoint)
    let day = viewpoint.day(of: deal.expectedCloseDate)
    packedID = deal.meta.packedID
    title = deal.title
    sum = CompactNumber(deal.amount)
    stage = deal.stage
    company = school.companies[deal.companyID]?.name ?? ""
    contact = school.contacts[deal.contactID]?.name ?? ""
    owner = school.userName(deal.assignedToID)
    packedOwner = deal.assignedToID
    nextStep = step
    close = CompactInt(day?.number)
    ahead = CompactInt(day.map { $0 - viewpoint.today })
    quiet = Int32(clamping: care.quietDays(viewpoint))
    changed = CompactDate(deal.meta.updatedAt)
    isUnsent = deal.meta.isUnsent
    severity = deal.severity(step, closeDay: day, viewpoint)
    lostReason = deal.stage.word == .lost ? deal.lostReason : nil
    created = CompactDate(deal.meta.createdAt)
    away = SnoozedBox(school.snoozed(.deal, deal.id, viewpoint))
    isMine = deal.assignedTo != nil && deal.assignedTo == viewpoint.user
    closesThisMonth = day.map { $0.isInMonth(of: viewpoint.today) } ?? false
    isThisQuarter =
      deal.meta.updatedAt.map { viewpoint.day(at: $0) >= viewpoint.today.quarterStart } ?? false
    self.care = Int8(severity == .late ? 0 : step.rank.group)
    lanePlace = Int8(Lane.place(deal.stage.word))
    bucket = ForecastRow.bucket(of: deal, closeDay: day, viewpoint)
    care.note(viewpoint, in: &edge)
    if away != nil { edge.noteSeconds(viewpoint) }
  }
}

extension DealRow {
  package var id: RecordID { packedID.id ?? "" }
  package var ownerID: RecordID? { packedOwner.id }
  /// See `Lane.place`.
  var lane: Int { Int(lanePlace) }
  /// Where it stands on the board: late by step or close date, today, no step, planned.
  package var careRank: Int { Int(care) }
  /// Days since the last touch.
  package var quietDays: Int { Int(quiet) }
  package var amount: Double? { sum.number }
  /// The civil day of the expected close, as days since 1970-01-01.
  package var closeDay: Int? { close.value }
  /// Civil days until then, negative when past.
  package var daysToClose: Int? { ahead.value }
  package var changedAt: ParseDate? { changed.date }
  /// When it comes back, while it is put aside on this machine.
  package var snoozed: Snoozed? { away?.snoozed }

  /// Unknown and missing stages count as open.
  package var isOpen: Bool { stage.word?.isOpen ?? true }

  /// Days past the limit of its stage without touch, negative before it; nil for a closed deal and
  /// an unknown stage.
  package var rotDays: Int? { stage.word?.quietLimit.map { quietDays - $0 } }

  /// Amount times the chance of its stage; nil without amount or chance.
  package var weighted: Double? {
    guard let amount = countedAmount, let stage = stage.word else { return nil }
    return amount * stage.chance
  }

  /// As it may enter sums.
  var countedAmount: Double? { Statistics.amount(amount) }

  /// No touch for as many days as its stage allows.
  package var isQuiet: Bool { stage.word?.quietLimit.map { quietDays >= $0 } ?? false }

  /// Days from its creation to an instant, of a closed one to its last change; nil when unknown.
  package func age(at now: ParseDate) -> Double? {
    guard let start = created.date, let end = isOpen ? now : changedAt else { return nil }
    return Double(max(0, end.milliseconds - start.milliseconds)) / 86_400_000
  }

  /// That of a closed deal.
  var closedAge: Double? { isOpen ? nil : changedAt.flatMap(age(at:)) }

  package var isOverdue: Bool { isOpen && (daysToClose ?? 0) < 0 }

  /// Without an amount, a close date, an owner, or both company and contact.
  package var lacksData: Bool {
    isOpen
      && (amount == nil || closeDay == nil || owner.isEmpty
        || (company.isEmpty && contact.isEmpty))
  }

  var words: [String] { [title, company, contact, owner, stage.label] }

  /// By what `DealTotals` adds up.
  func countsLike(_ other: DealRow) -> Bool {
    ownerID == other.ownerID && owner == other.owner && stage == other.stage
      && careRank == other.careRank && amount == other.amount && bucket == other.bucket
      && isThisQuarter == other.isThisQuarter && closedAge == other.closedAge
  }

  /// The order of the board (design language, board): what is most pressing first, then by close
  /// day without a day last, then the larger amount.
  static func boardOrder(_ one: DealRow, _ two: DealRow) -> Bool {
    if one.careRank != two.careRank { return one.careRank < two.careRank }
    let days = (one.closeDay ?? .max, two.closeDay ?? .max)
    if days.0 != days.1 { return days.0 < days.1 }
    let amounts = (one.amount ?? -.infinity, two.amount ?? -.infinity)
    if amounts.0 != amounts.1 { return amounts.0 > amounts.1 }
    return one.packedID.precedes(two.packedID)
  }
}

extension School {
  /// Touch is the latest of the deal's last change and its activities' creation and completion
  /// (reference/domain.md §1.4).
  func dealCare(_ deal: Deal, _ viewpoint: Viewpoint) -> Care {
    Care(
      activities[.about, deal.meta.packedID], about: .deal, changed: deal.meta.updatedAt, viewpoint)
  }
}

extension Deal {
  fileprivate func severity(
    _ nextStep: NextStep, closeDay: CivilDay?, _ viewpoint: Viewpoint
  ) -> Severity {
    guard isOpen else { return .plain }
    if let closeDay, closeDay < viewpoint.today { return .late }
    let missing: Severity = amount == nil || closeDay == nil ? .soon : .plain
    return max(nextStep.severity, missing)
  }
}
