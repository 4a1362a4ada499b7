import CRM
import ParseCore

/// Deals: an amount of zero or more or none, a stage in its canonical spelling, an owner.
enum DealHooks {
  static let all = ClassHooks(
    beforeSave: { save, _ throws(ParseError) in
      try save.notBlank("title")
      try save.within("amount", 0...1e12)
      save.standard("stage", .string(Stage.lead.rawValue))
      let caller = save.caller.user?.json
      save.standard("assignedTo", caller)
      if let known = Term<Stage>(save.value("stage")?.string).word {
        save.after.fields["stage"] = .string(known.rawValue)
      }
      if let before = save.before, save.changed("assignedTo"), !save.caller.isAdmin,
        Pointer(before.fields["assignedTo"]) != save.caller.user
      {
        throw .refused(119, "only an admin reassigns the deals of others")
      }
    },
    afterSave: { change, backend in
      guard change.before != nil, let deal = change.after?.pointer,
        change.before?.fields["assignedTo"] != change.after?.fields["assignedTo"]
      else { return }
      backend.restamp(backend.activities(of: deal))
    },
    afterDelete: { change, backend in
      guard let deal = change.before?.pointer else { return }
      for activity in backend.activities(of: deal) { backend.remove(activity) }
    },
    acl: { row, _ in
      guard let owner = Pointer(row.fields["assignedTo"]) else { return .staff([]) }
      return .staff([(owner.objectId, .readWrite)])
    })
}

extension Backend {
  func activities(of deal: Pointer) -> [ParseObject] {
    tables["Activity"]?.rows.filter { ActivityHooks.target($0) == deal } ?? []
  }
}
