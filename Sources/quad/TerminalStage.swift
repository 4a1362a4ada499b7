internal import Glibc
internal import TerminalUI

/// The terminal taken over, with the guard that gives it back whatever happens.
@MainActor
struct TerminalStage {
  let warden: TerminalGuard
  let screen: CursesScreen

  init(_ environment: [String: String], _ look: LookOptions) throws(CommandFailure) {
    do {
      warden = try TerminalGuard(terminal: 1)
    } catch {
      throw CommandFailure(error.description, .usage)
    }
    do {
      screen = try CursesScreen(
        options: .init(
          environment: environment, theme: look.theme ?? .auto, background: look.background,
          ascii: look.ascii), guard: warden)
    } catch {
      warden.close()
      throw CommandFailure(error.description, .usage)
    }
  }

  func close() {
    screen.close()
    warden.close()
  }

  /// Whether there is a terminal to paint on and to read keys from.
  static func canPaint(_ environment: [String: String]) -> Bool {
    isatty(0) == 1 && isatty(1) == 1 && !["", "dumb"].contains(environment["TERM"] ?? "")
  }
}
