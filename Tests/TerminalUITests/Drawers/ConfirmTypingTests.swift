import TerminalUI
import Testing

struct ConfirmTypingTests {
  private func drawn(_ keys: String) -> (Confirm<Int>, String) {
    var confirm = Confirm(question: "Delete it?", yes: "delete", value: 1, typed: "Ada Cardew")
    for key in keys { _ = confirm.handle(.character(key)) }
    var canvas = Canvas(columns: 100, rows: 5)
    confirm.draw(on: &canvas, in: canvas.bounds)
    return (confirm, canvas.text)
  }

  @Test(arguments: [("", false), ("Ada", false), ("Ada Cardew", false), ("ada", true), ("x", true)])
  func `what does not begin the asked name says so`(keys: String, differs: Bool) {
    #expect(drawn(keys).1.contains("not the same") == differs)
  }

  @Test func `only the whole name agrees`() {
    #expect(!drawn("Ada").0.isTyped && drawn("Ada Cardew").0.isTyped)
    var confirm = drawn("Ada").0
    if case .chosen = confirm.handle(.enter) { Issue.record("agreed to a part") }
    confirm = drawn("Ada Cardew").0
    guard case .chosen(1) = confirm.handle(.enter) else {
      Issue.record("did not agree")
      return
    }
  }
}
