import CRM
import TerminalUI

extension NextStep {
  /// `call 2d late`, `meeting today`, `no next step`.
  var words: String {
    switch self {
    case .late(let type, let days): "\(type.said) \(Wording.late(days: days))"
    case .today(let type): "\(type.said) today"
    case .planned(let type, let days): "\(type.said) \(Wording.ahead(days: days))"
    case .undated(let type): "\(type.said), no day"
    case .none: "no next step"
    }
  }

  /// `next step call 2d late`, in words of its own where there is none.
  ///
  /// - Parameter isNeeded: There are open deals, which need one.
  func fact(isNeeded: Bool) -> [Span] {
    let none = isNeeded ? Span("none", .warn) : Span("-", .faint)
    return [Span("next step ", .dim), self == .none ? none : span]
  }

  var span: Span { Span(SafeLine(words), severity == .plain ? .dim : severity.style) }
}

extension Wording {
  /// `6d late`, `57w late`, `3y late`: never more than eight columns below a hundred years.
  static func late(days: Int) -> String {
    switch days {
    case ..<100: "\(days)d late"
    case ..<700: "\(days / 7)w late"
    default: "\(days / 365)y late"
    }
  }

  /// Days ahead within which a day of the next year needs no year.
  private static let nearDays = 183

  /// The day something closes, from today: `14 Dec`, `3 Feb` when near, else `Aug 2027`.
  static func closing(_ day: CivilDay, in days: Int) -> String {
    let today = (0..<nearDays).contains(days) ? day : CivilDay(number: day.number - days)
    return Wording.day(day, today: today)
  }
}

extension DealRow {
  /// A missing amount is empty, which is not zero.
  func amountSpan(_ glyphs: Glyphs) -> Span {
    amount.map { Span(SafeLine(Wording.money($0))) } ?? Span(glyphs.empty, .warn)
  }

  /// With the word where there is no head to say it.
  func wordyAmountSpan(_ glyphs: Glyphs) -> Span {
    amount == nil ? Span(glyphs.empty + " amount", .warn) : amountSpan(glyphs)
  }

  var stepSpan: Span { isOpen ? nextStep.span : Span("", .faint) }

  /// `14 Dec`, `6d late` for an open deal, `no date`.
  ///
  /// - Parameter prefix: Stands before a late one only.
  func closeSpan(prefix: SafeLine = "") -> Span {
    guard let closeDay, let daysToClose else { return Span("no date", isOpen ? .warn : .faint) }
    if isOpen, daysToClose < 0 {
      return Span(prefix + SafeLine(Wording.late(days: -daysToClose)), .bad)
    }
    return Span(SafeLine(Wording.closing(CivilDay(number: closeDay), in: daysToClose)), .dim)
  }

  /// How long ago the last change was, which stands for the day a deal was closed.
  func changedWords(_ viewpoint: Viewpoint) -> String {
    changedAt.map { Wording.age(viewpoint.seconds(since: $0)) } ?? Wording.nothing
  }

  /// The same in a sentence: `12m ago`.
  func changedAgo(_ viewpoint: Viewpoint) -> String {
    changedAt.map { Wording.ago(viewpoint.seconds(since: $0)) } ?? Wording.nothing
  }

  /// `at 50 %  63 000`; empty without an amount or a known open stage.
  var weightedSpans: [Span] {
    guard isOpen, let stage = stage.word, let weighted else { return [] }
    return [
      Span(SafeLine("at \(Wording.share(stage.chance))"), .dim),
      Span("  "), Span(SafeLine(Wording.money(weighted))),
    ]
  }
}
