import Foundation
import ParseCore
import Synchronization

@testable import JSONCache

/// Ids that count up, so that tests can name them.
final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> String {
    value.withLock { value in
      value += 1
      return "id\(value)"
    }
  }
}

/// A folder that goes away with its owner.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "quad-cache-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    // Nothing depends on the folder being gone.
    try? FileManager.default.removeItem(atPath: path)
  }

  var file: String { path + "/quad/cache.sqlite" }
}

func makeStore(_ path: String? = nil) throws -> CacheStore {
  let counter = Counter()
  return try CacheStore(path: path, makeID: { counter.next() })
}

let noon = ParseDate(milliseconds: 1_800_000_000_000)

func at(_ seconds: Int) -> ParseDate { noon.advanced(bySeconds: seconds) }

func deal(_ id: String, updated: Int = 0, _ fields: JSONObject = [:]) -> ParseObject {
  ParseObject(
    className: "Deal", objectId: id, createdAt: noon, updatedAt: at(updated), fields: fields)
}

extension Arrival {
  static let fill = Arrival(.fill, requestedAt: noon, receivedAt: noon)
  static let live = Arrival(.live, requestedAt: nil, receivedAt: noon)

  static func delta(asked: Int = 0) -> Arrival {
    Arrival(.delta, requestedAt: at(asked), receivedAt: at(asked + 1))
  }
}

extension CacheStore {
  func field(_ field: String, _ id: String, _ className: String = "Deal") throws -> JSON? {
    try object(className: className, id: id)?[field]
  }

  @discardableResult
  func update(
    _ id: String, _ changes: Changes, _ className: String = "Deal", group: String = "g"
  ) throws -> EditOutcome? {
    try perform([Edit(className, id: id, .update(changes))], group: group, now: noon).first
  }
}

extension ColumnValues {
  init(_ object: ParseObject) { self.init(object, RowShape(object.fields).columns) }
}
