import Foundation
import ParseCore

/// Files beside the tests, found from this source file.
enum Fixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Fixtures")

  static func json(_ name: String) throws -> JSON {
    try JSON(bytes: Array(Data(contentsOf: folder.appending(path: name))))
  }

  static func cases(_ name: String, _ section: String) -> [JSON] {
    do {
      return try json(name)[section]?.array ?? []
    } catch {
      // Each suite counts its cases, so a file that cannot be read fails there.
      return []
    }
  }
}

/// Rows of memory for subqueries.
struct MemoryRows: QueryRows {
  var objects: [ParseObject] = []
  var relations: [Pointer: [String: Set<String>]] = [:]

  func rows(_ className: String) -> [ParseObject] {
    objects.filter { $0.className == className }
  }

  func relationMembers(of owner: Pointer, key: String) -> Set<String> {
    relations[owner]?[key] ?? []
  }
}
