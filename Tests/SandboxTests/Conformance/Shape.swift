import ParseCore
import Sandbox
import Synchronization

extension Reply {
  /// The form of the body without its values.
  var shape: JSON? {
    if response.body.isEmpty { return nil }
    if json != .null { return json.shape() }
    return response.body.first == UInt8(ascii: "<") ? "page" : "text"
  }
}

extension JSON {
  /// Names of members, number of elements, types of values; lists by their first element. Maps whose
  /// keys are ids and roles count as one type.
  func shape(of key: String = "") -> JSON {
    switch self {
    case _ where key == "ACL" || key == "classLevelPermissions": "map"
    case .null: "null"
    case .bool: "bool"
    case .number: "number"
    case .string: "string"
    case .array(let values):
      .array([.integer(values.count)] + values.prefix(1).map { $0.shape() })
    case .object(let object):
      .object(
        JSONObject(
          object.members.map { .init(key: $0.key, value: $0.value.shape(of: $0.key)) }))
    }
  }

  /// What a path such as `results.0.objectId` leads to.
  func value(at path: String) -> JSON? {
    path.split(separator: ".").reduce(self) { value, part in
      guard let list = value?.array else { return value?[String(part)] }
      guard let index = Int(part), list.indices.contains(index) else { return nil }
      return list[index]
    }
  }

  /// With the members of every map by name, so that equal values have equal texts.
  var sorted: JSON {
    switch self {
    case .array(let values): .array(values.map(\.sorted))
    case .object(let object):
      .object(
        JSONObject(
          object.members.sorted { $0.key < $1.key }
            .map { .init(key: $0.key, value: $0.value.sorted) }))
    default: self
    }
  }
}

/// A LiveQuery socket of the replay: what the server sent, by operation, members and code.
final class LiveLog: Sendable {
  private let frames = Mutex<[JSON]>([])
  private let server: SandboxServer
  private let connection = Mutex(0)

  init(_ server: SandboxServer) {
    self.server = server
    let id = server.openLive { [weak self] text in self?.note(text) }
    connection.withLock { $0 = id }
  }

  func send(_ text: String) { server.receiveLive(connection.withLock { $0 }, text) }

  func close() -> [JSON] {
    server.closeLive(connection.withLock { $0 })
    return frames.withLock { $0 }
  }

  private func note(_ text: String) {
    var note: [JSON] = [.string("no JSON")]
    if let frame = try? JSON(text: text).object {
      note = [frame["op"] ?? .null, Self.names(frame)]
      if let code = frame["code"] { note.append(code) }
      if let object = frame["object"]?.object, !object.isEmpty { note.append(Self.names(object)) }
    }
    frames.withLock { $0.append(.array(note)) }
  }

  private static func names(_ object: JSONObject) -> JSON {
    .string(object.keys.sorted().joined(separator: " "))
  }
}
