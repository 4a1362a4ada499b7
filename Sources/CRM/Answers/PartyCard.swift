package import ParseCore

/// Whom a school deals with.
package enum Party: Sendable, Hashable {
  case contact(RecordID)
  case company(RecordID)

  package var id: RecordID {
    switch self {
    case .contact(let id), .company(let id): id
    }
  }

  package var kind: SchoolClass {
    switch self {
    case .contact: .contact
    case .company: .company
    }
  }

  /// Another record of the same class.
  func sibling(_ id: RecordID) -> Party {
    switch self {
    case .contact: .contact(id)
    case .company: .company(id)
    }
  }
}

/// A contact or a company alone: its deals, its people, and what was and will be done with them.
package struct PartyCard: Sendable {
  package enum Head: Sendable {
    case contact(PersonRow)
    case company(CompanyRow)
  }

  package let head: Head
  package let createdAt: ParseDate?
  package let notes: String?
  /// Of a company.
  package let address: String?
  /// The company of a contact.
  package let company: CompanyRow?
  /// Open ones in the order of the board, then closed ones, the latest change first.
  package let deals: [DealRow]
  /// Contacts that may be the same person, by name.
  package let doubles: [PersonRow]
  /// Companies that may be the same one, by name.
  package let twins: [CompanyRow]
  /// The contacts of the company by name; of a contact the others there that are no doubles.
  package let people: [PersonRow]
  /// About the contact or those of the company, and about the deals: planned first, then done,
  /// newest first.
  package let timeline: [ActivityRow]
  /// The student with the contact's e-mail address.
  package let learner: Choice?

  /// The user recorded it.
  package var isMine: Bool {
    switch head {
    case .contact(let row): row.isMine
    case .company(let row): row.isMine
    }
  }

  /// The user recorded it or one of its doubles, which is then the one to go.
  package var mayHaveOwnDouble: Bool {
    isMine || doubles.contains(where: \.isMine) || twins.contains(where: \.isMine)
  }
}
