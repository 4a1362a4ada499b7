import ParseCore

enum CompanyHooks {
  static let all = ClassHooks(
    beforeSave: { save, _ throws(ParseError) in
      try save.notBlank("name")
      try save.stampCreator()
    },
    beforeDelete: { row, backend throws(ParseError) in
      try backend.refuseDelete(row, referredBy: [("Contact", "company"), ("Deal", "company")])
    },
    acl: { row, _ in .shared(row) })
}

extension Save {
  /// createdBy is who made the row, and stays.
  mutating func stampCreator() throws(ParseError) {
    if isNew, !caller.isMaster || after.fields["createdBy"] == nil {
      after.fields["createdBy"] = caller.user?.json
    }
    try unchanged("createdBy")
  }
}

extension ACL {
  /// Companies and contacts: the team reads, the creator and admins write.
  static func shared(_ row: ParseObject) -> ACL {
    var entries: [(String, Access)] = [("role:sales", .readOnly)]
    if let creator = Pointer(row.fields["createdBy"]) {
      entries.append((creator.objectId, .readWrite))
    }
    return .staff(entries)
  }
}
