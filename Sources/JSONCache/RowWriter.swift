import GRDB
import GRDBSQLite
import ParseCore

/// Runs one statement for row after row. SQLite reads the texts where they were written, all of a row
/// in one buffer: as values of their own they would cost a first fill as much as SQLite does.
final class RowWriter {
  private enum Argument {
    case null
    case integer(Int64)
    case real(Double)
    case text(start: Int, end: Int)
    /// A blob of one zero byte.
    case other
  }

  private let statement: Statement
  private var bytes: [UInt8] = []
  private var arguments: [Argument] = []

  init(_ statement: Statement) {
    self.statement = statement
    // Tells GRDB that the arguments are looked after here.
    statement.setUncheckedArguments([])
    bytes.reserveCapacity(4096)
  }

  func begin() {
    bytes.removeAll(keepingCapacity: true)
    arguments.removeAll(keepingCapacity: true)
  }

  func add(_ text: String?) {
    guard let text else { return arguments.append(.null) }
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    arguments.append(.text(start: start, end: bytes.count))
  }

  func add(_ number: Int64?) { arguments.append(number.map(Argument.integer) ?? .null) }

  /// The object's document.
  func add(document object: ParseObject) {
    let start = bytes.count
    object.writeOrdered(into: &bytes)
    arguments.append(.text(start: start, end: bytes.count))
  }

  /// The object's columns, whether they are odd first.
  func add(columns object: ParseObject) {
    let columns = ColumnValues(object)
    add(columns.isOdd ? 1 : nil)
    let first = arguments.count
    for _ in DocumentColumn.all.indices { arguments.append(.null) }
    for (place, value) in columns.values {
      switch value {
      case .text(let text):
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        arguments[first + place] = .text(start: start, end: bytes.count)
      case .integer(let number): arguments[first + place] = .integer(number)
      case .real(let number): arguments[first + place] = .real(number)
      case .other: arguments[first + place] = .other
      }
    }
  }

  func execute() throws {
    // The buffer and its pointer live until the statement has run, and then it lets go of them.
    try unsafe bytes.withUnsafeBytes { bytes in
      let handle = unsafe statement.sqliteStatement
      unsafe sqlite3_reset(handle)
      defer { unsafe sqlite3_clear_bindings(handle) }
      for (index, argument) in arguments.enumerated() {
        unsafe Self.bind(argument, handle, CInt(index + 1), bytes)
      }
      try statement.execute()
    }
  }

  /// Binding touches no disk; it fails for a wrong number only.
  private static func bind(
    _ argument: Argument, _ handle: OpaquePointer, _ index: CInt, _ bytes: UnsafeRawBufferPointer
  ) {
    switch argument {
    case .null: break
    case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
    case .real(let number): unsafe sqlite3_bind_double(handle, index, number)
    case .text(let start, let end):
      // Within the buffer that `execute` holds. No destructor means that SQLite copies nothing.
      let text = unsafe bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
      unsafe sqlite3_bind_text(handle, index, text, CInt(end - start), nil)
    case .other: unsafe sqlite3_bind_zeroblob(handle, index, 1)
    }
  }
}
