package import ParseCore

package final class ActivityRow: ListRow {
  package typealias View = ActivityView

  // In an order that leaves no gaps: there are hundreds of thousands.
  package let packedID: PackedID
  private let related: PackedPointer
  private let creator: SharedText
  package let type: Term<ActivityType>
  package let isUnsent: Bool
  /// Made by the viewer.
  package let isMine: Bool
  /// Due today or on a later day of this week.
  let isDueThisWeek: Bool
  private let ahead: CompactInt
  private let due: CompactDate
  private let completed: CompactDate
  package let subject: String
  /// What the row is called that it belongs to; empty when that is not here.
  package let about: String

  package var id: RecordID { packedID.id ?? "" }
  package var relatedTo: Pointer? { related.pointer }
  package var by: String { creator.text }
  package var dueDate: ParseDate? { due.date }
  package var completedAt: ParseDate? { completed.date }
  package var isDone: Bool { completedAt != nil }
  /// Civil days until due, negative when late; nil without a day.
  package var daysToDue: Int? { ahead.value }

  package var severity: Severity {
    guard !isDone, let days = daysToDue, days <= 0 else { return .plain }
    return days < 0 ? .late : .today
  }

  init(_ activity: Activity, _ school: borrowing School, _ viewpoint: Viewpoint) {
    let days = viewpoint.day(of: activity.dueDate).map { $0 - viewpoint.today }
    packedID = activity.meta.packedID
    type = activity.type
    subject = activity.subject
    due = CompactDate(activity.dueDate)
    completed = CompactDate(activity.completedAt)
    ahead = CompactInt(days)
    about = school.subjectName(activity.relatedTo)
    related = activity.about
    creator = SharedText(school.userName(activity.createdByID))
    isUnsent = activity.meta.isUnsent
    isMine = activity.createdBy != nil && activity.createdBy == viewpoint.user
    isDueThisWeek = days.map { (0..<(7 - viewpoint.today.weekday)).contains($0) } ?? false
  }

  var words: [String] { [subject, type.label, about, by] }
}
