import GRDB
import GRDBSQLite
import ParseCore

/// Runs one statement for rows after rows. SQLite reads the texts where they were written, all of a row
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

  private static let noColumns = DocumentColumn.all.map { _ in Argument.null }

  private let statement: Statement
  private var bytes = ByteWriter(capacity: 65_536)
  private var arguments: [Argument] = []
  private var shape: RowShape?

  init(_ statement: Statement) {
    self.statement = statement
    // Tells GRDB that the arguments are looked after here.
    statement.setUncheckedArguments([])
  }

  func begin() {
    bytes.removeAll()
    arguments.removeAll(keepingCapacity: true)
  }

  func add(_ text: String?) {
    guard let text else { return arguments.append(.null) }
    let start = bytes.count
    bytes.append(text)
    arguments.append(.text(start: start, end: bytes.count))
  }

  func add(_ number: Int64?) { arguments.append(number.map(Argument.integer) ?? .null) }

  /// The object's document, whether its columns are odd, and the columns.
  func add(_ object: ParseObject) {
    let shape = shape(of: object.fields)
    let start = bytes.count
    object.writeOrdered(into: &bytes, shape.order)
    arguments.append(.text(start: start, end: bytes.count))
    let columns = ColumnValues(object, shape.columns)
    add(columns.isOdd ? 1 : nil)
    let first = arguments.count
    arguments.append(contentsOf: Self.noColumns)
    for (place, value) in columns.values {
      switch value {
      case .text(let text):
        let start = bytes.count
        bytes.append(text)
        arguments[first + place] = .text(start: start, end: bytes.count)
      case .integer(let number): arguments[first + place] = .integer(number)
      case .real(let number): arguments[first + place] = .real(number)
      case .other: arguments[first + place] = .other
      }
    }
  }

  private func shape(of fields: JSONObject) -> RowShape {
    if let shape, shape.order.fits(fields) { return shape }
    let new = RowShape(fields)
    shape = new
    return new
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
