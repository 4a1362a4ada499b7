package import ParseCore

package struct Company: Record {
  package static let schoolClass = SchoolClass.company
  package static let links: [Link<Company>] = [.host, .creator]
  package let meta: RecordMeta
  package let name: String
  package let website: String?
  package let industry: String?
  package let address: String?
  package let notes: String?
  let createdByID: PackedID

  package init(_ fields: RecordFields) {
    meta = fields.meta
    name = fields.text("name") ?? ""
    website = fields.text("website")
    industry = fields.sharedText("industry")
    address = fields.text("address")
    notes = fields.sharedText("notes")
    createdByID = fields.reference("createdBy")
  }

  package var createdBy: RecordID? { createdByID.id }
}

package struct Contact: Record {
  package static let schoolClass = SchoolClass.contact
  package static let links: [Link<Contact>] = [.company, .creator, .email, .nameAtCompany]
  package let meta: RecordMeta
  package let name: String
  package let email: String?
  package let phone: String?
  let companyID: PackedID
  package let notes: String?
  let createdByID: PackedID

  package init(_ fields: RecordFields) {
    meta = fields.meta
    name = fields.text("name") ?? ""
    email = fields.text("email")
    phone = fields.text("phone")
    companyID = fields.reference("company")
    notes = fields.sharedText("notes")
    createdByID = fields.reference("createdBy")
  }

  package var company: RecordID? { companyID.id }

  package var createdBy: RecordID? { createdByID.id }
}

package struct Deal: Record {
  package static let schoolClass = SchoolClass.deal
  package static let links: [Link<Deal>] = [.company, .contact, .owner]
  package let meta: RecordMeta
  private let close: CompactDate
  package let stage: Term<Stage>
  package let title: String
  private let sum: CompactNumber
  let contactID: PackedID
  let companyID: PackedID
  package let notes: String?
  let assignedToID: PackedID

  package init(_ fields: RecordFields) {
    meta = fields.meta
    title = fields.sharedText("title") ?? ""
    sum = CompactNumber(fields.number("amount"))
    stage = fields.term("stage")
    contactID = fields.reference("contact")
    companyID = fields.reference("company")
    close = CompactDate(fields.date("expectedCloseDate"))
    notes = fields.sharedText("notes")
    assignedToID = fields.reference("assignedTo")
  }

  package var contact: RecordID? { contactID.id }

  package var company: RecordID? { companyID.id }

  package var assignedTo: RecordID? { assignedToID.id }

  /// In the school's one currency; missing is not zero.
  package var amount: Double? { sum.number }

  package var expectedCloseDate: ParseDate? { close.date }

  /// Unknown and missing stages count as open, without a chance.
  package var isOpen: Bool { stage.word?.isOpen ?? true }
}

package struct Activity: Record {
  package static let schoolClass = SchoolClass.activity
  package static let links: [Link<Activity>] = [.about, .creator]
  package let meta: RecordMeta
  private let due: CompactDate
  private let completed: CompactDate
  package let type: Term<ActivityType>
  private let aboutClass: SharedText
  private let aboutID: PackedID
  let createdByID: PackedID
  package let subject: String
  package let notes: String?

  package init(_ fields: RecordFields) {
    meta = fields.meta
    type = fields.term("type")
    subject = fields.sharedText("subject") ?? ""
    notes = fields.sharedText("description")
    due = CompactDate(fields.date("dueDate"))
    completed = CompactDate(fields.date("completedAt"))
    let about = fields.pointer("relatedTo")
    aboutClass = PackedPointer.className(about)
    aboutID = PackedID(about?.objectId)
    createdByID = fields.reference("createdBy")
  }

  package var createdBy: RecordID? { createdByID.id }

  package var dueDate: ParseDate? { due.date }

  package var completedAt: ParseDate? { completed.date }

  var about: PackedPointer { PackedPointer(id: aboutID, className: aboutClass) }

  /// A Contact or a Deal.
  package var relatedTo: Pointer? { about.pointer }
}

extension Link<Company> {
  package static let host = Link(0, texts: { $0.host })
  package static let creator = Link(1, ids: { $0.createdByID })
}

extension Link<Contact> {
  package static let company = Link(0, ids: { $0.companyID })
  package static let creator = Link(1, ids: { $0.createdByID })
  /// The e-mail as search compares it.
  package static let email = Link(
    2,
    texts: { contact in
      contact.email.flatMap { $0.isEmpty ? nil : FoldedText($0).text }
    })
  /// The name as search compares it, at the company.
  package static let nameAtCompany = Link(
    3,
    texts: { contact in
      guard let company = contact.company, !contact.name.isEmpty else { return nil }
      return FoldedText(fields: [contact.name, company]).text
    })
}

extension Link<Deal> {
  package static let company = Link(0, ids: { $0.companyID })
  package static let contact = Link(1, ids: { $0.contactID })
  package static let owner = Link(2, ids: { $0.assignedToID })
}

extension Link<Activity> {
  /// By the id of the Contact or Deal it is about; other classes may use the same id.
  package static let about = Link(0, ids: { $0.about.id })
  package static let creator = Link(1, ids: { $0.createdByID })
}
