import ParseCore

/// What activities say about the thing they belong to: the next planned step and the last touch.
struct Care {
  private var next: (day: CivilDay?, type: Term<ActivityType>, meta: RecordMeta)?
  private(set) var touch: ParseDate?

  init() {}

  /// - Parameter id: the deal or contact; other classes may use the same id.
  init(
    _ activities: [Activity], about kind: SchoolClass, changed: ParseDate?, _ viewpoint: Viewpoint
  ) {
    touch = changed
    if activities.isEmpty { return }
    let kind = SharedText(kind.rawValue)
    for activity in activities where activity.about.className == kind {
      touch = Self.later(touch, Self.later(activity.completedAt, activity.meta.createdAt))
      guard activity.isStep else { continue }
      add((viewpoint.day(of: activity.dueDate), activity.type, activity.meta))
    }
  }

  mutating func merge(_ other: Care) {
    touch = Self.later(touch, other.touch)
    if let next = other.next { add(next) }
  }

  /// The earliest day wins, one without a day comes last; ties go to the older activity.
  private mutating func add(_ step: (day: CivilDay?, type: Term<ActivityType>, meta: RecordMeta)) {
    guard let known = next else {
      next = step
      return
    }
    let isSooner =
      switch (step.day, known.day) {
      case (let one?, let two?) where one != two: one < two
      case (_?, nil): true
      case (nil, _?): false
      default: step.meta.precedes(known.meta)
      }
    if isSooner { next = step }
  }

  func nextStep(_ viewpoint: Viewpoint) -> NextStep {
    guard let next else { return .none }
    guard let day = next.day else { return .undated(next.type) }
    let days = day - viewpoint.today
    if days < 0 { return .late(next.type, days: -days) }
    return days == 0 ? .today(next.type) : .planned(next.type, days: days)
  }

  /// Days since the last touch; zero for one ahead of now, or when nothing is known.
  func quietDays(_ viewpoint: Viewpoint) -> Int { touch.map(viewpoint.days(since:)) ?? 0 }

  /// When `quietDays` will read otherwise.
  func note(_ viewpoint: Viewpoint, in edge: inout ClockEdge) {
    if let touch { edge.note(viewpoint.nextDay(since: touch)) }
  }

  private static func later(_ one: ParseDate?, _ two: ParseDate?) -> ParseDate? {
    guard let one else { return two }
    return two.map { max(one, $0) } ?? one
  }
}

extension Activity {
  /// Something still to do. A note without a day is a record, not a plan.
  var isStep: Bool { completedAt == nil && !(type.word == .note && dueDate == nil) }
}

extension NextStep {
  /// For ordering, most pressing first: late, today, none, planned; the days within them.
  var rank: (group: Int, days: Int) {
    switch self {
    case .late(_, let days): (0, -days)
    case .today: (1, 0)
    case .none: (2, 0)
    case .planned(_, let days): (3, days)
    case .undated: (3, .max)
    }
  }
}
