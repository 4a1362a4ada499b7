import Foundation
import Glibc

/// Runs something several times and prints the median, its spread, and the aim.
enum Measure {
  enum Clock {
    case wall
    /// User and system time of all threads of this process.
    case cpu

    /// Milliseconds since some instant.
    var now: Double {
      switch self {
      case .wall:
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
      case .cpu:
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
      }
    }
  }

  /// - Parameters:
  ///   - aim: The most milliseconds.
  ///   - prepare: Runs before each round and is not counted.
  @discardableResult
  static func milliseconds<Prepared>(
    _ name: String, aim: Double, clock: Clock = .wall, rounds: Int = 9,
    prepare: () throws -> Prepared, _ body: (Prepared) throws -> Void
  ) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<rounds {
      let prepared = try prepare()
      let start = clock.now
      try body(prepared)
      times.append(clock.now - start)
    }
    report(name, times, aim: aim)
    return times.sorted()[rounds / 2]
  }

  /// The median of some milliseconds.
  static func report(_ name: String, _ milliseconds: [Double], aim: Double) {
    let times = milliseconds.sorted()
    let median = times[times.count / 2]
    report(name, median, "ms", isMet: median <= aim, "≤ \(text(aim))", times)
  }

  static func report(
    _ name: String, _ value: Double, _ unit: String, isMet: Bool, _ aim: String,
    _ all: [Double] = []
  ) {
    let spread = all.isEmpty ? "" : "  (\(text(all[0])) … \(text(all[all.count - 1])))"
    print("\(isMet ? "ok  " : "MISS") \(name): \(text(value)) \(unit), aim \(aim)\(spread)")
  }

  static func text(_ value: Double) -> String {
    String(format: value < 10 ? "%.3f" : "%.0f", value)
  }

  /// The most memory this process ever had resident, in MB.
  static var peakMegabytes: Double {
    var usage = rusage()
    unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}

/// A folder that goes away with its owner.
final class Folder {
  let path = NSTemporaryDirectory() + "quad-bench-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var file: String { path + "/quad/cache.sqlite" }
}
