import ParseCore

/// One class: its columns and who may do what with it.
struct ClassSchema: Sendable {
  struct Field: Sendable, Hashable {
    var type: String
    /// Empty for all but pointers and relations. More than one class is the sandbox's own
    /// extension, for `Activity.relatedTo` (product.md D7).
    var targets: [String] = []
    /// Nil where the class does not say; `/schemas` answers what was sent.
    var required: Bool?
    var defaultValue: JSON?
  }

  let className: String
  /// In the order the class declares them.
  private(set) var names: [String]
  private(set) var fields: [String: Field]
  var permissions: ClassPermissions
  /// By name, each with its columns; nil until the class gets one.
  var indexes: JSONObject?

  init(className: String, permissions: ClassPermissions = ClassPermissions()) {
    self.className = className
    names = []
    fields = [:]
    self.permissions = permissions
  }

  /// Reads the form of `/schemas`: `className`, `fields`, `classLevelPermissions`.
  init(_ json: JSONObject) throws(ParseError) {
    self.init(className: json["className"]?.string ?? "")
    for member in json["fields"]?.object?.members ?? [] {
      set(try Self.field(member.value), for: member.key)
    }
    if let permissions = json["classLevelPermissions"]?.object {
      self.permissions = ClassPermissions(permissions)
    }
    addIndexes(json["indexes"]?.object)
  }

  mutating func addIndexes(_ more: JSONObject?) {
    guard let more, !more.members.isEmpty else { return }
    var all = indexes ?? ["_id_": ["_id": 1]]
    for member in more.members { all[member.key] = member.value }
    indexes = all
  }

  subscript(name: String) -> Field? { fields[name] }

  mutating func set(_ field: Field, for name: String) {
    if fields.updateValue(field, forKey: name) == nil { names.append(name) }
  }

  mutating func remove(_ name: String) {
    fields[name] = nil
    names.removeAll { $0 == name }
  }

  static let types: Set<String> = [
    "String", "Number", "Boolean", "Date", "Object", "Array", "GeoPoint", "File", "Bytes",
    "Polygon", "Pointer", "Relation",
  ]

  static func field(_ json: JSON) throws(ParseError) -> Field {
    let type = json["type"]?.string ?? ""
    guard types.contains(type) else { throw .refused(111, "invalid field type: \(type)") }
    var targets = json["targetClasses"]?.array?.compactMap(\.string) ?? []
    if let target = json["targetClass"]?.string { targets.append(target) }
    guard !targets.isEmpty || (type != "Pointer" && type != "Relation") else {
      throw .refused(135, "type \(type) needs a class name")
    }
    return Field(
      type: type, targets: targets, required: json["required"]?.bool,
      defaultValue: json["defaultValue"])
  }

  /// The answer of `/schemas/<Class>`.
  var json: JSON {
    var all: JSONObject = [
      "objectId": ["type": "String"], "createdAt": ["type": "Date"],
      "updatedAt": ["type": "Date"], "ACL": ["type": "ACL"],
    ]
    for name in names {
      guard let field = fields[name] else { continue }
      var entry: JSONObject = ["type": .string(field.type)]
      if let target = field.targets.first { entry["targetClass"] = .string(target) }
      if field.targets.count > 1 {
        entry["targetClasses"] = .array(field.targets.map(JSON.string))
      }
      entry["required"] = field.required.map(JSON.bool)
      entry["defaultValue"] = field.defaultValue
      all[name] = .object(entry)
    }
    var json: JSONObject = [
      "className": .string(className), "fields": .object(all),
      "classLevelPermissions": .object(permissions.json),
    ]
    json["indexes"] = indexes.map(JSON.object)
    return .object(json)
  }
}

extension ClassSchema.Field {
  /// As the error texts write it: `Pointer<Deal>`, `Number`.
  var text: String { targets.isEmpty ? type : "\(type)<\(targets.joined(separator: "|"))>" }

  /// The column a first value of that form would make; nil for null and operators without a type.
  init?(of value: JSON) {
    switch value {
    case .null: return nil
    case .bool: self.init(type: "Boolean")
    case .number: self.init(type: "Number")
    case .string: self.init(type: "String")
    case .array: self.init(type: "Array")
    case .object(let object):
      switch object["__type"]?.string {
      case "Pointer"?, "Object"?:
        self.init(type: "Pointer", targets: [object["className"]?.string ?? ""])
      case "Relation"?:
        self.init(type: "Relation", targets: [object["className"]?.string ?? ""])
      case let type? where ClassSchema.types.contains(type): self.init(type: type)
      default: self.init(type: "Object")
      }
    }
  }

  func accepts(_ other: ClassSchema.Field) -> Bool {
    guard type == other.type else { return false }
    return targets.isEmpty || other.targets.allSatisfy(targets.contains)
  }
}
