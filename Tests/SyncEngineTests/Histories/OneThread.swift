import Dispatch

/// Runs all jobs of its tasks one after another in the order they came, so that a history takes the
/// same course every time.
final class OneThread: TaskExecutor {
  private let queue = DispatchQueue(label: "history")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      // The job is run once, here.
      unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
    }
  }
}
