import CResources
import ParseCore

/// The classes of Resources/schema, compiled into the binary.
enum BundledSchema {
  static let classes: [ClassSchema] = {
    var classes: [ClassSchema] = []
    for (name, bytes) in files() where name.hasPrefix("schema/") {
      do {
        guard let json = try JSON(bytes: bytes).object else {
          preconditionFailure("\(name) is not an object")
        }
        classes.append(try ClassSchema(json))
      } catch {
        preconditionFailure("\(name): \(error)")
      }
    }
    return classes
  }()

  private static func files() -> [(name: String, bytes: [UInt8])] {
    var count = 0
    // The table and its files are constants of the binary: valid and unchanged for its whole life.
    let all = unsafe UnsafeBufferPointer(start: quad_resources(&count), count: count)
    return unsafe all.map { file in
      // `bytes` holds `count` bytes, by the header's contract; `name` is a C string literal.
      unsafe (
        String(cString: file.name),
        Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
      )
    }
  }
}
