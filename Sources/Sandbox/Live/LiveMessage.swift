import ParseCore

/// The checks of a client's frame, in the order and with the texts of the real server, which holds
/// frames against a JSON schema (reference/parse.md §2.1).
enum LiveMessage {
  struct Refusal: Error {
    let text: String
  }

  enum Kind {
    case string, number, object, names

    var text: String {
      switch self {
      case .string: "string"
      case .number: "number"
      case .object: "object"
      case .names: "array"
      }
    }

    func accepts(_ value: JSON) -> Bool {
      switch self {
      case .string: value.string != nil
      case .number: value.number != nil
      case .object: value.object != nil
      case .names: value.array?.isEmpty == false
      }
    }
  }

  static let operations: Set<String> = ["connect", "subscribe", "unsubscribe", "update"]

  /// - Returns: The frame's operation.
  static func check(_ frame: JSONObject) throws(Refusal) -> String {
    guard let operation = frame["op"] else {
      throw Refusal(text: "Missing required property: op")
    }
    guard let name = operation.string, operations.contains(name) else {
      throw Refusal(text: "No enum match for: \(operation.text)")
    }
    switch name {
    case "connect":
      try check(
        frame, required: ["op": .string, "applicationId": .string],
        optional: [
          "restAPIKey": .string, "javascriptKey": .string, "clientKey": .string,
          "windowsKey": .string, "masterKey": .string, "sessionToken": .string,
          "installationId": .string,
        ])
    case "unsubscribe":
      try check(frame, required: ["op": .string, "requestId": .number], optional: [:])
    default:
      try check(
        frame, required: ["op": .string, "requestId": .number, "query": .object],
        optional: ["sessionToken": .string])
      try check(
        frame["query"]?.object ?? [:], required: ["className": .string, "where": .object],
        optional: ["keys": .names, "watch": .names])
    }
    return name
  }

  private static func check(
    _ object: JSONObject, required: [String: Kind], optional: [String: Kind]
  ) throws(Refusal) {
    for member in object.members {
      guard let kind = required[member.key] ?? optional[member.key] else {
        throw Refusal(text: "Additional properties not allowed")
      }
      guard kind.accepts(member.value) else {
        if case .names = kind, member.value.array != nil {
          throw Refusal(text: "Array is too short (0), minimum 1")
        }
        throw Refusal(text: "Invalid type: \(member.value.typeName) (expected \(kind.text))")
      }
    }
    for name in required.keys.sorted() where object[name] == nil {
      throw Refusal(text: "Missing required property: \(name)")
    }
  }
}
