import ParseCore

/// Activities: about a contact or a deal that exists.
enum ActivityHooks {
  static let all = ClassHooks(
    beforeSave: { save, backend throws(ParseError) in
      try save.stampCreator()
      if save.changed("relatedTo"), let target = target(save.after) {
        guard ["Contact", "Deal"].contains(target.className), backend.row(target) != nil else {
          throw .invalid("relatedTo must be a contact or a deal that exists")
        }
      }
      if let done = save.value("completedAt").flatMap(ParseDate.init(value:)),
        let made = save.after.createdAt, done < made.advanced(bySeconds: -365 * 86_400),
        !save.caller.isMaster
      {
        throw .invalid("completedAt is more than a year before the activity")
      }
    },
    acl: { row, backend in
      var entries: [(String, ACL.Access)] = []
      if let creator = Pointer(row.fields["createdBy"]) {
        entries.append((creator.objectId, .readWrite))
      }
      if let target = target(row), target.className == "Deal",
        let owner = Pointer(backend.row(target)?.fields["assignedTo"])
      {
        entries.append((owner.objectId, .readOnly))
      }
      return .staff(entries)
    })

  /// The pointer, whether bare or alone in an array (product.md D7).
  static func target(_ row: ParseObject) -> Pointer? {
    Pointer(row.fields["relatedTo"]) ?? Pointer(row.fields["relatedTo"]?.array?.first)
  }
}
