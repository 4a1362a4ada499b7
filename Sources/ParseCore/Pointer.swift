/// A reference to an object of a class, `{"__type":"Pointer","className":…,"objectId":…}`.
package struct Pointer: Sendable, Hashable {
  package let className: String
  package let objectId: String

  package init(className: String, objectId: String) {
    self.className = className
    self.objectId = objectId
  }

  /// Reads a pointer, or the expanded object that `include` puts in its place.
  package init?(_ json: JSON?) {
    guard let object = json?.object, let type = object["__type"]?.string,
      type == "Pointer" || type == "Object",
      let className = object["className"]?.string, let objectId = object["objectId"]?.string
    else { return nil }
    self.init(className: className, objectId: objectId)
  }

  package var json: JSON {
    ["__type": "Pointer", "className": .string(className), "objectId": .string(objectId)]
  }
}
