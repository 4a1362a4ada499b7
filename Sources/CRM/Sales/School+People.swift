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

  fileprivate func holds(_ row: PersonRow, isMine: Bool, isDouble: Bool) -> Bool {
    switch self {
    case .all: true
    case .mine: isMine
    case .openDeals: row.openDeals > 0
    case .noCompany: row.companyID == nil
    case .unreachable: row.email.isEmpty && row.phone.isEmpty
    case .quiet: row.quietDays >= 30
    case .doubles: isDouble
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

  func sorted(_ entries: [PersonEntry], isReversed: Bool) -> [PersonEntry] {
    func order<Key: Comparable>(
      _ descending: Bool = false, _ key: (PersonEntry) -> Key?
    ) -> [PersonEntry] {
      entries.sorted(by: key, descending: descending != isReversed) {
        $0.row.id.utf8.lexicographicallyPrecedes($1.row.id.utf8)
      }
    }
    return switch self {
    case .name: order { $0.folded }
    case .company: order { $0.row.company.isEmpty ? nil : FoldedText($0.row.company) }
    case .deals: order(true) { $0.row.openDeals }
    case .value: order(true) { $0.row.openValue }
    case .next: order { $0.row.nextStep.place }
    case .quiet: order(true) { $0.row.quietDays }
    case .mail: order { $0.row.email.isEmpty ? nil : FoldedText($0.row.email) }
    }
  }
}

extension NextStep {
  /// The rank as one number.
  var place: Double { Double(rank.group) * 1e9 + Double(min(rank.days, 100_000_000)) }
}

/// A contact with the views that hold it.
final class PersonEntry: Sendable {
  let row: PersonRow
  /// The name as it is sorted by.
  let folded: FoldedText
  let views: ViewBits<PeopleView>

  init(_ row: PersonRow, isMine: Bool, isDouble: Bool) {
    self.row = row
    folded = FoldedText(row.name)
    views = ViewBits { $0.holds(row, isMine: isMine, isDouble: isDouble) }
  }
}

extension School {
  /// The contacts of a view with what is open with them. O(n log n) in contacts, their deals and
  /// activities.
  package func people(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> PeopleAnswer {
    people(
      request, previous: previous, entries: contacts.all.map { personEntry($0, viewpoint) })
  }

  func personEntry(_ contact: Contact, _ viewpoint: Viewpoint) -> PersonEntry {
    PersonEntry(
      personRow(contact, viewpoint),
      isMine: contact.createdBy != nil && contact.createdBy == viewpoint.user,
      isDouble: isDouble(contact))
  }

  func people(
    _ request: ListRequest, previous: [RecordID], entries: [PersonEntry],
    orders: KeptOrders<PersonEntry> = KeptOrders()
  ) -> PeopleAnswer {
    let view = request.view.flatMap(PeopleView.init(rawValue:)) ?? .all
    let words = SearchWords(request.filter)
    let bit = ViewBits(view)
    let shown = entries.filter { !$0.views.isDisjoint(with: bit) && words.matches($0.row.words) }
    let sort = request.sort.flatMap(PeopleSort.init(rawValue:)) ?? .name
    return PeopleAnswer(
      views: ViewCount.all(entries.lazy.map(\.views), title: \.title),
      list: Rows(
        sorted: orders.sorted(shown, request) {
          sort.sorted($0, isReversed: request.isReversed)
        }.map(\.row), all: entries.count,
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

  /// Whether another contact may be the same person: the same e-mail, or the same name at the same
  /// company, compared folded.
  func isDouble(_ contact: Contact) -> Bool {
    contacts.sharesTarget(.email, contact) || contacts.sharesTarget(.nameAtCompany, contact)
  }
}

extension PersonRow {
  var words: [String] { [name, company, email, phone, creator] }
}
