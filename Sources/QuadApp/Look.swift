import CRM
import TerminalUI

extension Severity {
  /// The colour of a word or a number.
  var style: Style {
    switch self {
    case .good: .good
    case .plain: .text
    case .today: .info
    case .soon: .warn
    case .late: .bad
    }
  }

  /// The colour of a bar, where plain needs an area colour.
  var barStyle: Style { self == .plain ? Style(.chart2) : style }

  var stripe: RowLook.Stripe? {
    switch self {
    case .good, .plain: nil
    case .today: .today
    case .soon: .soon
    case .late: .late
    }
  }
}

extension RowLook {
  init(_ severity: Severity, isUnsent: Bool) {
    self.init(stripe: severity.stripe, isUnsent: isUnsent)
  }
}

extension TicketPriority {
  /// Priority is weight, not hue: pressure holds the hue.
  var style: Style {
    switch self {
    case .urgent: .strong
    case .high: .text
    case .normal: .dim
    case .low: .faint
    }
  }
}

extension Term<TicketPriority> {
  var span: Span {
    switch self {
    case .known(let word): Span(SafeLine(label), word.style)
    case .unknown, .missing: Span(SafeLine(label), .info)
    }
  }
}

extension Term<TicketStatus> {
  var span: Span {
    let style: Style =
      switch self {
      case .known(.new): .info
      case .known(.open): .text
      case .known(.pending): .dim
      case .known(.resolved): .good
      case .known(.closed): .faint
      case .unknown, .missing: .info
      }
    return Span(SafeLine(label), style)
  }
}

extension Term<AttemptStatus> {
  var span: Span {
    switch self {
    case .known(.inProgress): Span(SafeLine(label), .info)
    case .known: Span(SafeLine(label), .dim)
    case .unknown: Span(SafeLine(label + " ?"), .info)
    case .missing: Span(SafeLine(label), .info)
    }
  }
}

extension Term<Stage> {
  var span: Span {
    let style: Style =
      switch self {
      case .known(.won): .good
      case .known(.lost): .dim
      case .known: .text
      case .unknown, .missing: .info
      }
    return Span(SafeLine(label), style)
  }
}

extension Assignee {
  var span: Span {
    switch self {
    case .queue, .nobody, .awaited: Span(SafeLine(label), .faint)
    case .person: Span(SafeLine(label), .dim)
    case .hidden: Span(SafeLine(label), .info)
    }
  }
}

extension Risk {
  /// `high 7`, `risk 4`, below three points the number alone. Weight, not hue: the stripe has that.
  var span: Span {
    switch points {
    case 5...: Span(SafeLine("high \(points)"), .strong)
    case 3...4: Span(SafeLine("risk \(points)"))
    default: Span(SafeLine(points > 0 ? "\(points)" : "-"), .faint)
    }
  }
}

extension [Span] {
  /// Facts three blanks apart (design/screens.md §2).
  static func facts(_ facts: [[Span]]) -> [Span] {
    [Span](facts.filter { !$0.isEmpty }.joined(separator: [Span("   ")]))
  }

  /// `42 of 63` in ten columns, before their share; from a thousand on there is room for the second
  /// number only, and the share says the first.
  static func part(_ part: Int, of whole: Int) -> [Span] {
    guard whole < 1000 else {
      return [Span(right(SafeLine("of " + Wording.count(whole, within: 7)), 10), .dim)]
    }
    return [Span(right(SafeLine("\(part)"), 3)), Span(left(SafeLine(" of \(whole)"), 7), .dim)]
  }

  /// `14 of 418`, `14 of 418+` while rows are missing.
  static func shown(_ shown: Int, of all: Int, isComplete: Bool) -> [Span] {
    [
      Span(SafeLine(Wording.count(shown)), .text),
      Span(SafeLine(" of \(Wording.count(all))\(isComplete ? "" : "+")"), .dim),
    ]
  }
}

extension SafeLine {
  /// The cursor's place among the rows, `4 of 1 230`; empty without rows.
  ///
  /// - Parameter cursor: From 0.
  static func place(_ cursor: Int, of count: Int) -> SafeLine {
    count == 0 ? "" : SafeLine("\(Wording.count(cursor + 1)) of \(Wording.count(count))")
  }
}

extension [[Span]] {
  /// Facts three blanks apart in as few lines as they fit in whole.
  static func lines(_ facts: [[Span]], width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    for fact in facts where !fact.isEmpty {
      let longer = lines.last.map { $0 + [Span("   ")] + fact }
      if let longer, longer.width <= width {
        lines[lines.count - 1] = longer
      } else {
        lines.append(fact)
      }
    }
    return lines
  }
}

/// A label in dim and its number in strong, `mean 61 %`.
func fact(_ label: SafeLine, _ value: SafeLine, _ style: Style = .strong) -> [Span] {
  [Span(label + " ", .dim), Span(value, style)]
}

/// Right-aligned text in a width, for lines that are not tables.
func right(_ text: SafeLine, _ width: Int) -> SafeLine {
  .blanks(width - text.width) + text
}

/// Left-aligned text in a width, cut with `…`.
func left(_ text: SafeLine, _ width: Int) -> SafeLine {
  let cut = text.cut(to: width)
  return cut + .blanks(width - cut.width)
}
