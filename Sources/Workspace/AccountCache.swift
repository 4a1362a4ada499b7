internal import Foundation
internal import JSONCache
package import ParseCore

/// The cache file of one account, for the commands that look after it; nothing is synced.
package struct AccountCache: Sendable {
  /// Rows of one class.
  package struct Rows: Sendable, Hashable {
    package let className: String
    package let count: Int
  }

  package struct Pin: Sendable, Hashable {
    package let name: String
    package let rows: Int
    package let bytes: Int
    /// When its first row was pinned.
    package let since: ParseDate
    /// The class its query asks; nil for rows pinned by hand or by a screen.
    package let asks: String?
    /// When the server last told what the query finds; nil when it never did, and without a query.
    package let asOf: ParseDate?
  }

  package let path: String
  let store: CacheStore

  /// Nil when nothing is cached yet: asking makes no file.
  package init?(
    _ profile: Profile, environment: [String: String]
  ) throws(WorkspaceError) {
    guard let path = Workspace.cachePath(profile, environment) else { throw .noHome }
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    self.path = path
    do throws(CacheError) {
      store = try CacheStore(path: path, makeID: { UUID().uuidString.lowercased() })
    } catch {
      throw .cache(error)
    }
  }

  /// The file and its log.
  package var bytes: Int { store.sizeInBytes() }

  /// The classes that have rows, by name.
  package func rows() throws(WorkspaceError) -> [Rows] {
    try asking { () throws(CacheError) in try store.rowCounts() }
      .map { Rows(className: $0.key, count: $0.value) }
      .sorted { $0.className < $1.className }
  }

  /// Gives the text of one JSON object, piece by piece: arrays of rows by class, unsent edits laid
  /// over them.
  package func export(_ print: (String) -> Void) throws(WorkspaceError) {
    var lead = "{"
    for name in try rows().map(\.className) {
      print("\(lead)\(JSON.string(name).text):[")
      let documents = try asking { () throws(CacheError) in
        try store.documents(className: name)
      }
      for (index, document) in documents.enumerated() {
        print((index == 0 ? "\n" : ",\n") + Self.plain(document.bytes))
      }
      print("\n]")
      lead = ",\n"
    }
    print(lead == "{" ? "{}\n" : "}\n")
  }

  /// JSON text that a terminal takes no orders from: what is invisible or turns the direction is
  /// escaped. Such letters stand inside of strings only.
  private static func plain(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.contains(where: { $0 >= 0x80 }) else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        for unit in String(scalar).utf16 {
          let hex = String(unit, radix: 16)
          plain += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
      default: plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }

  /// How many edits the server does not have yet.
  package func unsentEdits() throws(WorkspaceError) -> Int {
    try asking { () throws(CacheError) in try store.outbox().count }
  }

  /// Whether another quad has this account open and syncs it.
  package func isInUse() throws(WorkspaceError) -> Bool {
    let isFree = try asking { () throws(CacheError) in try store.tryBecomeSyncer() }
    store.resignSyncer()
    return !isFree
  }

  package func pins() throws(WorkspaceError) -> [Pin] {
    let marks = try asking { () throws(CacheError) in try store.syncMarks() }
    return try asking { () throws(CacheError) in try store.pins() }.map { pin in
      let mark = pin.query.flatMap { marks[$0.className] }
      return Pin(
        name: pin.name, rows: pin.count, bytes: pin.bytes, since: pin.first,
        asks: pin.query?.className,
        asOf: mark?.state == .complete ? mark?.syncedAt : pin.askedAt)
    }
  }

  /// Pins what a query finds, and has it kept so by whoever syncs.
  /// - Returns: How many rows match that are here already.
  package func pin(
    _ query: Query, name: String, depth: Int, now: ParseDate
  ) throws(WorkspaceError) -> Int {
    try asking { () throws(CacheError) in
      try store.pinQuery(query, name: name, depth: depth, now: now)
    }
  }

  /// Takes out what no pin holds and no unsent edit needs, and gives the room back. The next time it
  /// is online quad fetches it again.
  /// - Returns: How many rows went.
  package func prune() throws(WorkspaceError) -> Int {
    try asking { () throws(CacheError) in try store.prune() }
  }

  /// False when there is no such pin.
  package func unpin(_ name: String) throws(WorkspaceError) -> Bool {
    try asking { () throws(CacheError) in try store.unpinAll(name: name) }
  }

  package func close() throws(WorkspaceError) {
    try asking { () throws(CacheError) in try store.close() }
  }

  func asking<T>(_ step: () throws(CacheError) -> T) throws(WorkspaceError) -> T {
    do throws(CacheError) { return try step() } catch { throw .cache(error) }
  }
}
