import ParseCore

/// A class's `classLevelPermissions`, kept in wire form (reference/domain.md §4.2).
struct ClassPermissions: Sendable {
  var json: JSONObject

  static let operations = ["find", "count", "get", "create", "update", "delete", "addField"]

  init(_ json: JSONObject) {
    self.json = json
    if json["protectedFields"] == nil { self.json["protectedFields"] = [:] }
  }

  /// Open to everyone, as a class made without permissions is.
  init() {
    // The ACL entry is the default ACL of new rows, in this place since 8.1.
    var open: JSONObject = ["ACL": ["*": ["read": true, "write": true]]]
    for operation in Self.operations { open[operation] = ["*": true] }
    open["protectedFields"] = ["*": []]
    json = open
  }

  /// What a caller may do: all rows, only those pointing at him, or nothing.
  enum Grant: Equatable {
    case all
    case pointing([String])
    case none
  }

  /// Decides as Parse Server's SchemaController.validatePermission and
  /// DatabaseController.addPointerPermissions do, in that order.
  /// - Parameter action: the save an `addField` belongs to.
  func grant(
    _ operation: String, to caller: Caller, on className: String, action: String? = nil
  ) throws(ParseError) -> Grant {
    if caller.isMaster { return .all }
    guard let rule = json[operation]?.object else { return .all }
    if caller.subjects.contains(where: { rule[$0]?.bool == true }) { return .all }
    if rule["requiresAuthentication"]?.bool == true {
      guard caller.userId != nil else { throw .needsUser }
    } else {
      try allowByPointer(operation, rule, className, action)
    }
    let fields = pointerFields(operation, rule)
    if fields.isEmpty { return .all }
    return caller.userId == nil ? .none : .pointing(fields)
  }

  private func allowByPointer(
    _ operation: String, _ rule: JSONObject, _ className: String, _ action: String?
  ) throws(ParseError) {
    let isRead = ["get", "find", "count"].contains(operation)
    if !isRead && operation == "create" { throw .denied(operation, on: className) }
    let group = json[isRead ? "readUserFields" : "writeUserFields"]?.array ?? []
    if !group.isEmpty { return }
    let pointers = rule["pointerFields"]?.array ?? []
    if !pointers.isEmpty, operation != "addField" || action == "update" { return }
    throw .denied(operation, on: className)
  }

  private func pointerFields(_ operation: String, _ rule: JSONObject) -> [String] {
    let isRead = ["get", "find", "count"].contains(operation)
    let group = json[isRead ? "readUserFields" : "writeUserFields"]?.array ?? []
    return ((rule["pointerFields"]?.array ?? []) + group).compactMap(\.string)
  }

  /// Fields every reader in these groups loses: the groups are intersected, so an empty list for a
  /// role unlocks (reference/domain.md §4.2).
  func protectedFields(from caller: Caller) -> Set<String> {
    guard !caller.isMaster, let groups = json["protectedFields"]?.object else { return [] }
    var lost: Set<String>?
    for member in groups.members {
      let applies =
        member.key == "*" || (member.key == "authenticated" && caller.userId != nil)
        || (member.key != "*" && caller.subjects.contains(member.key))
      guard applies else { continue }
      let fields = Set((member.value.array ?? []).compactMap(\.string))
      lost = lost.map { $0.intersection(fields) } ?? fields
    }
    return lost ?? []
  }

  /// `userField:<name>` groups: a reader the row's pointer names loses only these.
  func protectedByOwner() -> [(field: String, lost: Set<String>)] {
    (json["protectedFields"]?.object?.members ?? []).compactMap { member in
      guard member.key.hasPrefix("userField:") else { return nil }
      return (
        String(member.key.dropFirst("userField:".count)),
        Set((member.value.array ?? []).compactMap(\.string))
      )
    }
  }
}
