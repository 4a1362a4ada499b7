package import ParseCore

extension Wording {
  /// How long ago: `now 12m 5h 3d 6w 14mo`. Days reach to six weeks, weeks to four months of 30.44
  /// days.
  package static func age(_ seconds: Int) -> String {
    let days = seconds / 86_400
    return switch seconds {
    case ..<60: "now"
    case ..<3600: "\(seconds / 60)m"
    case ..<86_400: "\(seconds / 3600)h"
    default:
      switch days {
      case ..<42: "\(days)d"
      case ..<122: "\(days / 7)w"
      default: "\(Int(Double(days) / 30.44))mo"
      }
    }
  }

  /// How long ago, in a sentence: `just now`, `12m ago`.
  package static func ago(_ seconds: Int) -> String {
    seconds < 60 ? "just now" : age(seconds) + " ago"
  }

  /// When something was touched last, known by the day: `today 3d 6w 9mo`.
  package static func touch(days: Int) -> String {
    days < 1 ? "today" : age(days * 86_400)
  }

  /// The same in a sentence: `today`, `9mo ago`.
  package static func touched(days: Int) -> String {
    days < 1 ? "today" : touch(days: days) + " ago"
  }

  /// How long somebody waits: `12m`, `5h10` under 10 h, `31h` to 48 h, then days.
  package static func waiting(_ seconds: Int) -> String {
    let minutes = seconds / 60
    let hours = seconds / 3600
    return switch hours {
    case ..<1: minutes < 1 ? "now" : "\(minutes)m"
    case ..<10: "\(hours)h" + pad(minutes % 60)
    case ..<48: "\(hours)h"
    default: "\(hours / 24)d"
    }
  }

  /// A target: `1h`, `24h`, `72h`, `7d`.
  package static func target(_ seconds: Int) -> String {
    seconds > 72 * 3600 ? "\(seconds / 86_400)d" : "\(seconds / 3600)h"
  }

  /// Days from today: `today`, `tomorrow`, `in 3d`, `2d late`.
  package static func ahead(days: Int) -> String {
    switch days {
    case ..<0: "\(-days)d late"
    case 0: "today"
    case 1: "tomorrow"
    default: "in \(days)d"
    }
  }

  /// In lists: `14 Dec`, `Jan 2027` in another year than today's.
  package static func day(_ day: CivilDay, today: CivilDay) -> String {
    let date = day.civil
    return date.year == today.civil.year
      ? "\(date.day) \(month(date.month))" : "\(month(date.month)) \(date.year)"
  }

  /// In sentences, where it must be the day itself: `14 Dec`, `5 Jan 2027` in another year.
  package static func date(_ day: CivilDay, today: CivilDay) -> String {
    let date = day.civil
    let words = "\(date.day) \(month(date.month))"
    return date.year == today.civil.year ? words : "\(words) \(date.year)"
  }

  /// In details: `Tue 1 Dec 2026`.
  package static func longDay(_ day: CivilDay) -> String { "\(weekday(day)) \(fullDay(day))" }

  /// In wide lists: `1 Dec 2026`.
  package static func fullDay(_ day: CivilDay) -> String {
    let date = day.civil
    return "\(date.day) \(month(date.month)) \(date.year)"
  }

  /// `Nov 2026`, the head of a month in a forecast.
  package static func month(year: Int, month number: Int) -> String {
    "\(month(number)) \(year)"
  }

  /// `14:06` by the clocks of that day.
  package static func time(_ instant: ParseDate, _ viewpoint: Viewpoint) -> String {
    let local = instant.milliseconds + Int64(viewpoint.zone.seconds(at: instant)) * 1000
    let midnight = Int64(viewpoint.day(at: instant).number) * 86_400_000
    let minutes = Int((local - midnight) / 60_000)
    return pad(minutes / 60) + ":" + pad(minutes % 60)
  }

  /// In details: `today 14:06`, `Fri 20 Nov 14:12`, with the year when it is another one.
  package static func moment(_ instant: ParseDate, _ viewpoint: Viewpoint) -> String {
    let day = viewpoint.day(at: instant)
    let time = time(instant, viewpoint)
    guard day != viewpoint.today else { return "today " + time }
    let date = day.civil
    guard date.year == viewpoint.today.civil.year else { return longDay(day) + " " + time }
    return "\(weekday(day)) \(date.day) \(month(date.month)) \(time)"
  }

  private static func month(_ number: Int) -> String {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return names.indices.contains(number - 1) ? names[number - 1] : nothing
  }

  /// `Mon`.
  package static func weekday(_ day: CivilDay) -> String {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday]
  }

  private static func pad(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
}
