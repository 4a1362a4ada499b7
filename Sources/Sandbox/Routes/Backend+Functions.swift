import ParseCore

/// The cloud functions of reference/domain.md §4.4.
extension Backend {
  mutating func function(_ name: String, _ call: Call) throws(ParseError) -> JSON {
    switch name {
    case "whoami": return whoami(call)
    case "health": return ["status": "ok", "now": .string(options.now().iso)]
    case "claimTicket":
      guard let user = call.caller.user else { throw .needsUser }
      return try guarded("SupportTicket", ["assignedTo": user.json], call)
    case "moveDeal":
      guard let stage = call.body["stage"]?.string else {
        throw .invalid("Validation failed. Please specify data for stage.")
      }
      return try guarded("Deal", ["stage": .string(stage)], call)
    default:
      guard let result = try trialFunction(name, call) else {
        throw .refused(141, "Invalid function: \"\(name)\"")
      }
      return result
    }
  }

  private func whoami(_ call: Call) -> JSON {
    var user = JSON.null
    if let row = row(call.caller.user) {
      var json = stripped(row, for: call.caller)
      json["__type"] = "Object"
      json["className"] = "_User"
      user = .object(json)
    }
    var result: JSONObject = [
      "user": user, "params": .object(call.body), "master": .bool(call.caller.isMaster),
      "installationId": call.caller.installationId.map(JSON.string) ?? .null,
    ]
    if call.caller.userId != nil {
      result["roles"] = .array(call.caller.roles.sorted().map(JSON.string))
    }
    return .object(result)
  }

  /// Compare, then save: the only way to a claim without a race. The row must still be as it was
  /// seen.
  private mutating func guarded(
    _ className: String, _ change: JSONObject, _ call: Call
  ) throws(ParseError) -> JSON {
    guard let id = call.body["id"]?.string else {
      throw .invalid("Validation failed. Please specify data for id.")
    }
    guard let row = try readable(className, id, as: call.caller) else { throw .notFound }
    if let seen = call.body["seenUpdatedAt"].flatMap(ParseDate.init(value:)),
      seen != row.updatedAt
    {
      throw .refused(141, "\(className) has changed since it was seen")
    }
    _ = try update(className, id, change, as: call.caller)
    guard var json = self.row(className, id).map({ stripped($0, for: call.caller) }) else {
      throw .notFound
    }
    json["__type"] = "Object"
    json["className"] = .string(className)
    return .object(json)
  }
}
