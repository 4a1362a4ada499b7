import Foundation
import Synchronization

/// The lock that lets one process of an account sync. The kernel drops it when the process ends,
/// however it ends (flock(2)).
final class SyncerLock: Sendable {
  private let path: String
  private let handle = Mutex<FileHandle?>(nil)

  init(path: String) { self.path = path }

  /// True when this process has the lock, now or since before.
  func acquire() throws(CacheError) -> Bool {
    let outcome: Result<Bool, CacheError> = handle.withLock { held in
      if held != nil { return .success(true) }
      let files = FileManager.default
      if !files.fileExists(atPath: path) {
        _ = files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      }
      guard let file = FileHandle(forUpdatingAtPath: path) else {
        return .failure(.cannotOpen(path: path))
      }
      guard flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else { return .success(false) }
      held = file
      return .success(true)
    }
    return try outcome.get()
  }

  /// Gives the lock back by name: a program started in between holds a copy of the descriptor, and
  /// the lock would live on with it.
  func release() {
    handle.withLock { held in
      if let held { flock(held.fileDescriptor, LOCK_UN) }
      held = nil
    }
  }
}
