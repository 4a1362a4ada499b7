import ParseCore

extension School {
  /// One deal with its story; nil when it is not here. The timeline runs backwards: planned steps,
  /// the furthest first and those without a day on top, then what was done.
  package func dealCard(_ id: RecordID, _ viewpoint: Viewpoint) -> DealCard? {
    guard let deal = deals[id] else { return nil }
    let contact = contacts[deal.contact]
    let own = activities(about: .deal, id)
    let company = companies[deal.company]
    return DealCard(
      row: DealRow(deal, self, viewpoint), createdAt: deal.meta.createdAt, notes: deal.notes,
      contactID: contact?.id, companyID: company?.id, contactEmail: contact?.email,
      contactPhone: contact?.phone,
      industry: company?.industry, website: company?.website,
      contacts: company.map { contacts[.company, $0.id].count } ?? 0,
      companyDeals: company.map { companyDeals($0.id, before: id, viewpoint) } ?? [],
      timeline: own.sorted(by: Self.isLater).map { ActivityRow($0, self, viewpoint) })
  }

  /// The deals of a company, one of them first.
  private func companyDeals(
    _ company: RecordID, before id: RecordID, _ viewpoint: Viewpoint
  ) -> [DealRow] {
    let rows = deals[.company, company].map { DealRow($0, self, viewpoint) }
    let others = DealSort.changed.order(isReversed: false).sorted(rows.filter { $0.id != id })
    return rows.filter { $0.id == id } + others
  }

  /// Those about the row of one class; other classes may use the same id.
  func activities(about kind: SchoolClass, _ id: RecordID) -> [Activity] {
    activities[.about, id].filter { $0.relatedTo?.className == kind.rawValue }
  }

  /// Planned before done, the furthest first and those without a day on top.
  static func isLater(_ one: Activity, _ other: Activity) -> Bool {
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

  /// What an activity is about; empty when that row is not here.
  func subjectName(_ pointer: Pointer?) -> String {
    guard let pointer, let kind = SchoolClass(rawValue: pointer.className) else { return "" }
    return label(kind, pointer.objectId) ?? ""
  }
}
