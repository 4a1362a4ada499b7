package import ParseCore
package import TerminalUI

/// What the main loop runs: messages change it, effects are what it wants done, drawing shows it.
package protocol Program: Sendable {
  /// The effects the first paint needs.
  mutating func start() -> [Effect]
  mutating func handle(_ message: Message) -> [Effect]
  /// The whole picture. Cheap enough to be made anew for every paint.
  func draw() -> Canvas
  /// The first picture has what it waited for.
  var hasAnswer: Bool { get }
  /// A picture of the last session stands in for what is waited for.
  var showsKept: Bool { get }
  /// That picture was drawn for a window of just this size.
  var showsKeptOfThisWindow: Bool { get }
  /// When the next tick changes something; nil when the minute is soon enough.
  var nextTick: ParseDate? { get }
}

extension Program {
  package var showsKept: Bool { false }
  package var showsKeptOfThisWindow: Bool { false }
}

extension App: Program {}
