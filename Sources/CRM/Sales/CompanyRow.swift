/// A company with its deals. Steps and touches are those of its contacts and deals.
package final class CompanyRow: ListRow {
  package typealias View = CompanyView

  package let packedID: PackedID
  package let name: String
  package let industry: String
  package let website: String
  package let contacts: Int
  package let openDeals: Int
  package let openValue: Double
  package let wonValue: Double
  /// Deals won and lost.
  package let closedDeals: Int
  /// Won over closed, 0 to 1; nil without a closed deal.
  package let winRate: Double?
  package let creator: String
  package let nextStep: NextStep
  package let quietDays: Int
  package let isUnsent: Bool
  /// Made by the viewer.
  package let isMine: Bool
  let hasDeal: Bool
  let hasWon: Bool
  /// Another company has the same host of its website.
  package let isDouble: Bool

  package var id: RecordID { packedID.id ?? "" }

  convenience init(_ company: Company, _ school: borrowing School, _ viewpoint: Viewpoint) {
    var edge = ClockEdge()
    self.init(company, school, viewpoint, &edge)
  }

  init(
    _ company: Company, _ school: borrowing School, _ viewpoint: Viewpoint, _ edge: inout ClockEdge
  ) {
    let deals = school.deals[.company, company.meta.packedID]
    let people = school.contacts[.company, company.meta.packedID]
    let open = deals.filter(\.isOpen)
    let won = deals.filter { $0.stage.word == .won }
    var care = Care([], about: .company, changed: company.meta.updatedAt, viewpoint)
    for deal in deals { care.merge(school.dealCare(deal, viewpoint)) }
    for contact in people { care.merge(school.contactCare(contact, viewpoint)) }
    packedID = company.meta.packedID
    name = company.name
    industry = company.industry ?? ""
    website = company.website ?? ""
    contacts = people.count
    openDeals = open.count
    openValue = Statistics.sum(open.lazy.compactMap { Statistics.amount($0.amount) })
    wonValue = Statistics.sum(won.lazy.compactMap { Statistics.amount($0.amount) })
    closedDeals = deals.count { !$0.isOpen }
    winRate = closedDeals > 0 ? Double(won.count) / Double(closedDeals) : nil
    creator = school.userName(company.createdByID)
    nextStep = care.nextStep(viewpoint)
    quietDays = care.quietDays(viewpoint)
    isUnsent = company.meta.isUnsent
    isMine = company.createdBy != nil && company.createdBy == viewpoint.user
    hasDeal = !deals.isEmpty
    hasWon = !won.isEmpty
    isDouble = school.companies.sharesTarget(.host, company)
    care.note(viewpoint, in: &edge)
  }

  var words: [String] { [name, industry, website, creator] }
}
