package import ParseCore

/// How much of the school is on this machine, and what is held there for good.
package struct CacheFacts: Sendable, Hashable {
  package struct Rows: Sendable, Hashable {
    /// As the server names it.
    package let className: String
    package let count: Int

    package init(className: String, count: Int) {
      self.className = className
      self.count = count
    }
  }

  package struct Pin: Sendable, Hashable {
    package let name: String
    package let rows: Int
    /// When its first row was pinned.
    package let since: ParseDate

    package init(name: String, rows: Int, since: ParseDate) {
      self.name = name
      self.rows = rows
      self.since = since
    }
  }

  /// On disk, with the log.
  package let bytes: Int
  /// The classes that have rows, the largest first.
  package let rows: [Rows]
  package let pins: [Pin]

  package init(bytes: Int, rows: [Rows], pins: [Pin]) {
    self.bytes = bytes
    self.rows = rows
    self.pins = pins
  }
}
