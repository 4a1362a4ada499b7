import Foundation
import ParseClient
import ParseCore
import Sandbox
import Testing

@testable import Workspace

/// Where tokens and passwords lie, and where not.
@Suite(.timeLimit(.minutes(4)))
struct SecretTests {
  private func server(_ desk: Desk) -> SignIn.Server {
    SignIn.Server(url: desk.url, applicationId: "campus", restKey: "rest")
  }

  @Test func `a new sign-in of a profile takes the place of its session`() async throws {
    let desk = try await Desk()
    let first = try await desk.logIn("mara")
    let second = try await SignIn.logIn(
      server(desk), username: "mara", password: DemoData.password,
      installationId: first.installationId, environment: [:], now: Desk.now())
    #expect(second.installationId == first.installationId)
    let sessions = try await SignIn.sessions(of: second, environment: [:])
    #expect(sessions.map(\.installationId) == [first.installationId])
    await desk.server.stop()
  }

  @Test func `a new password keeps this device and signs out the others`() async throws {
    let desk = try await Desk()
    let other = try await desk.logIn("mara")
    let mine = try await desk.logIn("mara")
    let changed = try await SignIn.changePassword(
      of: mine, from: DemoData.password, to: "another word", environment: [:])
    #expect(changed.sessionToken != nil && changed.sessionToken != mine.sessionToken)
    #expect(try await SignIn.sessions(of: changed, environment: [:]).count == 1)
    await #expect(throws: WorkspaceError.self) {
      _ = try await SignIn.sessions(of: other, environment: [:])
    }
    await desk.server.stop()
  }

  @Test func `a wrong old password changes nothing`() async throws {
    let desk = try await Desk()
    let mine = try await desk.logIn("mara")
    await #expect(throws: WorkspaceError.self) {
      _ = try await SignIn.changePassword(
        of: mine, from: "not it", to: "another word", environment: [:])
    }
    #expect(try await desk.logIn("mara").username == "mara")
    await desk.server.stop()
  }

  @Test func `a device is signed out by its id`() async throws {
    let desk = try await Desk()
    let other = try await desk.logIn("mara")
    let mine = try await desk.logIn("mara")
    let sessions = try await SignIn.sessions(of: mine, environment: [:])
    let theirs = try #require(sessions.first { $0.installationId == other.installationId })
    try await SignIn.endSession(try #require(theirs.objectId), of: mine, environment: [:])
    let rest = try await SignIn.sessions(of: mine, environment: [:])
    #expect(rest.map(\.installationId) == [mine.installationId])
    await desk.server.stop()
  }

  @Test func `a token of a command makes a profile that does not store it`() async throws {
    let desk = try await Desk()
    let token = try #require(try await desk.logIn("kai").sessionToken)
    let profile = try await SignIn.resume(
      server(desk), token: token, tokenCommand: "pass show quad", environment: [:],
      now: Desk.now())
    #expect(profile.username == "kai" && profile.role == "sales")
    let store = ProfileStore(path: desk.home + "/profiles.json")
    try store.save(profile)
    #expect(try !String(contentsOfFile: store.path, encoding: .utf8).contains(token))
    let stored = try #require(try store.load().first)
    #expect(stored.sessionToken == nil && !stored.isSignedOut)
    try store.signOut(stored)
    #expect(try store.load().first?.isSignedOut == true)
    await desk.server.stop()
  }

  @Test(arguments: [
    ("echo r:abc", "r:abc"), ("printf 'r:abc\\r\\nmore\\n'", "r:abc"), ("printf r:abc", "r:abc"),
  ])
  func `the first line of the token command is the token`(command: String, token: String) throws {
    #expect(try TokenCommand.run(command) == token)
  }

  @Test(arguments: [
    ("exit 3", "failed"), ("true", "no token"), ("echo", "no token"),
    ("echo 'two words'", "no token"),
    ("echo r:secret; exit 1", "failed"), ("no-such-command-here 2>/dev/null", "failed"),
  ])
  func `a token command that gives none says so without its output`(
    command: String, words: String
  ) {
    #expect {
      _ = try TokenCommand.run(command)
    } throws: { error in
      let said = (error as? ProfileError)?.words ?? ""
      return said.contains(words) && !said.contains("secret")
    }
  }
}
