import Foundation
import ParseCore
import Testing

extension EndToEnd {
  /// Sessions, passwords and tokens on the command line.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct AccountTests {
    private func token(_ home: Home) throws -> String {
      let profiles = try JSON(text: home.text("state/quad/profiles.json"))["profiles"]?.array
      return try #require(profiles?.first?["sessionToken"]?.string)
    }

    @Test func `devices are listed and signed out`() async throws {
      let sandbox = try await Sandboxed()
      let here = try Home()
      let there = try Home()
      try here.logIn("mara", at: sandbox.url)
      try there.logIn("mara", at: sandbox.url)
      let list = try here.quad("sessions")
      let lines = list.out.split(separator: "\n")
      #expect(list.code == 0 && lines.count == 2)
      #expect(lines.filter { $0.hasSuffix("this device") }.count == 1)
      #expect(try !list.out.contains(token(here)) && !list.out.contains(token(there)))
      let other = try #require(lines.first { !$0.hasSuffix("this device") })
      let id = try #require(other.split(separator: " ").first)
      #expect(try here.quad("sessions", "--end", String(id)).code == 0)
      #expect(try here.quad("sessions").out.split(separator: "\n").count == 1)
      let ended = try there.quad("sessions")
      #expect(ended.code == 3 && ended.err.contains("Sign in again"))
      await sandbox.stop()
    }

    @Test func `an account is made, is signed in, and its name is taken from then on`() async throws
    {
      let sandbox = try await Sandboxed()
      let home = try Home()
      let signUp = { (name: String, password: String) in
        try home.quad(
          "signup", "--server", sandbox.url, "--app-id", "campus", "--rest-key", "rest",
          "--username", name, "--email", "\(name)@example.org", "--password-stdin",
          input: password + "\n")
      }
      let made = try signUp("nora", "long words")
      #expect(made.code == 0 && made.out.contains("Signed in as nora"))
      #expect(try home.quad("whoami").out.contains("nora"))
      let row = try sandbox.school.find("_User", where: ["username": "nora"]).first
      #expect(row?["email"] == "nora@example.org" && row?["role"] == "learner")
      let taken = try signUp("nora", "other words")
      #expect(taken.code != 0 && taken.err.contains("taken"))
      let empty = try signUp("ole", "")
      #expect(empty.code == 2 && empty.err.contains("No account was made"))
      await sandbox.stop()
    }

    @Test func `signing in again takes the place of this device`() async throws {
      let sandbox = try await Sandboxed()
      let home = try Home()
      try home.logIn("mara", at: sandbox.url)
      try home.logIn("mara", at: sandbox.url)
      #expect(try home.quad("sessions").out.split(separator: "\n").count == 1)
      await sandbox.stop()
    }

    @Test func `a new password keeps this device signed in`() async throws {
      let sandbox = try await Sandboxed()
      let home = try Home()
      try home.logIn("kai", at: sandbox.url)
      let before = try token(home)
      let wrong = try home.quad("password", "--password-stdin", input: "not it\nbetter word\n")
      #expect(wrong.code == 3 && wrong.err.contains("password is not right"))
      #expect(try home.quad("password", "--password-stdin", input: "demo\n\n").code == 2)
      let changed = try home.quad("password", "--password-stdin", input: "demo\nbetter word\n")
      #expect(changed.code == 0 && !(changed.out + changed.err).contains("better word"))
      #expect(try token(home) != before)
      #expect(try home.quad("sessions").code == 0)
      let old = try home.quad("login", "--password-stdin", input: "demo\n")
      #expect(old.code == 3)
      #expect(try home.quad("login", "--password-stdin", input: "better word\n").code == 0)
      await sandbox.stop()
    }

    @Test func `a link for a forgotten password says nothing of the address`() async throws {
      let sandbox = try await Sandboxed()
      let home = try Home()
      #expect(try home.quad("password", "--forgot", "nobody@x.example").code == 2)
      try home.logIn("kai", at: sandbox.url)
      let asked = try home.quad("password", "--forgot", "nobody@x.example")
      #expect(asked.code == 0 && asked.out.contains("If the server knows this address"))
      await sandbox.stop()
    }

    @Test func `a token of a command is not stored`() async throws {
      let sandbox = try await Sandboxed()
      let first = try Home()
      try first.logIn("lind", at: sandbox.url)
      let home = try Home()
      let secret = try token(first)
      try secret.write(toFile: home.file("vault"), atomically: false, encoding: .utf8)
      let signedIn = try home.quad(
        "login", "--server", sandbox.url, "--app-id", "campus", "--rest-key", "rest",
        "--token-command", "cat '\(home.file("vault"))'")
      #expect(signedIn.code == 0 && signedIn.out.contains("lind, instructor"))
      #expect(!home.text("state/quad/profiles.json").contains(secret))
      #expect(try home.quad("whoami").out.hasPrefix("lind, instructor on \(sandbox.url)\n"))
      #expect(try home.quad("sessions").code == 0)
      try FileManager.default.removeItem(atPath: home.file("vault"))
      let locked = try home.quad("sessions")
      #expect(locked.code == 10 && locked.err.contains("token command failed"))
      await sandbox.stop()
    }

    @Test func `no core file can hold a secret`() throws {
      let outcome = try Home().quad(
        "login", "--server", "https://crm.invalid/parse", "--app-id", "campus",
        "--token-command", "echo \"cores: $(ulimit -H -c)\" >&2; exit 1")
      #expect(outcome.code == 10 && outcome.err.contains("cores: 0\n"))
    }

    @Test func `the environment's proxy is used, and named when it is down`() throws {
      let outcome = try Home().quad(
        "login", "--server", "http://crm.invalid/parse", "--app-id", "campus", "--username", "mara",
        "--allow-insecure-http", "--password-stdin", input: "demo\n",
        changes: ["http_proxy": "http://127.0.0.1:\(try freePort())"])
      #expect(outcome.code == 11 && outcome.err.contains("through the proxy"))
    }

    @Test func `a file of certificates that is not there is said at once`() throws {
      let outcome = try Home().quad(
        "login", "--server", "https://crm.invalid/parse", "--app-id", "campus", "--ca-file",
        "/nonexistent/authority.pem", "--username", "mara", "--password-stdin", input: "demo\n")
      #expect(outcome.code == 2 && outcome.err.contains("/nonexistent/authority.pem"))
    }
  }
}
