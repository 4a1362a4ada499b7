package import ParseCore

/// What happened since somebody last looked.
package struct SchoolNews: Sendable, Hashable {
  package let since: ParseDate
  /// Tickets that arrived.
  package var newTickets = 0
  /// Running tickets whose time to answer ran out.
  package var breaches = 0
  /// Enrollments whose progress came to the course's target, as seen here.
  package var atTarget = 0
  /// Deals seen to be won or lost, that still are.
  package var won = 0
  package var lost = 0

  package init(since: ParseDate) { self.since = since }
}

/// What this machine saw change, and what is new to its user.
package struct ObservedAnswer: Sendable {
  package let history: ObservedHistory
  /// Nil the first time somebody looks.
  package let news: SchoolNews?

  package init(history: ObservedHistory, news: SchoolNews?) {
    self.history = history
    self.news = news
  }
}

extension School {
  /// O(tickets) plus O(changes seen since the last look).
  package func observed(_ viewpoint: Viewpoint) -> ObservedAnswer {
    ObservedAnswer(
      history: observed, news: observed.lookedAt.map { news(since: $0, viewpoint) })
  }

  private func news(since time: ParseDate, _ viewpoint: Viewpoint) -> SchoolNews {
    var news = SchoolNews(since: time)
    let elapsed = Int(viewpoint.now.seconds - time.seconds)
    for ticket in tickets.all {
      if let arrival = ticket.meta.createdAt, arrival > time { news.newTickets += 1 }
      guard ticket.status.word?.isRunning ?? true else { continue }
      let late = -TicketClock(ticket, now: viewpoint.now).slack
      if late >= 0, late < elapsed { news.breaches += 1 }
    }
    var (atTarget, closed) = (Set<RecordID>(), Set<RecordID>())
    for change in observed.changes(since: time) {
      switch change.what {
      case .stage: closed.insert(change.id)
      case .progress(let from, let to):
        guard let target = target(of: change.id), let to, (from ?? 0) < target, to >= target
        else { continue }
        atTarget.insert(change.id)
      }
    }
    news.atTarget = atTarget.count { id in
      target(of: id).map { (enrollments[id]?.progressPercent ?? 0) >= $0 } ?? false
    }
    for id in closed {
      switch deals[id]?.stage.word {
      case .won: news.won += 1
      case .lost: news.lost += 1
      default: break
      }
    }
    return news
  }

  private func target(of enrollment: RecordID) -> Double? {
    courses[enrollments[enrollment]?.course]?.targetCompletionRate
  }
}
