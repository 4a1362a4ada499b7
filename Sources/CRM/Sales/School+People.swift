import ParseCore

/// The built-in views of the contacts, in the order they are shown.
package enum PeopleView: String, ListView, Sendable {
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

  func holds(_ row: PersonRow) -> Bool {
    switch self {
    case .all: true
    case .mine: row.isMine
    case .openDeals: row.openDeals > 0
    case .noCompany: row.companyID == nil
    case .unreachable: row.email.isEmpty && row.phone.isEmpty
    case .quiet: row.quietDays >= 30
    case .doubles: row.isDouble
    }
  }
}

/// The orders of the contact list.
package enum PeopleSort: String, CaseIterable, Sendable {
  case name, company, deals, value, next, quiet, mail, created

  package var title: String {
    switch self {
    case .name: "Name"
    case .company: "Company"
    case .deals: "Open deals"
    case .value: "Open value"
    case .next: "Next step"
    case .quiet: "Touch"
    case .mail: "Mail"
    case .created: "Recorded"
    }
  }

  func order(isReversed: Bool) -> RowOrder<PersonRow> {
    func by<Key: Comparable>(
      _ descending: Bool = false, clock: Bool = false, _ key: @escaping (PersonRow) -> Key?
    ) -> RowOrder<PersonRow> {
      RowOrder(
        by: key, descending: descending != isReversed, movesByClock: clock, ties: Self.ties)
    }
    func text(_ key: @escaping (PersonRow) -> String?) -> RowOrder<PersonRow> {
      RowOrder(byText: key, descending: isReversed, ties: Self.ties)
    }
    return switch self {
    case .name: text { $0.name }
    case .company: text { $0.company.isEmpty ? nil : $0.company }
    case .deals: by(true) { $0.openDeals }
    case .value: by(true) { $0.openValue }
    case .created: by(true) { $0.createdDay }
    case .next: by { $0.nextStep.place }
    case .quiet: by(true, clock: true) { $0.quietDays }
    case .mail: text { $0.email.isEmpty ? nil : $0.email }
    }
  }

  private static func ties(_ one: PersonRow, _ two: PersonRow) -> Bool {
    one.packedID.precedes(two.packedID)
  }
}

extension NextStep {
  /// The rank as one number.
  var place: Double { Double(rank.group) * 1e9 + Double(min(rank.days, 100_000_000)) }
}

extension School {
  /// The contacts of a view with what is open with them. O(n log n) in contacts, their deals and
  /// activities.
  package func people(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> PeopleAnswer {
    let rows = contacts.all.map { PersonRow($0, self, viewpoint) }
    return people(
      Listing(
        rows, PersonRow.selection(request), isComplete: complete.contains(.contact),
        previous: previous))
  }

  func people(_ people: Listing<PersonRow>) -> PeopleAnswer {
    PeopleAnswer(views: people.views(\.title), list: people.list)
  }

  func contactCare(_ contact: Contact, _ viewpoint: Viewpoint) -> Care {
    Care(
      activities[.about, contact.meta.packedID], about: .contact, changed: contact.meta.updatedAt,
      viewpoint)
  }

  /// The contacts that may be the same person, in the order of the table.
  func doubles(of contact: Contact) -> [Contact] {
    let found = [Link<Contact>.email, .nameAtCompany]
      .flatMap { contacts.positions(sharing: $0, contact) }
    return Set(found).sorted().map { contacts.all[$0] }.filter { $0.id != contact.id }
  }

  /// Whether another contact may be the same person: the same e-mail, or the same name at the same
  /// company, compared folded.
  func isDouble(_ contact: Contact) -> Bool {
    contacts.sharesTarget(.email, contact) || contacts.sharesTarget(.nameAtCompany, contact)
  }
}

extension PersonRow {
  static func selection(_ request: ListRequest) -> ListSelection<PersonRow> {
    let sort = request.sort.flatMap(PeopleSort.init(rawValue:)) ?? .name
    return ListSelection(
      request.view.flatMap(PeopleView.init(rawValue:)) ?? .all, filter: request.filter,
      sort.order(isReversed: request.isReversed))
  }
}
