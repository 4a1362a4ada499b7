internal import ParseClient
internal import SyncEngine

extension Workspace {
  /// Begins to sign in again after the session ended; a notice with the number says how it went.
  ///
  /// Edits stay in the outbox and leave once the session is new.
  package func signInAgain(_ number: Int, password: String) {
    tasks.append(
      Task {
        do throws(WorkspaceError) {
          try await self.renewSession(password)
          self.deliver(.signedIn(number, nil))
        } catch {
          self.deliver(.signedIn(number, error))
        }
      })
  }

  private func renewSession(_ password: String) async throws(WorkspaceError) {
    var renewed = try await SignIn.logIn(
      profile.server, username: profile.username, password: password,
      installationId: profile.installationId, environment: options.environment, now: options.now())
    // Another user's session must not send this one's edits.
    guard renewed.userId == profile.userId else { throw .otherUser(profile.username) }
    renewed.isDemo = profile.isDemo
    do throws(ProfileError) {
      try ProfileStore(environment: options.environment).save(renewed)
    } catch {
      throw .profile(error)
    }
    await engine.signedIn(with: renewed.sessionToken)
  }
}
