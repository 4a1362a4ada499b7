import CRM
import ParseCore

/// How far the first rows are, class by class, and how fast they arrive, by what this program has
/// seen of them.
struct FillProgress: Sendable {
  /// One class; one that is complete stays, with its total.
  struct Kind: Sendable, Hashable {
    let className: String
    var done: Int
    var total: Int?
    var isDone = false
  }

  /// When rows were first seen to arrive, and how many there were then.
  private let since: ParseDate
  private let rows: Int
  /// In the order they were first seen in.
  private(set) var kinds: [Kind]
  /// Rows here of how many, those of complete classes among them; nil while the server has not
  /// counted one of them.
  let done: Int
  let total: Int?

  /// - Parameter before: of the notice before; nil where rows have only begun to arrive.
  init?(after before: FillProgress?, _ sync: SyncState, now: ParseDate) {
    guard case .syncing(let done, let total) = sync.connection else { return nil }
    var kinds = before?.kinds ?? []
    let filling = Set(sync.fills.map(\.className))
    for index in kinds.indices where !filling.contains(kinds[index].className) {
      kinds[index].done = kinds[index].total ?? kinds[index].done
      kinds[index].isDone = true
    }
    for fill in sync.fills {
      let kind = Kind(className: fill.className, done: fill.done, total: fill.total)
      if let known = kinds.firstIndex(where: { $0.className == fill.className }) {
        kinds[known] = kind
      } else {
        kinds.append(kind)
      }
    }
    let finished = kinds.filter(\.isDone).reduce(0) { $0 + $1.done }
    self.kinds = kinds
    self.done = done + finished
    self.total = total.map { $0 + finished }
    since = before?.since ?? now
    rows = before?.rows ?? done
  }

  /// `1 600 a second, 6 s left`; nil before a second has passed.
  func words(now: ParseDate) -> String? {
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
