import CRM
import ParseCore
import TerminalUI

/// An activity in a timeline.
extension ActivityRow {
  /// Done, late or planned, as one sign.
  func markSpan(_ glyphs: Glyphs) -> Span {
    if isDone { return Span(glyphs.done, .good) }
    return severity == .late ? Span(glyphs.overdue, .bad) : Span(glyphs.planned, .dim)
  }

  var stateSpan: Span {
    if isUnsent { return Span("not sent", .info) }
    if isDone { return Span("") }
    return switch severity {
    case .late: Span("due", .bad)
    case .today: Span("today", .info)
    default: Span("planned", .faint)
    }
  }

  /// How long ago it was done, or how far it is; at most eight columns.
  func whenWords(_ viewpoint: Viewpoint) -> SafeLine {
    if let completedAt {
      return SafeLine(Wording.age(viewpoint.seconds(since: completedAt)))
    }
    guard let daysToDue else { return "no day" }
    if daysToDue == 1 { return "in 1d" }
    let isNear = daysToDue > -100
    return SafeLine(isNear ? Wording.ahead(days: daysToDue) : "\(-daysToDue / 7)w late")
  }

  /// The day it was or is to be done, empty without one.
  func dateWords(_ viewpoint: Viewpoint) -> SafeLine {
    (completedAt ?? dueDate).map { Wording.dated($0, viewpoint) } ?? ""
  }
}

extension Wording {
  /// With the time of day, without it for a day alone; in another year the day and the year.
  static func dated(_ instant: ParseDate, _ viewpoint: Viewpoint) -> SafeLine {
    let day = viewpoint.day(field: instant)
    guard day.civil.year == viewpoint.today.civil.year else {
      return SafeLine(Wording.longDay(day))
    }
    let time = CivilDay.isWholeDay(instant) ? "" : " " + Wording.time(instant, viewpoint)
    return SafeLine(Wording.shortDay(day) + time)
  }
}
