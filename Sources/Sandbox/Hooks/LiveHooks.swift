import ParseCore

/// The Cloud Code of LiveQuery (reference/domain.md §4.4). That a learner hears of his own rows only
/// is the rows' ACL.
extension Backend {
  /// - Throws: what keeps a client without a session out; its words are those of Parse Server's
  ///   `requireUser`.
  func runBeforeConnect(_ token: String?, isMaster: Bool) throws(ParseError) {
    guard options.runsHooks, !isMaster, listener(token).userId == nil else { return }
    throw .invalid("Validation failed. Please login to continue.")
  }

  /// - Throws: what keeps everybody from a class nobody is to follow.
  func runBeforeSubscribe(_ className: String) throws(ParseError) {
    guard options.runsHooks, let classes = options.liveClasses, !classes.contains(className) else {
      return
    }
    throw .refused(119, "\(className) sends no live events.")
  }
}
