import Foundation
import GRDB
package import ParseCore

/// What a pointer leads to. A pointer that is unset leads nowhere and is none of these.
package enum TargetState: Sendable, Hashable {
  case row(CachedDocument)
  /// It was here and is deleted.
  case deleted
  /// Every row of its class that this reader may see is here, and it is not among them: it is hidden
  /// or does not exist; the server does not tell which (reference/parse.md §1.7).
  case unreadable(asOf: ParseDate?)
  /// Its class is not all here yet.
  case notFetched
}

extension CacheStore {
  package func target(of pointer: Pointer) throws(CacheError) -> TargetState {
    if let row = try document(className: pointer.className, id: pointer.objectId) {
      return .row(row)
    }
    let isRemembered = try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM documents WHERE className = ? AND id = ?)",
        arguments: [pointer.className, pointer.objectId]) ?? false
    }
    if isRemembered { return .deleted }
    let mark = try syncMarks()[pointer.className]
    return switch mark?.state {
    case .complete, .noRight: .unreadable(asOf: mark?.syncedAt)
    case .filling, .some(.none), nil: .notFetched
    }
  }
}

extension Row {
  /// A text column's UTF-8, not decoded.
  func bytes(at index: Int) throws -> [UInt8] {
    try withUnsafeData(atIndex: index) { Array($0 ?? Data()) }
  }
}
