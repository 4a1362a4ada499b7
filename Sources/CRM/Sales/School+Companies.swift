import ParseCore

/// The built-in views of the companies, in the order they are shown.
package enum CompanyView: String, CaseIterable, Sendable {
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

  fileprivate func holds(_ facts: CompanyFacts) -> Bool {
    switch self {
    case .all: true
    case .mine: facts.isMine
    case .customers: facts.hasWon
    case .noContact: facts.contacts == 0
    case .noDeal: !facts.hasDeal
    case .doubles: facts.isDouble
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

  func sorted(_ entries: [CompanyEntry], isReversed: Bool) -> [CompanyEntry] {
    func order<Key: Comparable>(
      _ descending: Bool = false, _ key: (CompanyRow) -> Key?
    ) -> [CompanyEntry] {
      entries.sorted(by: { key($0.row) }, descending: descending != isReversed) {
        $0.row.id.utf8.lexicographicallyPrecedes($1.row.id.utf8)
      }
    }
    return switch self {
    case .value: order(true) { $0.openValue }
    case .name: order { FoldedText($0.name) }
    case .industry: order { $0.industry.isEmpty ? nil : FoldedText($0.industry) }
    case .contacts: order(true) { $0.contacts }
    case .deals: order(true) { $0.openDeals }
    case .won: order(true) { $0.wonValue }
    case .next: order { $0.nextStep.place }
    case .quiet: order(true) { $0.quietDays }
    }
  }
}

/// What the views of the companies ask.
private struct CompanyFacts {
  let contacts: Int
  let isMine: Bool
  let hasDeal: Bool
  let hasWon: Bool
  let isDouble: Bool
}

/// A company with the views that hold it.
final class CompanyEntry: Sendable {
  let row: CompanyRow
  let views: ViewBits<CompanyView>

  fileprivate init(_ row: CompanyRow, _ facts: CompanyFacts) {
    self.row = row
    views = ViewBits { $0.holds(facts) }
  }
}

extension School {
  /// The companies of a view with their deals. O(n log n) in companies, their contacts, deals and
  /// activities.
  package func companies(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> CompaniesAnswer {
    companies(
      request, previous: previous, entries: companies.all.map { companyEntry($0, viewpoint) })
  }

  func companies(
    _ request: ListRequest, previous: [RecordID], entries: [CompanyEntry]
  ) -> CompaniesAnswer {
    let view = request.view.flatMap(CompanyView.init(rawValue:)) ?? .all
    let words = SearchWords(request.filter)
    let bit = ViewBits(view)
    let shown = entries.filter { !$0.views.isDisjoint(with: bit) && words.matches($0.row.words) }
    let sort = request.sort.flatMap(CompanySort.init(rawValue:)) ?? .value
    return CompaniesAnswer(
      views: ViewCount.all(entries.lazy.map(\.views), title: \.title),
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed).map(\.row), all: entries.count,
        isComplete: complete.contains(.company), previous: previous, id: \.id))
  }

  /// Steps and touches are those of the company's contacts and deals.
  func companyEntry(_ company: Company, _ viewpoint: Viewpoint) -> CompanyEntry {
    let deals = self.deals[.company, company.id]
    let contacts = self.contacts[.company, company.id]
    let open = deals.filter(\.isOpen)
    let won = deals.filter { $0.stage.word == .won }
    var care = Care([], about: .company, changed: company.meta.updatedAt, viewpoint)
    for deal in deals { care.merge(dealCare(deal, viewpoint)) }
    for contact in contacts { care.merge(contactCare(contact, viewpoint)) }
    let row = CompanyRow(
      id: company.id, name: company.name, industry: company.industry ?? "",
      website: company.website ?? "", contacts: contacts.count, openDeals: open.count,
      openValue: Statistics.sum(open.lazy.compactMap { Statistics.amount($0.amount) }),
      wonValue: Statistics.sum(won.lazy.compactMap { Statistics.amount($0.amount) }),
      nextStep: care.nextStep(viewpoint), quietDays: care.quietDays(viewpoint),
      isUnsent: company.meta.isUnsent)
    return CompanyEntry(
      row,
      CompanyFacts(
        contacts: contacts.count,
        isMine: company.createdBy != nil && company.createdBy == viewpoint.user,
        hasDeal: !deals.isEmpty, hasWon: !won.isEmpty,
        // Companies with one host of their websites may be one.
        isDouble: companies.sharesTarget(.host, company)))
  }
}

extension CompanyRow {
  var words: [String] { [name, industry, website] }
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
