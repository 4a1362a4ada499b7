internal import ArgumentParser
internal import Foundation
internal import ParseClient
internal import ParseCore
internal import TerminalUI
internal import Workspace

struct Password: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Change your password, or have a link sent for a new one.",
    discussion: "A new password signs out every other device.")

  @Option(help: "Have a link for a new password sent to this address.")
  var forgot: String?

  @Flag(help: "Read the old and the new password from standard input, one line each.")
  var passwordStdin = false

  mutating func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let profiles = ProfileStore(environment: environment)
    if let forgot {
      try await sendLink(to: forgot, try Quad.account(profiles), environment)
    } else {
      try await change(profiles, environment)
    }
  }

  private func sendLink(
    to email: String, _ profile: Profile?, _ environment: [String: String]
  ) async throws {
    guard let profile else {
      throw CommandFailure("Say where first: quad login --server URL --app-id ID", .usage)
    }
    do throws(WorkspaceError) {
      try await SignIn.requestPasswordReset(
        profile.server, email: email, environment: environment, now: ParseClock.now())
    } catch {
      throw CommandFailure(error.words, .workspace(error))
    }
    print("If the server knows this address, a link is on its way to it.")
  }

  private func change(_ profiles: ProfileStore, _ environment: [String: String]) async throws {
    guard let profile = try Quad.signedIn(profiles) else {
      throw CommandFailure("Nobody is signed in. Run: quad login", .signIn)
    }
    let old = try read("Old password: ")
    let new = try read("New password: ")
    guard !new.isEmpty else { throw CommandFailure("The new password is empty.", .usage) }
    guard try passwordStdin || read("New password again: ") == new else {
      throw CommandFailure("The two new passwords differ. Nothing was changed.", .usage)
    }
    let changed: Profile
    do throws(WorkspaceError) {
      changed = try await SignIn.changePassword(
        of: profile, from: old, to: new, environment: environment)
    } catch {
      throw CommandFailure(error.words(duringSignIn: true), .workspace(error))
    }
    try profiles.save(changed)
    print(
      changed.tokenCommand == nil
        ? "The password is changed. Other devices are signed out."
        : "The password is changed. Your token command prints an ended token: sign in anew.")
  }

  private func read(_ question: String) throws -> String {
    passwordStdin ? readLine(strippingNewline: true) ?? "" : try PasswordPrompt.answer(question)
  }
}

struct Sessions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the devices you are signed in on, or sign one out.")

  @Option(help: "Sign this device out, by its id in the list.")
  var end: String?

  mutating func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    guard let profile = try Quad.signedIn(ProfileStore(environment: environment)) else {
      throw CommandFailure("Nobody is signed in. Run: quad login", .signIn)
    }
    do throws(WorkspaceError) {
      if let end {
        try await SignIn.endSession(end, of: profile, environment: environment)
        print("That device is signed out.")
      } else {
        for row in try await SignIn.sessions(of: profile, environment: environment) {
          print(Self.line(row, of: profile))
        }
      }
    } catch {
      throw CommandFailure(error.words, .workspace(error))
    }
  }

  private static func line(_ row: SessionRow, of profile: Profile) -> String {
    let since = row.createdAt.map { "since \($0.iso.prefix(10))" } ?? ""
    let until = row.expiresAt.map { "until \($0.iso.prefix(10))" } ?? ""
    let here = row.installationId == profile.installationId ? "this device" : ""
    let parts = [row.objectId ?? "", since, until, here].filter { !$0.isEmpty }
    return SafeLine(parts.joined(separator: "  ")).text
  }
}
