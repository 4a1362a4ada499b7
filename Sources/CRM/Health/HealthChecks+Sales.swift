import ParseCore

extension Contact: CheckedRecord {
  static let checks: [HealthCheck<Contact>] = [
    .pointers("shows no company", ("company", .company, { $0.company })),
    HealthCheck(
      .double, "double", "Two contacts with one e-mail or name", spoils: "deals split in two",
      finds: { $1.school.isDouble($0) },
      words: { contact, _ in
        [contact.name, contact.email ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
      }),
    .scripts { [$0.name, $0.email ?? ""] },
  ]
}

extension Deal: CheckedRecord {
  static let checks: [HealthCheck<Deal>] = [
    .pointers(
      "a name on it is missing", ("contact", .contact, { $0.contact }),
      ("company", .company, { $0.company }),
      ("owner", .user, { $0.assignedTo })),
    .words("stage", "sum without a chance", \.stage),
    .range("Amount below zero or beyond 10¹²", "sums of the board", to: 1e12) { [$0.amount] },
    HealthCheck(
      .owner, "owner", "Open deal without an owner", spoils: "in nobody's view",
      finds: { deal, _ in deal.isOpen && deal.assignedTo == nil },
      words: { deal, _ in deal.title }),
  ]
}

extension Activity: CheckedRecord {
  static let checks: [HealthCheck<Activity>] = [
    HealthCheck(
      .pointer, "pointer", HealthCheck<Activity>.goneTitle, spoils: "shown about nothing", .late,
      restsOn: { $0.readsAll(.deal) || $0.readsAll(.contact) }, finds: isTargetGone,
      words: { $1.label($0) }),
    .words("type", "in no type's view", \.type),
    .ahead("last touch", of: \.soon, \.completedAt),
  ]

  private static func isTargetGone(_ activity: Activity, _ context: HealthContext) -> Bool {
    guard let target = activity.relatedTo else { return false }
    return SchoolClass(rawValue: target.className).map { context.isGone($0, target.objectId) }
      ?? true
  }
}
