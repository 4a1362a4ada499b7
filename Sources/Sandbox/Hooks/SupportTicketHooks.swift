import CRM
import ParseCore

/// Tickets: a number made here and never changed, an assignee, defaults.
enum SupportTicketHooks {
  static let all = ClassHooks(
    beforeSave: { save, backend throws(ParseError) in
      let now = backend.options.now()
      if save.isNew, (save.value("ticketNumber")?.string ?? "").isEmpty {
        save.after.fields["ticketNumber"] = .string(try backend.newTicketNumber())
      }
      try save.unchanged("ticketNumber")
      save.standard("priority", .string(TicketPriority.normal.rawValue))
      save.standard("status", .string(TicketStatus.new.rawValue))
      let assignee = assignee(save.caller, backend)?.json
      save.standard("assignedTo", assignee)
      save.standard("lastMessageAt", now.json)
      try save.notAfter("lastMessageAt", now.advanced(bySeconds: 300))
      try checkSubject(&save)
      try refuseReopening(save)
    },
    acl: { row, backend in
      var entries: [(String, ACL.Access)] = [("role:coordinator", .readWrite)]
      if let assignee = Pointer(row.fields["assignedTo"]) {
        entries.append((assignee.objectId, .readWrite))
      }
      let student = backend.row(Pointer(row.fields["student"]))
      if let learner = backend.learner(email: student?.fields["email"]?.string) {
        entries.append((learner, .readOnly))
      }
      return .staff(entries)
    })

  static let staff = Set([Role.admin, .coordinator, .instructor].map(\.rawValue))

  private static func assignee(_ caller: Caller, _ backend: Backend) -> Pointer? {
    if !caller.roles.isDisjoint(with: staff), let user = caller.user { return user }
    return backend.tables["_User"]?.rows
      .first { $0.fields["username"]?.string == backend.options.queueUsername }?.pointer
  }

  /// 1 to 200 characters without control characters.
  private static func checkSubject(_ save: inout Save) throws(ParseError) {
    guard let text = save.value("subject")?.string else { return }
    let clean = String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    save.after.fields["subject"] = .string(clean)
    try save.notBlank("subject")
    guard clean.count <= 200 else { throw .invalid("subject is longer than 200 characters") }
  }

  private static func refuseReopening(_ save: Save) throws(ParseError) {
    guard Term<TicketStatus>(save.before?.fields["status"]?.string).word == .closed,
      save.changed("status"), !save.caller.isMaster, save.caller.roles.isDisjoint(with: staff)
    else { return }
    throw .invalid("status of a closed ticket is changed by staff only")
  }
}

extension Backend {
  /// `T-`, the seconds since 2020 in Crockford's base 32, two letters by chance: sortable, short,
  /// and free of a counter (reference/domain.md §4.4).
  func newTicketNumber() throws(ParseError) -> String {
    let start: Int64 = 1_577_836_800
    var seconds = max(0, options.now().milliseconds / 1000 - start)
    var digits: [Character] = []
    repeat {
      digits.append(Self.crockford[Int(seconds % 32)])
      seconds /= 32
    } while seconds > 0
    for _ in 0..<5 {
      let number = "T-" + String(digits.reversed()) + text(2, from: Self.crockford)
      let isUsed = tables["SupportTicket"]?.rows.contains {
        $0.fields["ticketNumber"]?.string == number
      }
      if isUsed != true { return number }
    }
    throw .refused(141, "no free ticket number")
  }

  private static let crockford = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
}
