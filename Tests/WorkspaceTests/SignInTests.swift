import ParseCore
import Sandbox
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(4)))
struct SignInTests {
  @Test(arguments: [("mara", "coordinator"), ("lind", "instructor"), ("kai", "sales")])
  func `a sign-in brings the user, the role and a session`(name: String, role: String) async throws
  {
    let desk = try await Desk()
    let profile = try await desk.logIn(name)
    #expect(profile.username == name && profile.role == role)
    #expect(profile.serverURL == desk.url)
    #expect(profile.sessionToken?.isEmpty == false && !profile.userId.isEmpty)
    #expect(try await desk.logIn(name).installationId != profile.installationId)
    await desk.server.stop()
  }

  @Test func `a wrong password says so and names no field's value`() async throws {
    let desk = try await Desk()
    await #expect {
      _ = try await SignIn.logIn(
        SignIn.Server(url: desk.url, applicationId: "campus", restKey: "rest"),
        username: "mara", password: "no such word", environment: [:], now: Desk.now())
    } throws: { error in
      let words = (error as? WorkspaceError)?.words(duringSignIn: true) ?? ""
      return words.contains("password") && !words.contains("no such word")
    }
    await desk.server.stop()
  }

  @Test func `signing out twice is no error`() async throws {
    let desk = try await Desk()
    let profile = try await desk.logIn()
    try await SignIn.logOut(profile, environment: [:])
    try await SignIn.logOut(profile, environment: [:])
    await desk.server.stop()
  }
}
