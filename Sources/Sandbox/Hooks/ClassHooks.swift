import ParseCore

/// The Cloud Code of one class (reference/domain.md §4.4) and the ACL it stamps (§4.3).
struct ClassHooks: Sendable {
  typealias BeforeSave = @Sendable (inout Save, inout Backend) throws(ParseError) -> Void
  typealias After = @Sendable (RowChange, inout Backend) -> Void
  typealias BeforeDelete = @Sendable (ParseObject, Backend) throws(ParseError) -> Void

  var beforeSave: BeforeSave?
  var afterSave: After?
  /// Not asked when an admin deletes with `{"cascade":true}` as cloud context.
  var beforeDelete: BeforeDelete?
  var afterDelete: After?
  /// Nil leaves the ACL the client sent.
  var acl: (@Sendable (ParseObject, Backend) -> ACL)?

  static let byClass: [String: ClassHooks] = [
    "_User": UserHooks.all, "_Role": RoleHooks.all, "Course": CourseHooks.all,
    "Student": StudentHooks.all, "Enrollment": EnrollmentHooks.all,
    "QuizAttempt": QuizAttemptHooks.all, "SupportTicket": SupportTicketHooks.all,
    "Company": CompanyHooks.all, "Contact": ContactHooks.all, "Deal": DealHooks.all,
    "Activity": ActivityHooks.all,
  ]
}

extension Backend {
  private func hooks(_ className: String) -> ClassHooks? {
    if options.runsHooks { return ClassHooks.byClass[className] }
    return options.runsTrialHooks ? TrialHooks.byClass[className] : nil
  }

  mutating func runBeforeSave(_ save: inout Save) throws(ParseError) {
    guard let hooks = hooks(save.after.className) else { return }
    try hooks.beforeSave?(&save, &self)
    if let acl = hooks.acl?(save.after, self) { save.after.fields["ACL"] = acl.json }
  }

  mutating func runAfterSave(_ change: RowChange) {
    hooks(change.className)?.afterSave?(change, &self)
  }

  mutating func runBeforeDelete(_ row: ParseObject, caller: Caller) throws(ParseError) {
    if caller.cascades && caller.isAdmin { return }
    try hooks(row.className)?.beforeDelete?(row, self)
  }

  mutating func runAfterDelete(_ row: ParseObject) {
    let change = RowChange(className: row.className, before: row, after: nil)
    hooks(row.className)?.afterDelete?(change, &self)
  }

  /// Stamps rows again after something their ACL hangs on has changed; equal ones are left alone,
  /// so that `updatedAt` does not move without reason.
  mutating func restamp(_ rows: [ParseObject]) {
    for row in rows {
      guard let acl = hooks(row.className)?.acl?(row, self).json, row.fields["ACL"] != acl else {
        continue
      }
      var row = row
      row.fields["ACL"] = acl
      rewrite(row)
    }
  }

  /// Gives loaded rows without an ACL the one their class stamps.
  mutating func stampMissing() {
    for className in tables.keys.sorted() {
      guard let acl = hooks(className)?.acl else { continue }
      for row in tables[className]?.rows.map({ $0 }) ?? [] where row.fields["ACL"] == nil {
        var row = row
        row.fields["ACL"] = acl(row, self).json
        store(row)
      }
    }
  }
}
