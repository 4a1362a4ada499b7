import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct AttemptBatchTests {
  /// Where attempts are listed, and the keys that lead there.
  private static let places: [(ScreenID, String)] = [
    (.quizzes, "<Tab>"), (.quizzes, "<Enter>"), (.completion, "o"), (.quizzes, "]"),
  ]

  @Test(arguments: places)
  func `the status of an attempt is corrected`(screen: ScreenID, keys: String) throws {
    var fixture = AppFixture(as: "admin", start: screen)
    try fixture.type(keys + "mvoided<Enter>")
    guard case .act(.setAttemptStatus(.voided, let ids))? = fixture.taken().first else {
      Issue.record("nothing was corrected by \(keys)")
      return
    }
    let id = try #require(ids.first)
    #expect(ids.count == 1 && fixture.school.attempts[id]?.status.word == .voided)
    #expect(fixture.screen.contains("is voided, was ") && fixture.screen.contains("u undo"))
  }

  @Test(arguments: places)
  func `its score is corrected in the form`(screen: ScreenID, keys: String) throws {
    var fixture = AppFixture(as: "admin", start: screen)
    try fixture.type(keys + "e")
    #expect(fixture.screen.contains("Edit quiz attempt"))
  }

  @Test func `several are shown before their status is corrected`() throws {
    var fixture = AppFixture(as: "admin", start: .quizzes)
    try fixture.type("<Tab><Space><Space><Space>mvoided<Enter>")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.screen.contains("Status voided for 3 attempts?"))
    try fixture.type("y")
    guard case .act(.setAttemptStatus(.voided, let ids))? = fixture.taken().first else {
      Issue.record("nothing was corrected")
      return
    }
    #expect(ids.count == 3 && !fixture.screen.contains("marked"))
  }

  @Test func `who never tried has nothing to correct`() throws {
    var fixture = AppFixture(as: "admin", start: .quizzes)
    try fixture.type("fnever<Enter>m")
    #expect(fixture.screen.contains("There is no attempt yet; i records one."))
    try fixture.type("e")
    #expect(fixture.taken().isEmpty && !fixture.screen.contains("Edit"))
  }

  @Test func `among the quizzes m says where the attempts are`() throws {
    var fixture = AppFixture(as: "admin", start: .quizzes)
    try fixture.type("m")
    #expect(fixture.screen.contains("Go to an attempt first: Tab leads there."))
  }
}
