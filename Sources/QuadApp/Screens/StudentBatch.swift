import CRM
import TerminalUI

/// Acts on one student or on the marked ones.
struct StudentBatch {
  /// The students, those a view or a filter hides among them.
  let rows: [CompletionRow]
  let visible: Set<RecordID>
  let context: Context

  private var ids: [RecordID] { rows.map(\.id) }

  /// Progress of the active course furthest behind.
  func progress(by points: Double) -> [Command] {
    batch(.init(name: "Student", place: "Course", change: "Progress", isNumber: true)) { row in
      guard let course = row.furthestBehind else {
        return ("", "-", .stays("no active course"))
      }
      let now = course.progress ?? 0
      let then = min(max(now + points, 0), 100)
      let present = SafeLine(Wording.integer(now))
      return (
        course.code, present,
        then == now ? .stays("already") : .becomes(SafeLine(Wording.integer(then)))
      )
    }.commands(
      .changeWorstProgress(by: points, students: ids),
      "\(points > 0 ? "Raise" : "Lower") the progress of")
  }

  func claim() -> [Command] {
    let me = context.session.username
    return batch(.init(name: "Student", change: "Owner")) { row in
      let owner = SafeLine(row.owner.isEmpty ? "nobody" : row.owner)
      return ("", owner, row.owner == me ? .stays("yours already") : .becomes("you"))
    }.commands(.claimStudents(ids), "Make me the owner of")
  }

  /// Ends the active course furthest behind, or takes up again the one that was ended last.
  func setActive(_ isActive: Bool) -> [Command] {
    let courses = rows.compactMap { isActive ? $0.endedLast : $0.furthestBehind }
    return batch(.init(name: "Student", place: "Course", change: "State")) { row in
      guard let course = isActive ? row.endedLast : row.furthestBehind else {
        return ("", "-", .stays(isActive ? "no ended course" : "no active course"))
      }
      return (
        course.code, isActive ? "ended" : "active", .becomes(isActive ? "active" : "not active")
      )
    }.commands(
      .setActive(isActive, enrollments: courses.map(\.enrollment)),
      isActive ? "Take up the last ended course of" : "End the course furthest behind of")
  }

  /// The two ways for a course's place in the statistics.
  func activity(_ name: String) -> Command {
    let choices: [(SafeLine, Bool)] = [
      ("not active: the course furthest behind ends", false),
      ("active: the course ended last goes on", true),
    ]
    let items = choices.map { words, isActive in
      PickerItem(DrawerOutcome.commands(setActive(isActive)), words)
    }
    return .drawer(
      .picker(
        Picker(
          title: SafeLine("Course of \(name)"), items: items, placeholder: "type or choose"),
        verb: "set"))
  }

  private func batch(
    _ heads: RowBatch.Heads,
    _ outcome: (CompletionRow) -> (place: String, now: SafeLine, RowBatch.Outcome)
  ) -> RowBatch {
    RowBatch(
      lines: rows.map { row in
        let (place, now, then) = outcome(row)
        return RowBatch.Line(
          name: row.name, place: place, now: now, outcome: then,
          isHidden: !visible.contains(row.id))
      }, heads: heads, things: "students", context: context)
  }
}
