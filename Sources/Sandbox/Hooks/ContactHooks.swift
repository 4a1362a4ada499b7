import ParseCore

enum ContactHooks {
  static let all = ClassHooks(
    beforeSave: { save, _ throws(ParseError) in
      try save.notBlank("name")
      try save.stampCreator()
    },
    beforeDelete: { row, backend throws(ParseError) in
      try backend.refuseDelete(row, referredBy: [("Deal", "contact")])
    },
    acl: { row, _ in .shared(row) })
}
