/// One object of a class: its identity, its two dates, and its other fields in wire form.
package struct ParseObject: Sendable, Hashable {
  package let className: String
  /// Nil until the server has given one.
  package var objectId: String?
  package var createdAt: ParseDate?
  package var updatedAt: ParseDate?
  /// All other fields as the server writes them, `ACL` among them.
  package var fields: JSONObject

  package init(
    className: String, objectId: String? = nil, createdAt: ParseDate? = nil,
    updatedAt: ParseDate? = nil, fields: JSONObject = [:]
  ) {
    self.className = className
    self.objectId = objectId
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.fields = fields
  }

  /// Reads the wire form of a row. `createdAt` and `updatedAt` come as text; an expanded object in
  /// an answer of a cloud function may carry them as Date values.
  package init(className: String, json: JSONObject) {
    self.className = className
    var others: [JSONObject.Member] = []
    others.reserveCapacity(json.count)
    for member in json.members {
      switch member.key {
      case "objectId": objectId = member.value.string
      case "createdAt": createdAt = ParseDate(value: member.value)
      case "updatedAt": updatedAt = ParseDate(value: member.value)
      case "className", "__type": break
      default: others.append(member)
      }
    }
    fields = JSONObject(others)
  }

  /// The wire form of the row, identity first.
  package var json: JSONObject {
    var members: [JSONObject.Member] = []
    if let objectId { members.append(.init(key: "objectId", value: .string(objectId))) }
    if let createdAt { members.append(.init(key: "createdAt", value: .string(createdAt.iso))) }
    if let updatedAt { members.append(.init(key: "updatedAt", value: .string(updatedAt.iso))) }
    return JSONObject(members + fields.members)
  }

  package var pointer: Pointer? {
    objectId.map { Pointer(className: className, objectId: $0) }
  }

  /// A field by its name; the system fields in wire form too, so that queries need no special case.
  package subscript(field: String) -> JSON? {
    switch field {
    case "objectId": objectId.map(JSON.string)
    case "createdAt": createdAt.map { .string($0.iso) }
    case "updatedAt": updatedAt.map { .string($0.iso) }
    default: fields[field]
    }
  }
}

extension ParseDate {
  /// Reads a Date value or plain ISO text.
  package init?(value: JSON) {
    guard let iso = value.string ?? (value["__type"]?.string == "Date" ? value["iso"]?.string : nil)
    else { return nil }
    self.init(iso: iso)
  }
}
