package import ParseCore

package struct Company: Record {
  package static let schoolClass = SchoolClass.company
  package static let links: [Link<Company>] = [.host]
  package let meta: RecordMeta
  package let name: String
  package let website: String?
  package let industry: String?
  package let address: String?
  package let notes: String?
  package let createdBy: RecordID?

  package init(_ fields: RecordFields) {
    meta = fields.meta
    name = fields.text("name") ?? ""
    website = fields.text("website")
    industry = fields.text("industry")
    address = fields.text("address")
    notes = fields.text("notes")
    createdBy = fields.reference("createdBy")
  }
}

package struct Contact: Record {
  package static let schoolClass = SchoolClass.contact
  package static let links: [Link<Contact>] = [.company, .creator, .email, .nameAtCompany]
  package let meta: RecordMeta
  package let name: String
  package let email: String?
  package let phone: String?
  package let company: RecordID?
  package let notes: String?
  package let createdBy: RecordID?

  package init(_ fields: RecordFields) {
    meta = fields.meta
    name = fields.text("name") ?? ""
    email = fields.text("email")
    phone = fields.text("phone")
    company = fields.reference("company")
    notes = fields.text("notes")
    createdBy = fields.reference("createdBy")
  }
}

package struct Deal: Record {
  package static let schoolClass = SchoolClass.deal
  package static let links: [Link<Deal>] = [.company, .contact, .owner]
  package let meta: RecordMeta
  package let title: String
  /// In the school's one currency; missing is not zero.
  package let amount: Double?
  package let stage: Term<Stage>
  package let contact: RecordID?
  package let company: RecordID?
  package let expectedCloseDate: ParseDate?
  package let notes: String?
  package let assignedTo: RecordID?

  package init(_ fields: RecordFields) {
    meta = fields.meta
    title = fields.text("title") ?? ""
    amount = fields.number("amount")
    stage = fields.term("stage")
    contact = fields.reference("contact")
    company = fields.reference("company")
    expectedCloseDate = fields.date("expectedCloseDate")
    notes = fields.text("notes")
    assignedTo = fields.reference("assignedTo")
  }

  /// Unknown and missing stages count as open, without a chance.
  package var isOpen: Bool { stage.word?.isOpen ?? true }
}

package struct Activity: Record {
  package static let schoolClass = SchoolClass.activity
  package static let links: [Link<Activity>] = [.about, .creator]
  package let meta: RecordMeta
  package let type: Term<ActivityType>
  package let subject: String
  package let notes: String?
  package let dueDate: ParseDate?
  package let completedAt: ParseDate?
  /// A Contact or a Deal.
  package let relatedTo: Pointer?
  package let createdBy: RecordID?

  package init(_ fields: RecordFields) {
    meta = fields.meta
    type = fields.term("type")
    subject = fields.text("subject") ?? ""
    notes = fields.text("description")
    dueDate = fields.date("dueDate")
    completedAt = fields.date("completedAt")
    relatedTo = fields.pointer("relatedTo")
    createdBy = fields.reference("createdBy")
  }
}

extension Link<Company> {
  package static let host = Link(0) { $0.host }
}

extension Link<Contact> {
  package static let company = Link(0) { $0.company }
  package static let creator = Link(1) { $0.createdBy }
  /// The e-mail as search compares it.
  package static let email = Link(2) { contact in
    contact.email.flatMap { $0.isEmpty ? nil : FoldedText($0).text }
  }
  /// The name as search compares it, at the company.
  package static let nameAtCompany = Link(3) { contact in
    guard let company = contact.company, !contact.name.isEmpty else { return nil }
    return FoldedText(fields: [contact.name, company]).text
  }
}

extension Link<Deal> {
  package static let company = Link(0) { $0.company }
  package static let contact = Link(1) { $0.contact }
  package static let owner = Link(2) { $0.assignedTo }
}

extension Link<Activity> {
  /// By the id of the Contact or Deal it is about; other classes may use the same id.
  package static let about = Link(0) { $0.relatedTo?.objectId }
  package static let creator = Link(1) { $0.createdBy }
}
