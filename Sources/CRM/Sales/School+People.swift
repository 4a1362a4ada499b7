import ParseCore

/// The built-in views of the contacts, in the order they are shown.
package enum PeopleView: String, CaseIterable, Sendable {
  case all, mine
  case openDeals = "open-deals"
  case noCompany = "no-company"
  case unreachable, quiet, doubles

  package var title: String {
    switch self {
    case .all: "All contacts"
    case .mine: "Mine"
    case .openDeals: "With open deals"
    case .noCompany: "No company"
    case .unreachable: "No mail, no phone"
    case .quiet: "Quiet 30d"
    case .doubles: "Doubles"
    }
  }

  fileprivate func holds(_ entry: PersonEntry) -> Bool {
    switch self {
    case .all: true
    case .mine: entry.isMine
    case .openDeals: entry.row.openDeals > 0
    case .noCompany: entry.row.companyID == nil
    case .unreachable: entry.row.email.isEmpty && entry.row.phone.isEmpty
    case .quiet: entry.row.quietDays >= 30
    case .doubles: entry.isDouble
    }
  }
}

/// The orders of the contact list.
package enum PeopleSort: String, CaseIterable, Sendable {
  case name, company, deals, value, next, quiet, mail

  package var title: String {
    switch self {
    case .name: "Name"
    case .company: "Company"
    case .deals: "Open deals"
    case .value: "Open value"
    case .next: "Next step"
    case .quiet: "Touch"
    case .mail: "Mail"
    }
  }

  func sorted(_ rows: [PersonRow], isReversed: Bool) -> [PersonRow] {
    func order<Key: Comparable>(
      _ descending: Bool = false, _ key: (PersonRow) -> Key?
    ) -> [PersonRow] {
      rows.sorted(by: key, descending: descending != isReversed) {
        $0.id.utf8.lexicographicallyPrecedes($1.id.utf8)
      }
    }
    return switch self {
    case .name: order { FoldedText($0.name) }
    case .company: order { $0.company.isEmpty ? nil : FoldedText($0.company) }
    case .deals: order(true) { $0.openDeals }
    case .value: order(true) { $0.openValue }
    case .next: order { $0.nextStep.place }
    case .quiet: order(true) { $0.quietDays }
    case .mail: order { $0.email.isEmpty ? nil : FoldedText($0.email) }
    }
  }
}

extension NextStep {
  /// The rank as one number.
  var place: Double { Double(rank.group) * 1e9 + Double(min(rank.days, 100_000_000)) }
}

private struct PersonEntry {
  let row: PersonRow
  let isMine: Bool
  let isDouble: Bool
}

extension School {
  /// The contacts of a view with what is open with them. O(n log n) in contacts, their deals and
  /// activities.
  package func people(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> PeopleAnswer {
    let doubles = Set(doubleContacts().joined())
    let entries = contacts.all.map { contact in
      PersonEntry(
        row: personRow(contact, viewpoint),
        isMine: contact.createdBy != nil && contact.createdBy == viewpoint.user,
        isDouble: doubles.contains(contact.id))
    }
    let view = request.view.flatMap(PeopleView.init(rawValue:)) ?? .all
    let words = SearchWords(request.filter)
    let shown = entries.filter { view.holds($0) && words.matches($0.row.words) }.map(\.row)
    let sort = request.sort.flatMap(PeopleSort.init(rawValue:)) ?? .name
    return PeopleAnswer(
      views: PeopleView.allCases.map { view in
        ViewCount(id: view.rawValue, title: view.title, count: entries.count { view.holds($0) })
      },
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed), all: entries.count,
        isComplete: complete.contains(.contact), previous: previous, id: \.id))
  }

  /// Steps and touches are those of the contact and of its deals.
  func personRow(
    _ contact: Contact, _ viewpoint: Viewpoint
  ) -> PersonRow {
    let deals = self.deals[.contact, contact.id]
    let open = deals.filter(\.isOpen)
    var care = contactCare(contact, viewpoint)
    for deal in deals { care.merge(dealCare(deal, viewpoint)) }
    return PersonRow(
      id: contact.id, name: contact.name, company: companies[contact.company]?.name ?? "",
      companyID: contact.company, email: contact.email ?? "", phone: contact.phone ?? "",
      openDeals: open.count,
      openValue: Statistics.sum(open.lazy.compactMap { Statistics.amount($0.amount) }),
      nextStep: care.nextStep(viewpoint), quietDays: care.quietDays(viewpoint),
      creator: userName(contact.createdBy), isUnsent: contact.meta.isUnsent)
  }

  func contactCare(_ contact: Contact, _ viewpoint: Viewpoint) -> Care {
    Care(
      activities[.about, contact.id], about: .contact, changed: contact.meta.updatedAt,
      viewpoint)
  }

  /// Groups of contacts that may be one person: the same e-mail, or the same name at the same
  /// company, compared folded. O(n).
  func doubleContacts() -> [[RecordID]] {
    var groups: [FoldedText: [RecordID]] = [:]
    for contact in contacts.all {
      if let email = contact.email, !email.isEmpty {
        groups[FoldedText(fields: ["@", email]), default: []].append(contact.id)
      }
      if let company = contact.company, !contact.name.isEmpty {
        groups[FoldedText(fields: ["c", contact.name, company]), default: []].append(contact.id)
      }
    }
    return groups.values.filter { $0.count > 1 }
  }
}

extension PersonRow {
  var words: [String] { [name, company, email, phone, creator] }
}
