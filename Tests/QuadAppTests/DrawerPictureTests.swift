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
    Picture(name: "why-quiz", user: "lind", screen: .quizzes, keys: "="),
    Picture(
      name: "bulk-confirm", user: "mara", screen: .tickets,
      keys: "fall<Enter>     /quiz<Enter>phigh<Enter>"),
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
}
