import CRM
import TerminalUI

/// From one record to the next without going back to the list it was opened from.
extension App {
  /// Whether a card stands alone over a list, opened by a key that only opens.
  private var canStep: Bool {
    cards.count == 1 && (opener == .enter || opener == .character("o"))
  }

  /// Moves the cursor of the list below and opens what it is on then; at the end nothing changes.
  mutating func stepRecord(_ motion: Motion) -> [Effect] {
    guard canStep, let key = opener else { return [] }
    let open = cards
    cards = []
    let before = top.target
    top.move(motion, context)
    guard top.target != before, let commands = top.press(key, context) else {
      cards = open
      return []
    }
    return run(commands)
  }

  /// The place in the list and the ways on, for the trail; nil where there are none.
  var stepSpans: [Span]? {
    guard canStep else { return nil }
    var below = self
    below.cards = []
    let place = below.top.position(context)
    guard !place.isEmpty else { return nil }
    return [
      Span(place, .dim), Span("   "), Span("[ ]", .accent), Span(" previous, next", .dim),
    ]
  }
}
