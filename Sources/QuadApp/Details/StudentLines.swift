import CRM
import TerminalUI

/// The whole card of a learner as lines: who it is, why at risk, courses, quizzes, tickets, the
/// contact with the same address, and how far stored numbers are from computed ones.
struct StudentLines {
  let card: StudentCard
  let context: Context
  let width: Int

  var isWide: Bool { width >= StudentBlocks.twoFrom }

  /// Where the window has room below the card, nothing of it is left out.
  var all: [CardLine] {
    let isLow = context.size.rows < 48
    let most = (quizzes: isLow ? 6 : 12, tickets: isLow ? 5 : 10)
    let lines = lines(most)
    let spare = CardScroll.rows(context) - lines.count
    guard spare > 0 else { return lines }
    let more = (byQuiz.count - most.quizzes, card.tickets.count - most.tickets)
    let forQuizzes = max(0, min(more.0, spare))
    return self.lines(
      (most.quizzes + forQuizzes, most.tickets + max(0, min(more.1, spare - forQuizzes))))
  }

  private func lines(_ most: (quizzes: Int, tickets: Int)) -> [CardLine] {
    [header, why, courses, quizzes(most.quizzes), tickets(most.tickets), contact, data]
      .filter { !$0.isEmpty }.joined(separator: [.blank]).map(\.self)
  }

  private var header: [CardLine] {
    let row = card.row
    let severity = row.risk.severity
    var who = [
      [Span(SafeLine(row.name), .strong)],
      row.cohort.isEmpty ? [] : [Span(SafeLine(row.cohort))],
      fact("owner", SafeLine(row.owner.isEmpty ? "-" : row.owner), .text),
    ]
    if isWide { who.insert([Span("student", .dim)], at: 1) }
    let points = row.risk.points
    let word =
      points >= 5 ? "high risk" : points >= 3 ? "at risk" : points > 0 ? "watch" : "no risk"
    let risk = SafeLine(points > 0 ? "\(word) \(points)" : word)
    if let email = card.email { who.append([Span(SafeLine(email), .dim)]) }
    return [
      CardLine(
        spans: .fitting(who, width: width - risk.width - 8),
        right: [Span(risk, severity == .plain ? .dim : Style(severity.style.role, bold: true))],
        stripe: severity.stripe),
      CardLine(spans: .facts(standing), stripe: severity.stripe),
    ]
  }

  private var standing: [[Span]] {
    let row = card.row
    let severity = Severity(gap: row.gap)
    let completion =
      [Span("completion ", .dim)]
      + Bar(value: row.completion, target: row.target, style: severity.barStyle)
      .spans(width: 20, glyphs: context.glyphs)
      + [
        Span(SafeLine(" " + Wording.integer(row.completion)), .strong),
        Span(SafeLine(row.target.map { " of \(Wording.integer($0))" } ?? " no target"), .dim),
      ]
    var facts = [completion, fact("last score", SafeLine(Wording.integer(row.lastScore)))]
    if let peers = card.peerRank {
      let words =
        isWide
        ? "among \(peers.peers) peers of the fortnight in \(peers.courseCode) rank "
        : "rank of \(peers.peers) peers "
      facts.append([Span(SafeLine(words), .dim), Span(SafeLine("\(peers.rank)"), .strong)])
    }
    return facts
  }

  private var why: [CardLine] {
    let reasons = card.row.risk.reasons
    guard !reasons.isEmpty else { return [] }
    let head = CardLine.rule("Why", [], keys: [("=", "rules and weights")])
    let cells = reasons.map(reason)
    guard isWide else { return [head] + cells.map { CardLine(spans: $0) } }
    let column = (width - 5) / 2
    return [head]
      + stride(from: 0, to: cells.count, by: 2).map { place in
        let first = cells[place]
        guard place + 1 < cells.count else { return CardLine(spans: first) }
        let cut = first.cut(to: column - 2, ellipsis: context.glyphs.ellipsis)
        return CardLine(
          spans: cut + [Span(.blanks(column - cut.width))] + cells[place + 1])
      }
  }

  private func reason(_ reason: RiskReason) -> [Span] {
    [
      Span(SafeLine("+\(reason.points)"), reason.points >= 2 ? .warn : .text), Span("  "),
      Span(left(SafeLine(reason.brief), 24)), Span("  "), Span(SafeLine(reason.about), .faint),
    ]
  }

  private var contact: [CardLine] {
    guard let contact = card.contact else { return [] }
    var facts = [[Span(SafeLine(contact.name))]]
    if !contact.company.isEmpty { facts.append([Span(SafeLine(contact.company))]) }
    if contact.openDeals > 0 {
      let deals = contact.openDeals == 1 ? "1 open deal " : "\(contact.openDeals) open deals "
      facts.append([
        Span(SafeLine(deals), .dim), Span(SafeLine(Wording.money(contact.openValue)), .strong),
      ])
      facts.append([contact.nextStep.span])
    } else {
      facts.append([Span("no open deal", .faint)])
    }
    return [
      .rule(
        "As a contact", [Span("same e-mail in People", .faint)],
        keys: [("5", "people")]),
      CardLine(spans: .facts(facts), target: .record(.contact, contact.id)),
    ]
  }

  private var data: [CardLine] {
    let row = card.row
    var stored: [[Span]] = []
    if let completion = row.completion, let drift = card.drift {
      stored.append([
        Span("stored rate ", .dim), Span(SafeLine(Wording.integer(completion))),
        Span(", mean of active courses ", .dim),
        Span(SafeLine(Wording.integer(completion - drift))),
      ])
    }
    if let newest = card.attempts.first(where: { $0.score != nil })?.score,
      let drift = card.scoreDrift
    {
      stored.append([
        Span("last score stored ", .dim), Span(SafeLine(Wording.integer(newest + drift))),
        Span(", newest try ", .dim), Span(SafeLine(Wording.integer(newest))),
      ])
    }
    stored.append([drift])
    let viewpoint = context.viewpoint
    var record = [[Span(SafeLine("student \(row.id)"), .faint)]]
    if let created = card.createdAt {
      let day = viewpoint.day(at: created)
      record.append([Span(SafeLine("created \(Wording.longDay(day))"), .faint)])
    }
    if let changed = row.changedAt {
      record.append([
        Span(SafeLine("changed \(Wording.moment(changed, viewpoint))"), .faint)
      ])
    }
    return [
      .rule("Data", [], keys: [("9", "data health")]), CardLine(spans: .facts(stored)),
      CardLine(spans: .facts(record)),
    ]
  }

  /// More than 5 pp, or any difference of the score, is drift (reference/domain.md §5.3).
  private var drift: Span {
    guard context.viewpoint.readsWholeStudent(.enrollment) else {
      return Span("what is stored counts courses that are not open to you", .faint)
    }
    let rate = card.drift ?? 0
    let score = card.scoreDrift ?? 0
    if abs(rate) > 5 { return Span(SafeLine("off by \(Wording.signed(rate)) pp"), .warn) }
    if abs(score) >= 0.5 {
      return Span(SafeLine("score off by \(Wording.signed(score))"), .warn)
    }
    return Span("no drift", .good)
  }
}
