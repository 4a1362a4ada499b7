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

  /// An edit made on this machine.
  package struct Made: Sendable, Hashable {
    package let at: ParseDate
    package let record: String
    /// `stage proposal ▸ negotiation`, or `made` for a new row.
    package let change: String
    /// It is still in the outbox.
    package let isWaiting: Bool

    package init(at: ParseDate, record: String, change: String, isWaiting: Bool) {
      self.at = at
      self.record = record
      self.change = change
      self.isWaiting = isWaiting
    }
  }

  /// On disk, with the log.
  package let bytes: Int
  /// Bytes that the disk of the cache has left; nil where the system does not tell.
  package let free: Int?
  /// The classes that have rows, the largest first.
  package let rows: [Rows]
  package let pins: [Pin]
  package let today: Today

  /// The edits made here today.
  package struct Today: Sendable, Hashable {
    package let count: Int
    /// How many of them the server does not have yet.
    package let waiting: Int
    /// The newest, newest first.
    package let newest: [Made]

    package init(count: Int = 0, waiting: Int = 0, newest: [Made] = []) {
      self.count = count
      self.waiting = waiting
      self.newest = newest
    }
  }

  package init(bytes: Int, rows: [Rows], pins: [Pin], free: Int? = nil, today: Today = Today()) {
    self.bytes = bytes
    self.rows = rows
    self.pins = pins
    self.free = free
    self.today = today
  }
}
