/// Who may read and write an object. Only `true` entries are stored; no ACL at all means everyone.
package struct ACL: Sendable, Hashable {
  package struct Access: Sendable, Hashable {
    package var read: Bool
    package var write: Bool

    package init(read: Bool, write: Bool) {
      self.read = read
      self.write = write
    }

    package static let readWrite = Access(read: true, write: true)
    package static let readOnly = Access(read: true, write: false)
  }

  /// By `*`, a user's objectId, or `role:` and a role's name.
  package var entries: [String: Access]

  package init(_ entries: [String: Access] = [:]) { self.entries = entries }

  package init(_ json: JSONObject) {
    var entries: [String: Access] = [:]
    for member in json.members {
      entries[member.key] = Access(
        read: member.value["read"]?.bool ?? false, write: member.value["write"]?.bool ?? false)
    }
    self.init(entries)
  }

  package var json: JSON {
    .object(
      JSONObject(
        entries.sorted { $0.key < $1.key }.map { key, access in
          var rights = JSONObject()
          if access.read { rights["read"] = true }
          if access.write { rights["write"] = true }
          return JSONObject.Member(key: key, value: .object(rights))
        }))
  }

  /// - Parameter subjects: the reader's own entries: `*`, the user's id, `role:` of each role.
  package func allowsRead(to subjects: Set<String>) -> Bool {
    subjects.contains { entries[$0]?.read == true }
  }

  package func allowsWrite(to subjects: Set<String>) -> Bool {
    subjects.contains { entries[$0]?.write == true }
  }
}
