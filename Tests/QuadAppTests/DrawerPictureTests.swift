import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

/// The drawers over their screens, in all sizes of the design.
struct DrawerPictureTests {
  struct Picture: Sendable {
    let name: String
    let user: String
    let screen: ScreenID
    let keys: String
  }

  private static let pictures = [
    Picture(name: "help", user: "kai", screen: .pipeline, keys: "?deal"),
    Picture(name: "why", user: "kai", screen: .pipeline, keys: "="),
    Picture(name: "why-ticket", user: "mara", screen: .tickets, keys: "="),
    Picture(name: "why-risk", user: "mara", screen: .completion, keys: "="),
    Picture(name: "snooze", user: "mara", screen: .tickets, keys: "Z+3d"),
    Picture(
      name: "snoozed", user: "mara", screen: .tickets, keys: "Z2h<Enter>Zmon<Enter>fsnoo<Enter>"),
    Picture(name: "why-course", user: "lind", screen: .courses, keys: "="),
    Picture(name: "why-quiz", user: "lind", screen: .quizzes, keys: "="),
    Picture(
      name: "bulk-confirm", user: "mara", screen: .tickets,
      keys: "fall<Enter>/quiz<Enter>     / 3<Enter>phigh<Enter>"),
    Picture(name: "order", user: "mara", screen: .tickets, keys: "s"),
    Picture(name: "views", user: "mara", screen: .tickets, keys: "]f"),
    Picture(name: "stage", user: "kai", screen: .pipeline, keys: "m"),
    Picture(name: "log", user: "kai", screen: .pipeline, keys: "A"),
    Picture(name: "plan", user: "kai", screen: .pipeline, keys: "t"),
    Picture(name: "deal-form", user: "kai", screen: .pipeline, keys: "i"),
    Picture(name: "lost", user: "kai", screen: .pipeline, keys: "W"),
    Picture(name: "no-match", user: "mara", screen: .tickets, keys: "/is:breached zzz<Enter>"),
    Picture(name: "closed", user: "lind", screen: .pipeline, keys: ""),
    Picture(name: "actions", user: "kai", screen: .pipeline, keys: ":"),
    Picture(name: "assign", user: "mara", screen: .tickets, keys: "a"),
    Picture(name: "status", user: "mara", screen: .tickets, keys: "m"),
    Picture(name: "student-pick", user: "mara", screen: .tickets, keys: "i<Enter>"),
    Picture(name: "learner-quad", user: "learner", screen: .quad, keys: ""),
    Picture(name: "learner-completion", user: "learner", screen: .completion, keys: ""),
    Picture(name: "learner-quizzes", user: "learner", screen: .quizzes, keys: ""),
    Picture(name: "learner-tickets", user: "learner", screen: .tickets, keys: ""),
    Picture(name: "learner-health", user: "learner", screen: .health, keys: ""),
    Picture(name: "new", user: "lind", screen: .quizzes, keys: "I"),
    Picture(name: "delete", user: "admin", screen: .tickets, keys: "D"),
    Picture(name: "attempts", user: "mara", screen: .completion, keys: "o"),
    Picture(name: "assign-low", user: "mara", screen: .tickets, keys: "jjjjjjjjja"),
  ]

  @Test(
    arguments: pictures,
    [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 50)])
  func `a drawer is as pictured`(picture: Picture, size: Size) throws {
    var fixture = AppFixture(
      size.columns, size.rows, as: picture.user, start: picture.screen)
    try fixture.type(picture.keys)
    try expectPicture(fixture.screen, "\(picture.name)-\(size.columns)x\(size.rows)")
  }

  /// Four marked tickets without a connection, one of which was high before.
  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `a batch that waits for a connection is as pictured`(
    columns: Int, rows: Int
  ) throws {
    var fixture = AppFixture(columns, rows, start: .tickets)
    try fixture.type("jj<Space><Space><Space><Space>phigh<Enter>y")
    fixture.send(
      .sync(
        SyncState(
          connection: .offline(since: fixtureNow.advanced(bySeconds: -600)), queued: 3))
    )
    try expectPicture(fixture.screen, "batch-offline-\(columns)x\(rows)")
  }

  @Test(arguments: [("y", 5), ("o", 2)])
  func `hidden rows are named, and only those in sight can be agreed to`(
    key: String, count: Int
  ) throws {
    var fixture = AppFixture(as: "mara", start: .tickets)
    try fixture.type("fall<Enter>/quiz<Enter>     / 3<Enter>phigh<Enter>")
    #expect(fixture.screen.contains("3 of the 5 are hidden by the filter quiz 3"))
    #expect(fixture.screen.contains("o only the 2 in sight"))
    #expect(fixture.taken().isEmpty)
    try fixture.type(key)
    guard case .act(let intent)? = fixture.taken().first,
      case .setPriority(let priority, let ids) = intent
    else {
      Issue.record("no priority is set")
      return
    }
    #expect(priority == .high && ids.count == count)
  }
}
