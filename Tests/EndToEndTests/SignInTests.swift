import Foundation
import ParseCore
import Sandbox
import TestTerminal
import Testing

extension EndToEnd {
  /// From nothing to a school in a terminal, and back in after the session ended.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct SignInTests {
    @Test func `the first screen signs in to a server and opens it`() throws {
      let home = try Home()
      let (sandbox, url) = try home.sandbox(scale: "tiny")
      let tmux = try Tmux(Home.binary, home: home, columns: 80, rows: 24)
      try tmux.shows("Try the demo", "Sign in to a Parse Server", "Does this look right?")
      try tmux.press("j", shows: "► Sign in to Back4app")
      try tmux.press("j", shows: "► Sign in to a Parse Server")
      try tmux.press("Enter", shows: "► Server")
      try tmux.type("http://127.0.0.1:1/parse")
      try tmux.press("Tab", shows: "► App id")
      try tmux.type("campus")
      try tmux.press("Tab", shows: "► REST key")
      try tmux.type("rest")
      try tmux.press("Tab", shows: "► Name")
      try tmux.type("mara")
      try tmux.press("Tab", shows: "► Password")
      try tmux.type("no-such-word")
      try tmux.press("Enter", shows: "► Server", "! No connection to the server.")
      try tmux.press("C-u", shows: "https://school.example/parse")
      try tmux.type(url)
      try tmux.press("Enter", shows: "► Password", "! Name or password is not right.")
      try tmux.shows(url, "campus", "mara")
      try tmux.type("demo")
      try tmux.press("Enter", shows: "1 Completion", "live", "mara")
      #expect(home.text("state/quad/profiles.json").contains("sessionToken"))
      #expect(!home.text("state/quad/profiles.json").contains("no-such-word"))
      try tmux.press("q", shows: "ended 0")
      #expect(try !tmux.screen.contains("no-such-word"))
      try tmux.end()
      #expect(sandbox.exitCode == nil)
    }

    @Test func `a page in place of Parse and open http to elsewhere say what to do`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      let console = try Console([], home: home, columns: 80, rows: 24)
      try console.press("jj\r", shows: "► Server")
      // The sandbox's root is no Parse Server: what stands there is a page for browsers.
      let root = sandbox.url.replacing("/parse", with: "/elsewhere")
      console.type("\(root)\tcampus\trest\tmara\tdemo")
      try console.press("\r", shows: "► Server", "! No Parse Server at this address. Check it.")
      console.type("\u{15}http://school.example/parse")
      try console.press("\r", shows: "Use https, or allow", "--allow-insecure-http")
      try console.press("\u{1B}", shows: "Try the demo")
      console.type("q")
      #expect(try console.waitForExit() == 0)
      #expect(console.isGivenBack && console.glass.violations == [])
      #expect(!FileManager.default.fileExists(atPath: home.profiles))
      await sandbox.stop()
    }

    @Test func `signed out, the account is known and works offline`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("mara", at: sandbox.url)
      _ = try home.quad()
      #expect(try home.quad("logout").code == 0)
      let console = try Console([], home: home, columns: 80, rows: 24)
      try console.shows("► Password", "Also here", "mara @ 127.0.0.1")
      try console.press("\u{F}", shows: "1 Completion", "offline since")
      console.type("q")
      #expect(try console.waitForExit() == 0)
      await sandbox.stop()
    }

    @Test func `after the session ended an edit waits and leaves with the new one`() async throws {
      let desk = try await TicketDesk()
      let (home, sandbox, console) = (desk.home, desk.sandbox, desk.console)
      let id = desk.id

      let admin = try #require(
        sandbox.server.rows("_User").first { $0["username"] == "admin" }?.objectId)
      sandbox.server.endSessions(userId: admin)
      try console.press("m", shows: "pending")
      try console.press("pending\r", shows: "sign in again", "C-s")
      #expect(sandbox.server.row("SupportTicket", id)?["status"] == "open")
      try console.press("\u{13}", shows: "Sign in again", "1 edit waits", "admin @ 127.0.0.1")
      try console.press("not this\r", shows: "! Name or password is not right.")
      try console.press("demo\r", shows: "Signed in again")
      try wait(for: "the edit does not arrive") {
        console.read()
        return sandbox.server.row("SupportTicket", id)?["status"] == "pending"
      }
      try console.wait(for: "end of the trouble") { screen in
        screen.contains("live") && !screen.contains("sign in again")
      }
      console.type("q")
      #expect(try console.waitForExit() == 0)
      #expect(try home.quad().code == 0)
      await sandbox.stop()
    }
  }
}
