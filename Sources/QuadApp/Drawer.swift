package import CRM
package import TerminalUI

/// What a drawer says after a key.
package enum DrawerOutcome: Sendable {
  case open
  case closed
  /// Close and run these.
  case commands([Command])
  /// Close and press the key of this row of the action tables.
  case binding(Binding)
  case view(String)
  case sort(String)
  /// Stay open and do this; its answer comes back as a message.
  case asks(Effect)
}

/// Whatever asks, on the lower lines of the screen.
package enum Drawer: Sendable {
  /// `verb` is what Enter does, for the footer.
  case picker(Picker<DrawerOutcome>, verb: SafeLine = "choose")
  case help(HelpDrawer)
  /// Something to read: an explanation with its numbers.
  case reading(ReadingDrawer)
  case confirm(Confirm<DrawerOutcome>)
  case reason(Prompt, lostDeals: [RecordID])
  /// A line for the screen below.
  case typing(Prompt)
  case form(FormDrawer)
  case signIn(SignInDrawer)
  case snooze(SnoozeDrawer)
  case copy(CopyDrawer)

  mutating func handle(_ key: Key, _ context: Context) -> DrawerOutcome {
    switch self {
    case .picker(var picker, let verb):
      let outcome = picker.handle(key)
      self = .picker(picker, verb: verb)
      return Self.flatten(outcome)
    case .help(var help):
      let outcome = help.handle(key)
      self = .help(help)
      return Self.flatten(outcome)
    case .reading: return ReadingDrawer.closes(key) ? .closed : .open
    case .confirm(var confirm):
      let outcome = confirm.handle(key)
      self = .confirm(confirm)
      return Self.flatten(outcome)
    case .reason(var prompt, let deals):
      let outcome = prompt.handle(key)
      self = .reason(prompt, lostDeals: deals)
      switch outcome {
      case .open, .unhandled: return .open
      case .cancelled: return .closed
      case .chosen(let reason):
        return .commands([.act(.loseDeals(deals, reason: reason)), .unmark])
      }
    case .typing(var prompt):
      let outcome = prompt.handle(key)
      self = .typing(prompt)
      switch outcome {
      case .open, .unhandled: return .open
      case .cancelled: return .closed
      case .chosen(let text): return .commands([.typed(text)])
      }
    case .form(var form):
      let outcome = form.handle(key, context.viewpoint)
      self = .form(form)
      return outcome
    case .signIn(var signIn):
      let outcome = signIn.handle(key)
      self = .signIn(signIn)
      return outcome
    case .copy(let copy): return copy.handle(key)
    case .snooze(var snooze):
      let outcome = snooze.handle(key)
      self = .snooze(snooze)
      return outcome
    }
  }

  static func flatten(_ outcome: Outcome<DrawerOutcome>) -> DrawerOutcome {
    switch outcome {
    case .open, .unhandled: .open
    case .cancelled: .closed
    case .chosen(let value): value
    }
  }
}
