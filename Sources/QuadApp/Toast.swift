package import ParseCore

/// A line of news in the status line: eight seconds, or until the next one.
package struct Toast: Sendable, Hashable {
  package enum Kind: Sendable {
    case done, notice
  }

  package let kind: Kind
  package let words: String
  package let canUndo: Bool
  /// Set when it is shown; the tick takes it away.
  package var shownAt: ParseDate?

  package init(_ kind: Kind, _ words: String, canUndo: Bool = false) {
    self.kind = kind
    self.words = words
    self.canUndo = canUndo
  }

  /// Seconds a toast stays (design/screens.md §5).
  static let seconds = 8
}
