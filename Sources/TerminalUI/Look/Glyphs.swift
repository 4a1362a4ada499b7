/// The signs of the house in one character set (design/screens.md §4). Each is one column wide.
package struct Glyphs: Sendable, Hashable {
  package var cursor: SafeLine
  package var marked: SafeLine = "*"
  package var unsent: SafeLine = "~"
  package var stripeLate: SafeLine
  package var stripeSoon: SafeLine
  package var bar: SafeLine
  /// Half a bar cell that goes on as a rule.
  package var barHalf: SafeLine
  /// Half a bar cell with nothing after it.
  package var barEnd: SafeLine
  package var rule: SafeLine
  package var noStep: SafeLine
  package var today: SafeLine
  package var tick: SafeLine
  package var tickReached: SafeLine
  /// Seven heights, lowest first.
  package var columns: [SafeLine]
  /// A full cell; only in large charts.
  package var block: SafeLine
  package var sortedDown: SafeLine
  package var sortedUp: SafeLine
  package var becomes: SafeLine
  package var prompt: SafeLine
  package var chosenOpen: SafeLine
  package var chosenClose: SafeLine
  package var done: SafeLine
  package var overdue: SafeLine = "!"
  package var planned: SafeLine
  package var seen: SafeLine
  package var empty: SafeLine
  package var nothing: SafeLine = "-"
  package var minus: SafeLine
  package var ellipsis: SafeLine
  package var axisTick: SafeLine
  /// Whether all signs are ASCII.
  package var isASCII: Bool

  package static let unicode = Glyphs(
    cursor: "►", stripeLate: "▌", stripeSoon: "▎", bar: "━", barHalf: "╾", barEnd: "╸", rule: "─",
    noStep: "╌", today: "╍", tick: "┼", tickReached: "┿",
    columns: ["▁", "▂", "▃", "▄", "▅", "▆", "▇"], block: "█", sortedDown: "▾", sortedUp: "▴",
    becomes: "▸", prompt: "›", chosenOpen: "‹", chosenClose: "›", done: "✓", planned: "▹",
    seen: "∙", empty: "∅", minus: "−", ellipsis: "…", axisTick: "┬", isASCII: false)

  /// For `ambiguous=2`, locales that are not UTF-8, `TERM=linux` and `ascii: true`.
  package static let ascii = Glyphs(
    cursor: ">", stripeLate: "!", stripeSoon: ":", bar: "=", barHalf: "=", barEnd: "=", rule: "-",
    noStep: ".", today: "+", tick: "|", tickReached: "#",
    columns: ["_", "1", "2", "3", "4", "5", "6"], block: "#", sortedDown: "v", sortedUp: "^",
    becomes: ">", prompt: ">", chosenOpen: "<", chosenClose: ">", done: "+", planned: "o",
    seen: ".", empty: "?", minus: "-", ellipsis: "~", axisTick: "+", isASCII: true)
}
