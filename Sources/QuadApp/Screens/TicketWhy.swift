import CRM
import ParseCore
import TerminalUI

/// Why a ticket stands where it does: its pressure with all that goes into it.
struct TicketWhy {
  let row: TicketRow
  let card: TicketCard?
  /// Its place by pressure, from 1; nil in another order.
  let place: Int?
  let context: Context
  let list: Rows<TicketRow>

  /// `first`, `third`, `12th`.
  static func ordinal(_ place: Int) -> String {
    let words = ["first", "second", "third"]
    return words.indices.contains(place - 1) ? words[place - 1] : "\(place)th"
  }

  var drawer: Drawer {
    let title = row.number + (place.map { " " + Self.ordinal($0) } ?? "")
    return .reading(
      ReadingDrawer(title: SafeLine(title), note: [Span("why this place", .dim)], lines: lines))
  }

  private var lines: [[Span]] {
    let priority = row.priority.effective
    let targets = TicketPriority.allCases.reversed()
      .map { "\($0.rawValue) \(Wording.target($0.responseTarget))" }.joined(separator: ", ")
    let last = card?.lastMessageAt.map { "since the last message, " + moment($0) } ?? ""
    return [
      [Span("Waiting over the answer its priority promises; the highest first.")], [],
      line("waiting", Wording.waiting(row.waiting), last, row.severity.style),
    ] + office + [
      line("promise", Wording.target(priority.responseTarget), targets),
      line(
        "pressure", Wording.pressure(row.pressure), "soon from 0.75x, late from 1x",
        row.severity.style),
      line("age", Wording.age(row.age), "of \(Wording.target(priority.ageTarget)) to the end"), [],
      line("Counted", "", "new and open; pending, resolved and closed ones stand below"),
      line("Complete", "", completeness),
      line("As of", "", context.asOf),
    ]
  }

  /// What of the waiting counts, where office hours are set.
  private var office: [[Span]] {
    guard let hours = context.viewpoint.officeHours else { return [] }
    return [line("counted", Wording.waiting(row.counted), "in office hours, \(hours.words)")]
  }

  private func moment(_ instant: ParseDate) -> String { Wording.moment(instant, context.viewpoint) }

  private var completeness: String {
    list.isComplete
      ? "yes, all \(Wording.count(list.all)) tickets are here"
      : "no, \(Wording.count(list.all)) tickets are here so far"
  }

  private func line(
    _ label: SafeLine, _ value: String, _ words: String, _ style: Style = .text
  ) -> [Span] {
    [
      Span(left(label, 12), .dim), Span(value.isEmpty ? "" : right(SafeLine(value), 6), style),
      Span(value.isEmpty ? "" : "   "), Span(SafeLine(words), .dim),
    ]
  }
}
