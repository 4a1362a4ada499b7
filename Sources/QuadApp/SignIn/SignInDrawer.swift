import TerminalUI

/// Asks for the password of an account whose session ended; its edits wait meanwhile.
package struct SignInDrawer: Sendable {
  private var form = SignInForm()
  private var requests = 0
  private let who: SafeLine

  /// - Parameter server: The address of the account's server.
  init(_ username: String, at server: String) {
    who = SafeLine(server.isEmpty ? username : "\(username) @ \(host(of: server))")
  }

  mutating func handle(_ key: Key) -> DrawerOutcome {
    switch form.handle(key, next: requests + 1) {
    case .open: return .open
    case .closed: return .closed
    case .signIn(let number):
      requests = number
      return .asks(.signInAgain(number: number, password: form.text(.password)))
    }
  }

  /// Takes the answer; false when nobody waits for it any more.
  mutating func answer(_ number: Int, _ trouble: SignInTrouble?) -> Bool {
    form.answer(number, trouble)
  }

  var wantedRows: Int { form.wantedRows + 5 }

  var footerItems: [Footer.Item] {
    form.asked == nil
      ? [Footer.Item("Enter", "sign in"), Footer.Item("Esc", "later, edits are kept")]
      : [Footer.Item("Esc", "stop")]
  }

  /// - Parameter waiting: Edits that are not sent.
  func draw(_ canvas: inout Canvas, _ rect: Rect, waiting: Int) {
    canvas.area(rect) { canvas in
      canvas.fill(canvas.bounds)
      TitledRule.drawer("Sign in again", note: [Span(who, .dim)]).draw(on: &canvas, row: 0)
      canvas.put(news(waiting), row: 2, column: 4, width: canvas.size.columns - 5, style: .dim)
      _ = form.draw(
        on: &canvas, row: 4, column: 4,
        width: min(48, max(10, canvas.size.columns - 6 - SignInForm.valueColumn)), gap: 0)
    }
  }

  private func news(_ waiting: Int) -> SafeLine {
    switch waiting {
    case 0: "The session ended. What is here can be read and edited meanwhile."
    case 1: "The session ended. 1 edit waits here and leaves after the sign-in."
    default: SafeLine("The session ended. \(waiting) edits wait here and leave after the sign-in.")
    }
  }
}
