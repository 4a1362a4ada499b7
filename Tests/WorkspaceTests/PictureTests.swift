import JSONCache
import ParseCore
import Testing

@testable import Workspace

/// Pictures kept for the next start.
@Suite(.timeLimit(.minutes(4)))
struct PictureTests {
  private func open(_ desk: Desk, _ username: String) throws -> Workspace {
    let profile = Profile(
      serverURL: "http://127.0.0.1:1/parse", applicationId: "campus", username: username,
      userId: username, installationId: "i", lastUsed: Desk.now())
    return try Workspace(profile: profile, options: desk.options(offline: true)) { _ in }
  }

  @Test func `a picture is there for the next start of the same account only`() async throws {
    let desk = try await Desk()
    let first = try open(desk, "mara")
    #expect(first.keptPictures("0 ").isEmpty)
    let picture = ["0 80x24": "\n.0ab\t.0é"]
    await first.keep(pictures: picture)
    await first.close()

    let again = try open(desk, "mara")
    #expect(again.keptPictures("0 ") == picture)
    #expect(again.keptPictures("1 ").isEmpty)
    await again.close()
    let other = try open(desk, "kai")
    #expect(other.keptPictures("0 ").isEmpty)
    await other.close()
  }

  @Test func `a damaged one is none`() async throws {
    let desk = try await Desk()
    let workspace = try open(desk, "mara")
    try await workspace.store.setSavedState("picture a", .bool(true))
    #expect(workspace.keptPictures("a").isEmpty)
    await workspace.keep(pictures: ["a": "whole"])
    #expect(workspace.keptPictures("a") == ["a": "whole"])
    await workspace.close()
  }

  @Test func `windows of many sizes do not fill the cache`() async throws {
    let desk = try await Desk()
    let workspace = try open(desk, "mara")
    for size in 0..<150 {
      await workspace.keep(pictures: ["0 \(size)": "a", "1 \(size)": "b"])
    }
    #expect(workspace.keptPictures("0 149") == ["0 149": "a"])
    #expect(workspace.keptPictures("1 149") == ["1 149": "b"])
    #expect(try await workspace.store.savedStates(prefix: "picture ").count <= 120)
    await workspace.close()
  }
}
