import ParseCore

extension School {
  /// One contact or company with all there is about it; nil when it is not here.
  package func partyCard(_ party: Party, _ viewpoint: Viewpoint) -> PartyCard? {
    switch party {
    case .contact(let id): contacts[id].map { card(of: $0, viewpoint) }
    case .company(let id): companies[id].map { card(of: $0, viewpoint) }
    }
  }

  private func card(of contact: Contact, _ viewpoint: Viewpoint) -> PartyCard {
    let company = companies[contact.companyID]
    let colleagues = company.map { contacts[.company, $0.id] } ?? []
    let deals = deals[.contact, contact.id]
    let doubles = doubles(of: contact)
    let known = Set(doubles.map(\.id)).union([contact.id])
    return PartyCard(
      head: .contact(PersonRow(contact, self, viewpoint)), createdAt: contact.meta.createdAt,
      notes: contact.notes, address: nil,
      company: company.map { CompanyRow($0, self, viewpoint) }, deals: rows(deals, viewpoint),
      doubles: rows(doubles, viewpoint), twins: [],
      people: rows(colleagues.filter { !known.contains($0.id) }, viewpoint),
      timeline: timeline(of: [contact], deals, viewpoint),
      learner: learner(with: contact.email))
  }

  private func card(of company: Company, _ viewpoint: Viewpoint) -> PartyCard {
    let people = contacts[.company, company.id]
    let deals = deals[.company, company.id]
    return PartyCard(
      head: .company(CompanyRow(company, self, viewpoint)), createdAt: company.meta.createdAt,
      notes: company.notes, address: company.address, company: nil,
      deals: rows(deals, viewpoint), doubles: [],
      twins: rows(doubles(of: company), viewpoint), people: rows(people, viewpoint),
      timeline: timeline(of: people, deals, viewpoint), learner: nil)
  }

  func rows(_ deals: some Sequence<Deal>, _ viewpoint: Viewpoint) -> [DealRow] {
    let rows = deals.map { DealRow($0, self, viewpoint) }
    return DealSort.care.order(isReversed: false).sorted(rows.filter(\.isOpen))
      + DealSort.changed.order(isReversed: false).sorted(rows.filter { !$0.isOpen })
  }

  func rows(_ companies: some Sequence<Company>, _ viewpoint: Viewpoint) -> [CompanyRow] {
    CompanySort.name.order(isReversed: false)
      .sorted(companies.map { CompanyRow($0, self, viewpoint) })
  }

  func rows(_ contacts: some Sequence<Contact>, _ viewpoint: Viewpoint) -> [PersonRow] {
    PeopleSort.name.order(isReversed: false)
      .sorted(contacts.map { PersonRow($0, self, viewpoint) })
  }

  private func timeline(
    of contacts: some Sequence<Contact>, _ deals: some Sequence<Deal>, _ viewpoint: Viewpoint
  ) -> [ActivityRow] {
    let own =
      contacts.flatMap { activities(about: .contact, $0.id) }
      + deals.flatMap { activities(about: .deal, $0.id) }
    return own.sorted(by: Self.isLater).map { ActivityRow($0, self, viewpoint) }
  }
}
