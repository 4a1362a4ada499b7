/// A contact with what is open with it. Steps and touches are those of the contact and of its deals.
package final class PersonRow: ListRow {
  package typealias View = PeopleView

  package let packedID: PackedID
  private let packedCompany: PackedID
  package let name: String
  package let company: String
  package let email: String
  package let phone: String
  package let openDeals: Int
  package let openValue: Double
  package let wonDeals: Int
  package let wonValue: Double
  package let createdDay: CivilDay?
  package let nextStep: NextStep
  package let quietDays: Int
  package let creator: String
  package let isUnsent: Bool
  /// Made by the viewer.
  package let isMine: Bool
  /// Another contact may be the same person.
  package let isDouble: Bool

  package var id: RecordID { packedID.id ?? "" }
  package var companyID: RecordID? { packedCompany.id }

  convenience init(_ contact: Contact, _ school: borrowing School, _ viewpoint: Viewpoint) {
    var edge = ClockEdge()
    self.init(contact, school, viewpoint, &edge)
  }

  init(
    _ contact: Contact, _ school: borrowing School, _ viewpoint: Viewpoint, _ edge: inout ClockEdge
  ) {
    let deals = school.deals[.contact, contact.meta.packedID]
    let open = deals.filter(\.isOpen)
    var care = school.contactCare(contact, viewpoint)
    for deal in deals { care.merge(school.dealCare(deal, viewpoint)) }
    packedID = contact.meta.packedID
    name = contact.name
    company = school.companies[contact.companyID]?.name ?? ""
    packedCompany = contact.companyID
    email = contact.email ?? ""
    phone = contact.phone ?? ""
    openDeals = open.count
    openValue = Statistics.sum(open.lazy.compactMap { Statistics.amount($0.amount) })
    let won = deals.filter { $0.stage.word == .won }
    wonDeals = won.count
    wonValue = Statistics.sum(won.lazy.compactMap { Statistics.amount($0.amount) })
    createdDay = contact.meta.createdAt.map { viewpoint.day(at: $0) }
    nextStep = care.nextStep(viewpoint)
    quietDays = care.quietDays(viewpoint)
    creator = school.userName(contact.createdByID)
    isUnsent = contact.meta.isUnsent
    isMine = contact.createdBy != nil && contact.createdBy == viewpoint.user
    isDouble = school.isDouble(contact)
    care.note(viewpoint, in: &edge)
  }

  var words: [String] { [name, company, email, phone, creator] }
}
