import ParseCore

extension School {
  /// One deal with its story; nil when it is not here. The timeline runs backwards: planned steps,
  /// the furthest first and those without a day on top, then what was done.
  package func dealCard(_ id: RecordID, _ viewpoint: Viewpoint) -> DealCard? {
    guard let deal = deals[id] else { return nil }
    let contact = contacts[deal.contact]
    let own = activities[.about, id].filter {
      $0.relatedTo?.className == SchoolClass.deal.rawValue
    }
    let company = companies[deal.company]
    return DealCard(
      row: dealRow(deal, viewpoint), createdAt: deal.meta.createdAt, notes: deal.notes,
      contactEmail: contact?.email, contactPhone: contact?.phone,
      industry: company?.industry, website: company?.website,
      contacts: company.map { contacts[.company, $0.id].count } ?? 0,
      companyDeals: company.map { companyDeals($0.id, before: id, viewpoint) } ?? [],
      timeline: own.sorted(by: Self.isLater).map { activityRow($0, viewpoint) })
  }

  /// The deals of a company, one of them first.
  private func companyDeals(
    _ company: RecordID, before id: RecordID, _ viewpoint: Viewpoint
  ) -> [DealRow] {
    let entries = deals[.company, company].map { DealEntry(dealRow($0, viewpoint), viewpoint) }
    let others = DealSort.changed.sorted(entries.filter { $0.row.id != id }, isReversed: false)
    return (entries.filter { $0.row.id == id } + others).map(\.row)
  }

  private static func isLater(_ one: Activity, _ other: Activity) -> Bool {
    switch (one.completedAt, other.completedAt) {
    case (nil, _?): return true
    case (_?, nil): return false
    case (let first?, let second?):
      return first == second ? other.meta.precedes(one.meta) : first > second
    case (nil, nil):
      switch (one.dueDate, other.dueDate) {
      case (nil, _?): return true
      case (_?, nil): return false
      case (let first?, let second?) where first != second: return first > second
      default: return other.meta.precedes(one.meta)
      }
    }
  }

  func activityRow(_ activity: Activity, _ viewpoint: Viewpoint) -> ActivityRow {
    let days = viewpoint.day(of: activity.dueDate).map { $0 - viewpoint.today }
    let severity: Severity =
      switch days {
      case let days? where activity.completedAt == nil && days < 0: .late
      case 0? where activity.completedAt == nil: .today
      default: .plain
      }
    return ActivityRow(
      id: activity.id, type: activity.type, subject: activity.subject, dueDate: activity.dueDate,
      completedAt: activity.completedAt, daysToDue: days, about: subjectName(activity.relatedTo),
      relatedTo: activity.relatedTo, by: userName(activity.createdBy), severity: severity,
      isUnsent: activity.meta.isUnsent)
  }

  /// What an activity is about; empty when that row is not here.
  private func subjectName(_ pointer: Pointer?) -> String {
    guard let pointer, let kind = SchoolClass(rawValue: pointer.className) else { return "" }
    return label(kind, pointer.objectId) ?? ""
  }
}
