internal import ArgumentParser
internal import Foundation
internal import TerminalUI
internal import Workspace

struct SignUp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signup", abstract: "Make an account on a server and sign in with it.",
    discussion: "The server decides the new account's role; an admin gives it another.")

  @OptionGroup var place: ServerOptions

  @Option(help: "The user name of the new account.")
  var username: String

  @Option(help: "Its e-mail address, where a link for a new password can be sent.")
  var email: String?

  @Flag(help: "Read the password from standard input, one line.")
  var passwordStdin = false

  mutating func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let profiles = ProfileStore(environment: environment)
    let target = try place.target(try profiles.load().first { !$0.isDemo })
    let (username, email) = (username, email)
    let password = try readPassword()
    let profile = try await ServerOptions.signingIn { () throws(WorkspaceError) in
      try await SignIn.signUp(
        target, username: username, password: password, email: email, environment: environment,
        now: ParseClock.now())
    }
    try profiles.save(profile)
    print(profile.greeting.text)
  }

  private func readPassword() throws -> String {
    if passwordStdin { return try checked(readLine(strippingNewline: true) ?? "") }
    let password = try checked(PasswordPrompt.answer("Password: "))
    guard try PasswordPrompt.answer("Password again: ") == password else {
      throw CommandFailure("The two passwords differ. No account was made.", .usage)
    }
    return password
  }

  private func checked(_ password: String) throws -> String {
    guard !password.isEmpty else {
      throw CommandFailure("The password is empty. No account was made.", .usage)
    }
    return password
  }
}
