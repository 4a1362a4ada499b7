import CRM
import TerminalUI

/// Corrects the status of one quiz attempt or of the marked ones.
struct AttemptBatch {
  let rows: [AttemptRow]
  let visible: Set<RecordID>
  let context: Context

  /// Asks for the status; several rows are shown before they are changed.
  func status() -> Command {
    let items = AttemptStatus.allCases.map { status in
      PickerItem(DrawerOutcome.commands(set(status)), SafeLine(Term.known(status).label))
    }
    let present = rows.count == 1 ? rows.first?.status.label ?? "" : ""
    let title = rows.count == 1 ? rows.first?.quiz ?? "" : "\(rows.count) attempts"
    return .drawer(
      .picker(
        Picker(
          title: SafeLine("Status of \(title)"), items: items,
          present: present.isEmpty ? [] : [Span("now ", .faint), Span(SafeLine(present), .dim)],
          placeholder: "type or choose",
          cursor: AttemptStatus.allCases.firstIndex { Term.known($0).label == present } ?? 0),
        verb: "set"))
  }

  private func set(_ status: AttemptStatus) -> [Command] {
    let word = Term.known(status).label
    return RowBatch(
      lines: rows.map { row in
        RowBatch.Line(
          name: row.studentName.isEmpty ? row.quiz : row.studentName,
          place: row.score.map { Wording.integer($0) } ?? "-",
          now: SafeLine(row.status.label),
          outcome: row.status.word == status ? .stays("already") : .becomes(SafeLine(word)),
          isHidden: !visible.contains(row.id))
      }, heads: .init(name: "Student", place: "Score", change: "Status"), things: "attempts",
      context: context
    ).commands(.setAttemptStatus(status, attempts: rows.map(\.id)), "Status \(word) for")
  }
}
