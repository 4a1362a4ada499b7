import ParseCore

/// The built-in views of the companies, in the order they are shown.
package enum CompanyView: String, ListView, Sendable {
  case all, mine, customers
  case noContact = "no-contact"
  case noDeal = "no-deal"
  case doubles

  package var title: String {
    switch self {
    case .all: "All companies"
    case .mine: "Mine"
    case .customers: "Customers"
    case .noContact: "No contact"
    case .noDeal: "No deal"
    case .doubles: "Doubles"
    }
  }

  func holds(_ row: CompanyRow) -> Bool {
    switch self {
    case .all: true
    case .mine: row.isMine
    case .customers: row.hasWon
    case .noContact: row.contacts == 0
    case .noDeal: !row.hasDeal
    case .doubles: row.isDouble
    }
  }
}

/// The orders of the company list.
package enum CompanySort: String, CaseIterable, Sendable {
  case value, name, industry, contacts, deals, won, next, quiet

  package var title: String {
    switch self {
    case .value: "Open value"
    case .name: "Name"
    case .industry: "Industry"
    case .contacts: "Contacts"
    case .deals: "Open deals"
    case .won: "Won"
    case .next: "Next step"
    case .quiet: "Touch"
    }
  }

  func order(isReversed: Bool) -> RowOrder<CompanyRow> {
    func by<Key: Comparable>(
      _ descending: Bool = false, clock: Bool = false, _ key: @escaping (CompanyRow) -> Key?
    ) -> RowOrder<CompanyRow> {
      RowOrder(
        by: key, descending: descending != isReversed, movesByClock: clock, ties: Self.ties)
    }
    func text(_ key: @escaping (CompanyRow) -> String?) -> RowOrder<CompanyRow> {
      RowOrder(byText: key, descending: isReversed, ties: Self.ties)
    }
    return switch self {
    case .value: by(true) { $0.openValue }
    case .name: text { $0.name }
    case .industry: text { $0.industry.isEmpty ? nil : $0.industry }
    case .contacts: by(true) { $0.contacts }
    case .deals: by(true) { $0.openDeals }
    case .won: by(true) { $0.wonValue }
    case .next: by { $0.nextStep.place }
    case .quiet: by(true, clock: true) { $0.quietDays }
    }
  }

  private static func ties(_ one: CompanyRow, _ two: CompanyRow) -> Bool {
    one.packedID.precedes(two.packedID)
  }
}

extension School {
  /// The companies of a view with their deals. O(n log n) in companies, their contacts, deals and
  /// activities.
  package func companies(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> CompaniesAnswer {
    let rows = companies.all.map { CompanyRow($0, self, viewpoint) }
    return companies(
      Listing(
        rows, CompanyRow.selection(request), isComplete: complete.contains(.company),
        previous: previous))
  }

  /// The companies whose website has the same host, in the order of the table.
  func doubles(of company: Company) -> [Company] {
    companies.positions(sharing: .host, company).map { companies.all[$0] }
      .filter { $0.id != company.id }
  }

  func companies(_ companies: Listing<CompanyRow>) -> CompaniesAnswer {
    CompaniesAnswer(views: companies.views(\.title), list: companies.list)
  }
}

extension CompanyRow {
  static func selection(_ request: ListRequest) -> ListSelection<CompanyRow> {
    let sort = request.sort.flatMap(CompanySort.init(rawValue:)) ?? .value
    return ListSelection(
      request.view.flatMap(CompanyView.init(rawValue:)) ?? .all, filter: request.filter,
      sort.order(isReversed: request.isReversed))
  }
}

extension Company {
  /// The host of the website without scheme, `www.` and path, in lower case; nil without a website.
  var host: String? {
    guard var rest = website.map({ FormText.singleLine($0).lowercased()[...] }) else { return nil }
    for scheme in ["https://", "http://", "//"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
    let host = rest.prefix { !"/?#:".contains($0) }
    return host.isEmpty ? nil : String(host)
  }
}
