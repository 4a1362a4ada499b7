import ParseCore

/// Functions a client's calls and error handling can be tried on; the same as on the recorded
/// servers.
extension Backend {
  /// - Returns: Nil for a name that is not one of these.
  func trialFunction(_ name: String, _ call: Call) throws(ParseError) -> JSON? {
    switch name {
    case "hello": return "Hello world!"
    case "fail":
      throw .refused(
        call.body["code"]?.int ?? 141, call.body["message"]?.string ?? "cloud says no")
    case "throwString": throw .refused(141, "a bare string")
    case "needUser":
      guard call.caller.userId != nil else {
        throw .invalid("Validation failed. Please login to continue.")
      }
      return true
    case "needFields":
      guard let stage = call.body["stage"] else {
        throw .invalid("Validation failed. Please specify data for stage.")
      }
      guard ["lead", "won", "lost"].contains(stage) else {
        throw .invalid("stage must be lead, won or lost")
      }
      return ["stage": stage]
    case "deals": return try deals(call)
    default: return nil
    }
  }

  /// Rows in a function's answer are objects with their class, pointers inside expanded on demand.
  private func deals(_ call: Call) throws(ParseError) -> JSON {
    var request = FindRequest()
    request.limit = call.body["limit"]?.int ?? 100
    request.include = ["company"]
    let found = try find("Deal", request, as: call.caller)
    return .array(
      (found["results"]?.array ?? []).map { row in
        var object = row.object ?? [:]
        object["__type"] = "Object"
        object["className"] = "Deal"
        return .object(object)
      })
  }

  /// What `/serverInfo` answers, as recorded.
  static let serverInfo: JSON = {
    let all: JSON = ["create": true, "read": true, "update": true, "delete": true]
    return [
      "features": [
        "globalConfig": all, "hooks": all, "cloudCode": ["jobs": true],
        "logs": ["level": true, "size": true, "order": true, "until": true, "from": true],
        "push": [
          "immediatePush": false, "scheduledPush": false, "storedPushData": false,
          "pushAudiences": true, "localization": true,
        ],
        "schemas": [
          "addField": true, "removeField": true, "addClass": true, "removeClass": true,
          "clearAllDataFromClass": true, "exportClass": false, "editClassLevelPermissions": true,
          "editPointerPermissions": true,
        ],
        "settings": ["securityCheck": false],
      ],
      "parseServerVersion": "8.2.2",
    ]
  }()
}
