import CRM
import Testing

struct StableOrderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let previous: String
    let sorted: String
    let order: String
    let wouldMove: Int

    init(_ previous: String, _ sorted: String, _ order: String, _ wouldMove: Int) {
      self.previous = previous
      self.sorted = sorted
      self.order = order
      self.wouldMove = wouldMove
    }

    var testDescription: String { "\(previous) then \(sorted)" }
  }

  @Test(arguments: [
    Case("", "abc", "abc", 0), Case("abc", "abc", "abc", 0), Case("abc", "", "", 0),
    Case("abc", "cab", "abc", 1), Case("abcd", "dcba", "abcd", 3),
    Case("abc", "ac", "ac", 0), Case("abc", "xabc", "xabc", 0), Case("abc", "abxyc", "abxyc", 0),
    Case("abc", "abcx", "abcx", 0), Case("abc", "cxab", "abcx", 2),
    Case("abc", "xyz", "xyz", 0), Case("abc", "bxa", "abx", 1),
    Case("aab", "ab", "ab", 0),
  ])
  func `known rows keep their order`(test: Case) {
    let order = StableOrder(
      previous: test.previous.map(String.init), sorted: test.sorted.map(String.init))
    #expect(order.ids.joined() == test.order)
    #expect(order.wouldMove == test.wouldMove)
  }

  @Test func `two rows that changed places among many count as few moves`() {
    let previous = (0..<500).map(String.init)
    var sorted = previous
    sorted.swapAt(10, 400)
    let order = StableOrder(previous: previous, sorted: sorted)
    #expect(order.ids == previous)
    #expect(order.wouldMove == 2)
  }

  @Test func `rows follow the order and say what a re-sort would move`() {
    let rows = Rows(
      sorted: ["c", "a", "b"], all: 9, isComplete: false, previous: ["a", "b", "c"], id: \.self)
    #expect(rows.rows == ["a", "b", "c"])
    #expect(rows.wouldMove == 1)
    #expect(rows.all == 9)
    #expect(!rows.isComplete)
  }
}
