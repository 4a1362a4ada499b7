package import ParseCore

extension Term where Word == TicketPriority {
  /// The priority whose targets count: unknown and missing words use normal's.
  package var effective: TicketPriority { word ?? .normal }

  /// For ordering, heaviest highest; unknown words stand right below normal.
  package var weight: Int { word.map { $0.rank * 2 } ?? 3 }
}

/// How long a ticket has waited and lived, in seconds (reference/domain.md §5.4).
package struct TicketClock: Sendable, Hashable {
  package let waiting: Int
  package let age: Int
  /// What of the waiting counts against the promise: all of it, or the office time within it.
  package let counted: Int
  /// Counted waiting over the priority's response target.
  package let pressure: Double
  /// Seconds left to answer, negative when breached.
  package let slack: Int
  /// Seconds left to the end, negative when over.
  package let ageSlack: Int

  /// By the office hours of the one who looks, where there are any.
  package init(_ ticket: SupportTicket, _ viewpoint: Viewpoint) {
    self.init(ticket, now: viewpoint.now) { start, end in
      viewpoint.officeHours?.seconds(from: start, to: end, viewpoint.zone)
    }
  }

  /// Around the clock.
  package init(_ ticket: SupportTicket, now: ParseDate) {
    self.init(ticket, now: now) { _, _ in nil }
  }

  /// Waiting runs from the last message; a missing one, or one further ahead than clocks differ,
  /// counts from arrival. A ticket that ended is frozen at its last change.
  ///
  /// - Parameter office: seconds of office time between two instants; nil where all time counts.
  private init(
    _ ticket: SupportTicket, now: ParseDate, office: (ParseDate, ParseDate) -> Int?
  ) {
    let isOver = ticket.status.word?.isTerminal ?? false
    let end = isOver ? ticket.meta.updatedAt ?? now : now
    let arrival = ticket.meta.createdAt ?? ticket.meta.updatedAt ?? end
    var message = ticket.lastMessageAt ?? arrival
    if message.milliseconds > now.milliseconds + Self.tolerance { message = arrival }
    waiting = Self.seconds(from: message, to: end)
    age = Self.seconds(from: arrival, to: end)
    counted = office(message, end) ?? waiting
    let priority = ticket.priority.effective
    pressure = Double(counted) / Double(priority.responseTarget)
    slack = priority.responseTarget - counted
    ageSlack = priority.ageTarget - age
  }

  /// Until when a running ticket stays in time, or late, as it is by this clock. May be early.
  func note(lateness ticket: SupportTicket, _ viewpoint: Viewpoint, in edge: inout ClockEdge) {
    Self.note(message: ticket, viewpoint, in: &edge)
    // Whole seconds of counted time may be a second ahead of those of the clock.
    if slack > 0 {
      let ahead = max(1, Int64(slack) * 1000 - 2000)
      edge.note(ParseDate(milliseconds: viewpoint.now.milliseconds + ahead))
    }
    // Where the clocks change within office hours, counted time leaps.
    guard viewpoint.officeHours != nil else { return }
    if let change = viewpoint.zone.nextChange(after: viewpoint.now) { edge.note(change) }
  }

  /// When a message that is too far ahead will be near enough to count.
  private static func note(
    message ticket: SupportTicket, _ viewpoint: Viewpoint, in edge: inout ClockEdge
  ) {
    guard let message = ticket.lastMessageAt,
      message.milliseconds > viewpoint.now.milliseconds + tolerance
    else { return }
    edge.note(ParseDate(milliseconds: message.milliseconds - tolerance))
  }

  /// Until when the clock of a ticket shows what it does.
  static func note(_ ticket: SupportTicket, _ viewpoint: Viewpoint, in edge: inout ClockEdge) {
    let isFrozen = ticket.status.word?.isTerminal ?? false && ticket.meta.updatedAt != nil
    if isFrozen {
      note(message: ticket, viewpoint, in: &edge)
    } else {
      edge.noteSeconds(viewpoint)
    }
  }

  /// Milliseconds by which another clock may be ahead before its instants count as wrong.
  private static let tolerance: Int64 = 120_000

  private static func seconds(from start: ParseDate, to end: ParseDate) -> Int {
    max(0, Int((end.milliseconds - start.milliseconds) / 1000))
  }
}
