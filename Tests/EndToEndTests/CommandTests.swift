import Foundation
import Sandbox
import Testing

extension EndToEnd {
  /// Exit codes and words of the command line (reference/terminal.md §6).
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct CommandTests {
    private func logIn(
      _ home: Home, _ url: String, password: String, user: String = "admin"
    ) throws -> Home.Outcome {
      try home.quad(
        "login", "--server", url, "--app-id", "campus", "--rest-key", "rest", "--username", user,
        "--password-stdin", input: password + "\n")
    }

    @Test func `signing in, asking who, and signing out`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      let nobody = try home.quad("whoami")
      #expect(nobody.code == 3 && nobody.err.contains("quad login"))
      #expect(try home.quad().code == 3)

      let wrong = try logIn(home, sandbox.url, password: "not this one")
      #expect(wrong.code == 3)
      #expect(wrong.err.contains("password") && !wrong.err.contains("not this one"))
      #expect(!FileManager.default.fileExists(atPath: home.profiles))

      let right = try logIn(home, sandbox.url, password: "demo", user: "mara")
      #expect(right.code == 0 && right.out.contains("mara, coordinator"))
      let attributes = try FileManager.default.attributesOfItem(atPath: home.profiles)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try home.quad("whoami").out.hasPrefix("mara, coordinator on \(sandbox.url)"))

      let out = try home.quad("logout")
      #expect(out.code == 0 && out.out.contains("Signed out mara"))
      #expect(try home.quad("whoami").out.contains("signed out"))
      let again = try home.quad()
      #expect(again.code == 3 && again.err.contains("quad login"))
      #expect(try home.quad("logout").code == 0)
      #expect(!home.text("state/quad/profiles.json").contains("sessionToken"))
      await sandbox.stop()
    }

    @Test func `a server that is not there is a network error`() throws {
      let home = try Home()
      let url = "http://127.0.0.1:\(try freePort())/parse"
      let outcome = try logIn(home, url, password: "demo")
      #expect(outcome.code == 11)
      #expect(outcome.err.hasPrefix("quad: ") && !outcome.err.contains("demo"))
      #expect(outcome.out.isEmpty)
    }

    @Test func `http to another machine needs a word of consent`() throws {
      let outcome = try logIn(Home(), "http://school.example/parse", password: "demo")
      #expect(outcome.code == 10)
      #expect(outcome.err.contains("allow-insecure-http") || outcome.err.contains("https"))
    }

    @Test func `without a terminal a password is not asked for`() throws {
      let outcome = try Home().quad(
        "login", "--server", "http://127.0.0.1:1/parse", "--app-id", "campus", "--username", "mara")
      #expect(outcome.code == 2)
      #expect(outcome.err.contains("--password-stdin"))
    }

    @Test func `a profile that others can read is refused`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: home.profiles)
      for outcome in [try home.quad(), try home.quad("whoami"), try home.quad("logout")] {
        #expect(outcome.code == 10)
        #expect(outcome.err.contains("chmod 600"))
      }
      await sandbox.stop()
    }

    @Test(arguments: [
      ["--nonsense"], ["nonsense"], ["--start", "12"], ["--theme", "plaid"], ["login", "--server"],
      ["demo", "--as", "king"], ["sandbox", "--port", "70000"], ["login"],
    ])
    func `arguments that mean nothing are refused`(arguments: [String]) throws {
      let home = try Home()
      let outcome = try home.run(Home.binary, arguments)
      #expect(outcome.code == 2, "\(outcome.err)")
      #expect(!outcome.err.isEmpty && outcome.out.isEmpty)
    }

    @Test(arguments: [["--help"], ["--version"], ["demo", "--help"]])
    func `help is an answer`(arguments: [String]) throws {
      let outcome = try Home().run(Home.binary, arguments)
      #expect(outcome.code == 0 && outcome.err.isEmpty && outcome.out.contains("quad"))
    }

    @Test func `a port that is taken is said so`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      let port = String(sandbox.server.options.port)
      let outcome = try home.quad("sandbox", "--port", port)
      #expect(outcome.code == 11 && outcome.err.contains("Port \(port) is taken"))
      await sandbox.stop()
    }
  }
}
