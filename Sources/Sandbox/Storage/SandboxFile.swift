import JSONCache
import ParseCore

/// Where a sandbox keeps what it has, so that it is there again after a restart or a crash. One
/// sandbox at a time has a file.
package struct SandboxFile: Sendable {
  /// Why a file cannot be used.
  package enum Failure: Error, Hashable {
    /// Another program's file, or none at all.
    case foreign
    case inUse
    case damaged
    case newerVersion
    case readableByOthers
    case cannotOpen
    case fullDisk

    init(_ error: CacheError) {
      switch error {
      case .foreignFile: self = .foreign
      case .locked: self = .inUse
      case .newerVersion: self = .newerVersion
      case .readableByOthers: self = .readableByOthers
      case .fullDisk: self = .fullDisk
      case .cannotOpen, .sqlite: self = .cannotOpen
      default: self = .damaged
      }
    }
  }

  private let table: DocumentTable
  /// Nil for a file that holds nothing yet.
  let settings: FileSettings?

  /// Opens the file, making it with mode 0600 when it is missing.
  package init(path: String) throws(Failure) {
    do throws(CacheError) {
      table = try DocumentTable(path: path)
      settings = try table.objects(className: FileSettings.className).first
        .flatMap(FileSettings.init)
    } catch {
      throw Failure(error)
    }
  }

  package var isNew: Bool { settings == nil }

  /// Rows and everything else, as they were stored last.
  func backend(_ options: SandboxOptions) throws(Failure) -> Backend {
    var options = options
    if let settings {
      options.runsHooks = settings.runsHooks
      options.allowsClassCreation = settings.allowsClassCreation
    }
    var backend = Backend(options: options)
    do {
      for className in try table.classNames() {
        for document in try table.objects(className: className) { try backend.restore(document) }
      }
    } catch let error as CacheError {
      throw Failure(error)
    } catch {
      throw .damaged
    }
    backend.keep()
    return backend
  }

  /// On the disk when it returns.
  func save(put: [ParseObject], remove: [Pointer] = []) throws(Failure) {
    do throws(CacheError) {
      try table.commit(put: put, remove: remove)
    } catch {
      throw Failure(error)
    }
  }

  /// Lets another sandbox have the file.
  func close() throws(Failure) {
    do throws(CacheError) {
      try table.close()
    } catch {
      throw Failure(error)
    }
  }
}

extension SandboxFile.Failure {
  /// What is wrong and what a person can do.
  package func words(path: String) -> String {
    switch self {
    case .foreign:
      "\(path) is not a file of quad sandbox; it was left as it is. Name another: --data FILE"
    case .inUse: "Another quad sandbox uses \(path). Stop it, or name another: --data FILE"
    case .damaged: "\(path) is damaged. Take it from a backup, or name a new file: --data FILE"
    case .newerVersion: "A newer quad made \(path). Update quad, or name another: --data FILE"
    case .readableByOthers:
      "Other users can read \(path), and it holds passwords. Run chmod 600 on it, then start again."
    case .cannotOpen: "Cannot open \(path). Check that the folder is there and yours to write."
    case .fullDisk: "The disk of \(path) is full. Free some space, then start again."
    }
  }
}
