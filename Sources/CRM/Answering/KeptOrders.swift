/// The orders lists had last: a list that is nearly in order is sorted in O(n), and few rows move
/// between two answers.
final class KeptOrders<Entry: AnyObject> {
  private var orders: [ListRequest: [Entry]] = [:]
  /// Most lists that are remembered; one more and all go.
  private let limit = 4

  init() {}

  /// - Parameters:
  ///   - shown: the rows of the list, in any order.
  ///   - sort: leaves no two rows equal, so that the order they come in does not show.
  func sorted(
    _ shown: [Entry], _ request: ListRequest, by sort: ([Entry]) -> [Entry]
  ) -> [Entry] {
    let sorted = sort(orders[request].map { arranged(shown, like: $0) } ?? shown)
    if orders[request] == nil, orders.count >= limit { orders = [:] }
    orders[request] = sorted
    return sorted
  }

  /// What was there before in its old order, arrivals behind.
  private func arranged(_ shown: [Entry], like last: [Entry]) -> [Entry] {
    var rest = Set(shown.lazy.map(ObjectIdentifier.init))
    var arranged = last.filter { rest.remove(ObjectIdentifier($0)) != nil }
    arranged += shown.filter { rest.contains(ObjectIdentifier($0)) }
    return arranged
  }
}
