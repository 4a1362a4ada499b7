import Dispatch
import Testing

/// Runs each test on a thread of its own.
///
/// The pool's threads are shared by all tests of the process, some of which hold one for long: between
/// two calls of a test more time may pass than the 118 s for which libcurl keeps a connection
/// (CURLOPT_MAXAGE_CONN).
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(QueueExecutor()) { try await function() }
  }
}

extension Trait where Self == OwnThread {
  static var onOwnThread: OwnThread { OwnThread() }
}

private final class QueueExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "test")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      // The job was handed over to run once, here.
      unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
    }
  }
}
