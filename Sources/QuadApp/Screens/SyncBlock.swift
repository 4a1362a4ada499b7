import CRM
import ParseCore
import TerminalUI

/// How fresh the rows are and how many are on this machine, below what waits to be sent.
struct SyncBlock {
  let context: Context

  /// Lines that the block takes with all it has to say.
  static let height = 10

  /// The next free row comes back.
  @discardableResult
  func draw(_ canvas: inout Canvas, row: Int) -> Int {
    TitledRule([Span("Sync", .strong)]).draw(on: &canvas, row: row)
    let room = canvas.size.rows - row - 1
    let width = canvas.size.columns - 16
    let above = links(width) + bars(width) + sync + disk
    let lines = Array((above + cache(width, most: room - above.count)).prefix(max(0, room)))
    for (index, line) in lines.enumerated() {
      canvas.put(
        [Span(left(line.0, 11), .dim)] + line.1, row: row + 1 + index, column: 4,
        width: canvas.size.columns - 5)
    }
    return row + 1 + lines.count
  }

  /// A bar for each class whose first rows arrive.
  private func bars(_ width: Int) -> [(SafeLine, [Span])] {
    guard let fill = context.fill else { return [] }
    return FillBars(fill: fill, glyphs: context.glyphs).lines(width).map { ("", $0) }
  }

  /// Bytes left on the disk under which it is worth a word: an edit that has no room is refused.
  private static let lowDisk = 500_000_000

  private var disk: [(SafeLine, [Span])] {
    guard let free = context.cache?.free, free < Self.lowDisk else { return [] }
    return [
      (
        "disk",
        [
          Span(SafeLine("\(Wording.bytes(free)) left"), .warn),
          Span("; when it is full no edit can be kept", .dim),
        ]
      )
    ]
  }

  /// The cache in one line, where there is no room for the block.
  func drawShort(_ canvas: inout Canvas, row: Int) {
    guard let facts = context.cache else { return }
    let pins = facts.pins.count == 1 ? "1 pin" : "\(facts.pins.count) pins"
    canvas.put(
      [Span(left("cache", 11), .dim), Span(SafeLine("\(size(facts)), \(pins)"))], row: row,
      column: 4)
  }

  private var sync: [(SafeLine, [Span])] {
    let sync = context.sync
    let viewpoint = context.viewpoint
    let asOf = sync.asOf.map { Wording.moment($0, viewpoint) }
    let undecided = sync.conflicts + sync.refused
    let queue = [
      sync.queued > 0 ? "\(sync.queued) to send" : "nothing to send",
      sync.queuedSince.map { "oldest from \(Wording.time($0, viewpoint))" },
      sync.nextTryAt.map { "next try at \(Wording.time($0, viewpoint)), R tries now" },
      undecided == 0 ? nil : "\(undecided) wait\(undecided == 1 ? "s" : "") for your decision",
    ].compactMap(\.self).joined(separator: ", ")
    return [
      ("rows", [Span(SafeLine(asOf.map { "as of \($0)" } ?? "as they arrive"))]),
      ("queue", [Span(SafeLine(queue))]),
    ]
  }

  /// - Parameter most: Lines.
  private func cache(_ width: Int, most: Int) -> [(SafeLine, [Span])] {
    guard let facts = context.cache else { return [] }
    let classes = facts.rows.map { rows in
      let name = SchoolClass(rawValue: rows.className)?.plural ?? rows.className
      return "\(name) \(Wording.count(rows.count))"
    }
    let pins = facts.pins.map { pin in
      let viewpoint = context.viewpoint
      let days = viewpoint.today - viewpoint.day(at: pin.since)
      return "\(pin.name) \(Wording.count(pin.rows)), \(Wording.touch(days: days))"
    }
    return [("cache", [Span(SafeLine(size(facts)))])]
      + lines("", classes, width, most: min(3, most - 2)).map { ($0.0, [Span($0.1, .dim)]) }
      + lines("pins", pins.isEmpty ? ["none"] : pins, width, most: most < 6 ? 1 : 2)
      .map { ($0.0, [Span($0.1)]) }
  }

  private func size(_ facts: CacheFacts) -> String {
    let count = facts.rows.reduce(0) { $0 + $1.count }
    return "\(Wording.bytes(facts.bytes)) on disk, \(Wording.count(count)) rows"
  }

  /// Words side by side in as few lines as they fit in; of what does not fit, how many.
  private func lines(
    _ label: SafeLine, _ words: [String], _ width: Int, most: Int
  ) -> [(SafeLine, SafeLine)] {
    var lines: [String] = []
    for (index, word) in words.enumerated() {
      let joined = lines.last.map { "\($0)   \(word)" } ?? word
      let isLast = lines.count >= most && index < words.count - 1
      if !lines.isEmpty, SafeLine(joined).width <= width - (isLast ? 14 : 0) {
        lines[lines.count - 1] = joined
      } else if lines.count < most {
        lines.append(word)
      } else if !lines.isEmpty {
        lines[lines.count - 1] += "   and \(words.count - index) more"
        break
      }
    }
    return lines.enumerated().map { ($0.offset == 0 ? label : "", SafeLine($0.element)) }
  }

  /// The state of the link, and while rows are fetched how to leave it be.
  private func links(_ width: Int) -> [(SafeLine, [Span])] {
    guard case .syncing = context.sync.connection else { return [("link", link)] }
    let stop = Span("q stops, and the next start goes on from there", .dim)
    let line = link + [Span("; ", .dim), stop]
    if line.width <= width { return [("link", line)] }
    return [("link", link), ("", [stop])]
  }

  private var link: [Span] {
    let viewpoint = context.viewpoint
    switch context.sync.connection {
    case .starting: return [Span("starting")]
    case .live: return [Span("live, changes arrive by themselves")]
    case .polling(let asOf):
      return [
        Span(SafeLine("asking by the clock, last at \(Wording.time(asOf, viewpoint))"))
      ]
    case .syncing(let done, let total):
      let (done, total) = context.fill.map { ($0.done, $0.total) } ?? (done, total)
      let pace = context.fill?.words(now: viewpoint.now)
      let rows =
        "fetching, \(Wording.count(done))" + (total.map { " of \(Wording.count($0))" } ?? "")
        + " rows"
      return [Span(SafeLine([rows, pace].compactMap(\.self).joined(separator: ", ")), .info)]
    case .offline(let since):
      return [Span(SafeLine("down since \(Wording.time(since, viewpoint))"), .warn)]
    }
  }
}
