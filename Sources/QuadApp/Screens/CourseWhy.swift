import CRM
import TerminalUI

/// What the numbers of a course are over.
struct CourseWhy {
  let row: CourseRow
  let isComplete: Bool
  let context: Context

  var drawer: Drawer {
    .reading(
      ReadingDrawer(
        title: SafeLine("\(row.code)  mean \(Wording.integer(row.mean))"),
        note: [Span("why these numbers", .dim)], lines: lines))
  }

  private var lines: [[Span]] {
    let isWhole = context.viewpoint.readsWholeStudent(.enrollment)
    let sentence: SafeLine =
      isWhole
      ? "Over the active enrollments of the course, each counted once."
      : "Over the active enrollments that are open to you; the course may have more."
    let all = isWhole ? "yes, all rows are here" : "yes, all that are open to you"
    let share = Statistics.share(row.atTarget, of: row.active)
    let target = row.target
    return [
      [Span(sentence)], [],
      .why("Mean", Wording.integer(row.mean), "of their progress"),
      .why(
        "Target", Wording.integer(target),
        target == nil ? "the course has none, so nobody is behind it" : "of the course"),
      .why(
        "Colour", "", "soon from 10 points below the target, late from 25"),
      .why(
        "At target", target == nil ? Wording.nothing : Wording.share(share),
        "\(Wording.count(row.atTarget)) of \(Wording.count(row.active)) have reached it"),
      .why("Quiz", Wording.integer(row.meanScore), "mean of all scored tries"),
      .why(
        "Tickets", Wording.count(row.openTickets),
        "open, of its active learners, about anything"),
      .why("Complete", "", isComplete ? all : "no, more are on their way"),
      .why("As of", "", context.asOf),
    ]
  }
}
