internal import Glibc

/// Memory that was freed and is still held for this process.
package enum FreeMemory {
  /// Gives it back to the system. Takes a millisecond a hundred megabytes, so it is for the end of
  /// what took much memory for a while.
  package static func giveBack() {
    typealias Trim = @convention(c) (Int) -> CInt
    guard let trim = unsafe dlsym(nil, "malloc_trim") else { return }
    // glibc's malloc.h, which Swift's Glibc module leaves out, declares it with this type.
    _ = unsafe unsafeBitCast(trim, to: Trim.self)(0)
  }
}
