package import ParseCore

/// A line of news in the status line: eight seconds, or until the next one.
package struct Toast: Sendable, Hashable {
  package enum Kind: Sendable {
    case done, notice
  }

  package let kind: Kind
  package let words: String
  package let canUndo: Bool
  /// Where something can be done about it; its digit goes there.
  package let next: Next?
  /// Set when it is shown; the tick takes it away.
  package var shownAt: ParseDate?

  package init(_ kind: Kind, _ words: String, canUndo: Bool = false, next: Next? = nil) {
    self.kind = kind
    self.words = words
    self.canUndo = canUndo
    self.next = next
  }

  package struct Next: Sendable, Hashable {
    package let screen: ScreenID
    /// What is done there.
    package let word: String
  }

  /// Seconds a toast stays (design/screens.md §5).
  static let seconds = 8
}
