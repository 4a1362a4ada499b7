import CRM
import ParseCore

/// How fast the first rows arrive, by what this program has seen of them.
struct FillProgress: Sendable {
  /// When rows were first seen to arrive, and how many there were then.
  private let since: ParseDate
  private let rows: Int

  /// - Parameter before: of the notice before; nil where rows have only begun to arrive.
  init?(after before: FillProgress?, _ sync: SyncState, now: ParseDate) {
    guard case .syncing(let done, _) = sync.connection else { return nil }
    since = before?.since ?? now
    rows = before?.rows ?? done
  }

  /// `1 600 a second, 6 s left`; nil before a second has passed.
  ///
  /// - Parameter total: nil while the server has not counted.
  func words(done: Int, total: Int?, now: ParseDate) -> String? {
    let elapsed = now.seconds - since.seconds
    guard elapsed >= 1, done > rows else { return nil }
    let rate = Double(done - rows) / elapsed
    let pace = "\(Wording.count(Int(rate))) a second"
    guard let total else { return pace }
    let left = Int((Double(max(0, total - done)) / rate).rounded(.up))
    let time = left < 90 ? "\(left) s left" : "\((left + 59) / 60) min left"
    return "\(pace), \(time)"
  }
}
