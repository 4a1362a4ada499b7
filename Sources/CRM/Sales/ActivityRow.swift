package import ParseCore

package final class ActivityRow: ListRow {
  package typealias View = ActivityView

  // In an order that leaves no gaps: there are hundreds of thousands.
  private let packedID: PackedID
  private let related: PackedPointer
  package let type: Term<ActivityType>
  private let ahead: CompactInt
  package let severity: Severity
  package let isUnsent: Bool
  /// Made by the viewer.
  let isMine: Bool
  /// Due today or on a later day of this week.
  let isDueThisWeek: Bool
  package let subject: String
  private let due: CompactDate
  private let completed: CompactDate
  /// What the row is called that it belongs to; empty when that is not here.
  package let about: String
  package let by: String

  package var id: RecordID { packedID.id ?? "" }
  package var relatedTo: Pointer? { related.pointer }
  package var dueDate: ParseDate? { due.date }
  package var completedAt: ParseDate? { completed.date }
  package var isDone: Bool { completedAt != nil }
  /// Civil days until due, negative when late; nil without a day.
  package var daysToDue: Int? { ahead.value }

  init(_ activity: Activity, _ school: School, _ viewpoint: Viewpoint) {
    let days = viewpoint.day(of: activity.dueDate).map { $0 - viewpoint.today }
    packedID = activity.meta.packedID
    type = activity.type
    subject = activity.subject
    due = CompactDate(activity.dueDate)
    completed = CompactDate(activity.completedAt)
    ahead = CompactInt(days)
    about = school.subjectName(activity.relatedTo)
    related = activity.about
    by = school.userName(activity.createdBy)
    severity =
      switch days {
      case let days? where activity.completedAt == nil && days < 0: .late
      case 0? where activity.completedAt == nil: .today
      default: .plain
      }
    isUnsent = activity.meta.isUnsent
    isMine = activity.createdBy != nil && activity.createdBy == viewpoint.user
    isDueThisWeek = days.map { (0..<(7 - viewpoint.today.weekday)).contains($0) } ?? false
  }

  var words: [String] { [subject, type.label, about, by] }
}
