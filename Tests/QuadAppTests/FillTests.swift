import CRM
import ParseCore
import QuadApp
import Sandbox
import TerminalUI
import Testing

/// The first rows, class by class.
struct FillTests {
  private static func state(_ fills: [SyncState.Fill]) -> SyncState {
    let isCounted = fills.allSatisfy { $0.total != nil }
    var state = SyncState(
      connection: .syncing(
        done: fills.reduce(0) { $0 + $1.done },
        total: isCounted ? fills.reduce(0) { $0 + ($1.total ?? 0) } : nil))
    state.fills = fills
    return state
  }

  private static let first = state([
    SyncState.Fill(className: "QuizAttempt", done: 0, total: 3400),
    SyncState.Fill(className: "Student", done: 120, total: 240),
    SyncState.Fill(className: "SupportTicket", done: 60, total: nil),
  ])
  /// The students are all here.
  private static let second = state([
    SyncState.Fill(className: "QuizAttempt", done: 1700, total: 3400),
    SyncState.Fill(className: "SupportTicket", done: 120, total: 418),
  ])

  private func fixture(_ columns: Int, _ rows: Int, start: ScreenID) -> AppFixture {
    var fixture = AppFixture(
      columns, rows, start: start, change: { school in school = School() })
    fixture.send(.sync(Self.first))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 2)))
    fixture.send(.sync(Self.second))
    return fixture
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)], [ScreenID.tickets, .outbox, .quad])
  func `the first rows are as pictured`(size: (Int, Int), start: ScreenID) throws {
    let fixture = fixture(size.0, size.1, start: start)
    try expectPicture(fixture.screen, "fill-\(start)-\(size.0)x\(size.1)")
  }

  @Test func `what is still fetched is not called missing`() {
    var fixture = AppFixture(200, 50, start: .tickets) { school in
      for id in school.enrollments.all.map(\.id) { school.remove(.enrollment, id: id) }
      school.complete.remove(.enrollment)
    }
    #expect(fixture.screen.contains("not enrolled in any course"))
    fixture.send(
      .sync(Self.state([SyncState.Fill(className: "Enrollment", done: 0, total: 520)])))
    #expect(fixture.screen.contains("enrollments are still arriving"))
    #expect(!fixture.screen.contains("not enrolled"))
  }

  @Test func `a class without rows for the user is said to have none`() throws {
    var fixture = AppFixture(start: .outbox)
    fixture.send(.sync(Self.state([SyncState.Fill(className: "Deal", done: 0, total: 0)])))
    let row = try #require(fixture.row(of: " deals "))
    #expect(fixture.line(row).hasSuffix(" none"))
  }

  @Test func `a class that is complete goes on counting`() {
    var fixture = fixture(120, 40, start: .tickets)
    #expect(fixture.line(0).contains("syncing 2 060 of 4 058"))
    fixture.send(.sync(SyncState(connection: .live)))
    fixture.send(.sync(Self.second))
    #expect(fixture.line(0).contains("syncing 1 820 of 3 818"))
  }

  @Test func `the first moment of a fill counts no kinds`() {
    var fixture = AppFixture(start: .tickets, change: { school in school = School() })
    fixture.send(.sync(Self.state([SyncState.Fill(className: "_User", done: 0, total: nil)])))
    #expect(fixture.screen.contains("Fetching tickets   the first rows are on their way"))
    #expect(!fixture.screen.contains("kinds done"))
  }

  @Test func `before a class is counted no total is told`() {
    var fixture = AppFixture(start: .tickets, change: { school in school = School() })
    fixture.send(.sync(Self.first))
    #expect(fixture.line(0).contains("syncing 180   "))
    #expect(fixture.screen.contains("60 so far"))
  }
}
