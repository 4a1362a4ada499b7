import Testing

@testable import TerminalUI

struct ListStateTravelTests {
  private func stepped(_ cursors: ClosedRange<Int>, back: Int = 0) -> ListState {
    var state = ListState()
    for cursor in Array(cursors) + (0..<back).map({ cursors.upperBound - 1 - $0 }) {
      let before = state
      state.cursor = cursor
      state.scroll(count: 100, height: 10)
      state.narrow(from: before, height: 10)
    }
    return state
  }

  @Test func `rows in sight from the start stay whole`() {
    #expect(stepped(1...7).whole == 0..<10)
    #expect(stepped(1...9).whole == 2..<10)
    #expect(stepped(1...30).whole?.isEmpty == true)
  }

  @Test func `a row that was out of sight is whole no more`() {
    let state = stepped(1...9, back: 9)
    #expect(state.top == 0)
    #expect(state.whole == 2..<10)
  }

  @Test func `whole rows go with the list`() {
    var state = stepped(1...9)
    state.shift(by: 5)
    #expect(state.top == 7)
    #expect(state.whole == 7..<15)
  }

  @Test(arguments: [
    (from: 0, cursor: 8, top: 6), (from: 20, cursor: 21, top: 14), (from: 0, cursor: 99, top: 90),
    (from: 5, cursor: 6, top: 0),
  ])
  func `a page turns to the margin on the other side`(from: Int, cursor: Int, top: Int) {
    let before = ListState(cursor: cursor, top: from)
    var state = before
    state.scroll(count: 100, height: 10)
    #expect(state.top != from)
    state.turnPage(from: before, count: 100, height: 10)
    #expect(state.top == top)
    #expect(state.whole?.isEmpty == true)
  }
}
