import ParseCore
import Synchronization

/// Keeping what requests change.
extension SandboxServer {
  /// Runs what one request does, saves it, tells live queries, and only then answers.
  /// - Throws: What `body` throws, or an internal error when it could not be saved; then nothing of
  ///   it stays.
  func change<T>(
    _ body: (inout Backend) throws(ParseError) -> T
  ) throws(ParseError) -> T {
    try backend.withLock { backend throws(ParseError) in
      let answer: T
      do throws(ParseError) {
        answer = try body(&backend)
      } catch {
        // What a refused request leaves, such as its used-up id, is kept like all else.
        try settle(&backend)
        throw error
      }
      try settle(&backend)
      return answer
    }
  }

  private func settle(_ backend: inout Backend) throws(ParseError) {
    if let file {
      let (put, remove) = backend.unsaved
      do throws(SandboxFile.Failure) {
        if !put.isEmpty || !remove.isEmpty { try file.save(put: put, remove: remove) }
      } catch {
        backend.undo()
        options.report(error)
        throw .internalError
      }
    }
    backend.keep()
    backend.publishChanges()
  }

  /// Stops, and lets another sandbox have the file.
  package func close() async throws(SandboxFile.Failure) {
    await stop()
    try file?.close()
  }
}
