import GRDB
import ParseCore

/// Why the cache could not do what it was asked. Carries no field's value.
package enum CacheError: Error, Sendable, Hashable {
  /// The disk is full; the edit was refused and nothing changed.
  case fullDisk
  /// The disk took no more for another reason, such as a quota; the edit was refused.
  case cannotWrite
  /// Another process held the file longer than the busy time.
  case locked
  /// The file is no SQLite database, or its pages are damaged.
  case corrupt
  /// A later version of the program wrote the file.
  case newerVersion
  /// The file's mode lets other users read it.
  case readableByOthers(path: String)
  case cannotOpen(path: String)
  /// Another program's file, or no database at all.
  case foreignFile(path: String)
  /// No such object, or it was deleted.
  case noSuchObject(className: String, id: String)
  /// No outbox record with that number, or not in a state that allows the step.
  case noSuchRecord(Int64)
  /// A stored document is not the JSON it should be.
  case badDocument(className: String)
  /// The cache cannot answer this query exactly, so it does not answer at all.
  case badQuery(String)
  /// The edit does not fit the row, such as adding to a text.
  case badEdit(String)
  /// Any other refusal of SQLite, by its extended result code (sqlite.org/rescode.html).
  case sqlite(Int32)
}

extension CacheError {
  /// A sentence for the user: what is wrong and what can be done.
  package var words: String {
    switch self {
    case .fullDisk: "The disk is full. Nothing was saved; free some space and try again."
    case .cannotWrite:
      "The disk refused to write. Nothing was saved; look at your quota and the disk, then try again."
    case .locked: "The cache is busy in another process. Try again in a moment."
    case .corrupt: "The cache file is damaged. Export the outbox, then clear the cache."
    case .newerVersion: "A newer quad wrote this cache. Update quad, or clear the cache."
    case .readableByOthers(let path):
      "Other users can read \(path). Run `chmod 600` on it, then start again."
    case .cannotOpen(let path): "Cannot open \(path). Check that the folder is yours to write."
    case .foreignFile(let path): "\(path) is not a file of quad's. Name another one."
    case .noSuchObject(let className, _): "This \(className) is gone."
    case .noSuchRecord: "This change is no longer in the outbox."
    case .badDocument(let className): "A stored \(className) cannot be read. Clear the cache."
    case .badQuery(let reason): "Cannot answer this from the cache: \(reason)"
    case .badEdit(let reason): "This change does not fit: \(reason)"
    case .sqlite(let code): "The cache refused with SQLite code \(code)."
    }
  }

  init(_ error: any Error, path: String = "", className: String = "") {
    switch error {
    case let error as CacheError: self = error
    case let error as DatabaseError: self.init(error, path: path)
    case let error as ParseError: self = .badQuery(error.message)
    default: self = .badDocument(className: className)
    }
  }

  private init(_ error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_FULL: self = .fullDisk
    // ENOSPC is SQLITE_FULL; a quota or a size limit is not (unixWrite in os_unix.c).
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE: self = .cannotWrite
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: self = .cannotOpen(path: path)
    default: self = .sqlite(error.extendedResultCode.rawValue)
    }
  }
}
