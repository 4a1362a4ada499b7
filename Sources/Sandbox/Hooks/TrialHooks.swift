import ParseCore

/// The Cloud Code of the recorded servers, which a client's error handling can be tried on.
enum TrialHooks {
  static let byClass: [String: ClassHooks] = [
    "Deal": ClassHooks(
      beforeSave: { save, _ throws(ParseError) in
        guard save.value("stage") == "won", save.value("amount") ?? .null == .null else { return }
        throw .invalid("A won deal needs an amount")
      }),
    "Course": ClassHooks(
      beforeDelete: { row, _ throws(ParseError) in
        guard row.fields["courseCode"] == "KEEP" else { return }
        throw .refused(141, "This course cannot be deleted")
      }),
  ]
}
