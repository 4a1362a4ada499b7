import CRM

extension App {
  /// Why an action that works everywhere cannot be done now.
  func refusal(_ action: GlobalAction) -> Refusal? {
    action == .signIn && !context.sync.needsSignIn
      ? Refusal("The session still holds; there is nothing to sign in to.") : nil
  }

  mutating func openSignIn() {
    if let refusal = refusal(.signIn) {
      show(Toast(.notice, refusal.words))
      return
    }
    drawer = .signIn(SignInDrawer(context.session.username, at: context.session.server))
  }

  /// The answer to a sign-in; a drawer that was closed meanwhile no longer waits for trouble.
  mutating func receive(_ number: Int, _ trouble: SignInTrouble?) {
    if trouble == nil {
      if case .signIn? = drawer { drawer = nil }
      show(Toast(.done, "Signed in again"))
    } else if case .signIn(var form)? = drawer, form.answer(number, trouble) {
      drawer = .signIn(form)
    }
  }
}
