import CRM
import TerminalUI

/// The whole card of a contact or a company as lines: who it is, its deals, its notes, its people, and
/// what was and will be done.
struct PartyLines {
  let card: PartyCard
  let context: Context
  let width: Int

  /// Lines of notes, people and activities that stand in the card.
  private static let mostNotes = 4
  private static let mostPeople = 8
  private static let mostActivities = 40

  private var isWide: Bool { width >= 100 }
  private var isCompany: Bool { if case .company = card.head { true } else { false } }
  private var kind: SchoolClass { isCompany ? .company : .contact }

  private var editKeys: [(SafeLine, SafeLine)] {
    context.rights.allowed(RuleKey("e", "edit", .update, kind), isOwn: card.isMine)
  }

  private var mergeKeys: [(SafeLine, SafeLine)] {
    context.rights.allowed(RuleKey("M", "merge", .delete, kind), isOwn: card.mayHaveOwnDouble)
  }

  var all: [CardLine] {
    let blocks: [[CardLine]] =
      switch card.head {
      case .contact(let row):
        [header(row), company, doubles, deals, notes, timeline, people, learner]
      case .company(let row): [header(row), twins, deals, people, notes, timeline]
      }
    return Array(blocks.filter { !$0.isEmpty }.joined(separator: [.blank]))
  }

  private func header(_ row: PersonRow) -> [CardLine] {
    header(
      row.name, kind: "contact", openDeals: row.openDeals, value: row.openValue,
      step: row.nextStep,
      about: [row.email, row.phone].filter { !$0.isEmpty }.map { [Span(SafeLine($0))] },
      touch: row.quietDays,
      by: row.creator, isUnsent: row.isUnsent)
  }

  private func header(_ row: CompanyRow) -> [CardLine] {
    var about = [row.industry, row.website].filter { !$0.isEmpty }.map { [Span(SafeLine($0))] }
    let address = SafeLine(card.address ?? "")
    if !address.text.isEmpty { about.append([Span(address, .dim)]) }
    let won = fact("won", SafeLine(Wording.money(row.wonValue)), row.wonValue > 0 ? .good : .dim)
    return header(
      row.name, kind: "company", openDeals: row.openDeals, value: row.openValue,
      step: row.nextStep, about: about + [won], touch: row.quietDays, by: "",
      isUnsent: row.isUnsent)
  }

  private func header(
    _ name: String, kind: SafeLine, openDeals: Int, value: Double, step: NextStep,
    about: [[Span]], touch: Int, by: String, isUnsent: Bool
  ) -> [CardLine] {
    let stripe = openDeals > 0 ? step.severity.stripe : nil
    var story = [
      step.fact(isNeeded: openDeals > 0),
      fact("last touch", SafeLine(Wording.touched(days: touch)), .text),
    ]
    if !by.isEmpty { story.append(fact("recorded by", SafeLine(by), .text)) }
    if let created = card.createdAt {
      let day = context.viewpoint.day(at: created)
      story.append(fact("created", SafeLine(Wording.longDay(day)), .dim))
    }
    let open = openDeals == 1 ? "in 1 open deal" : "in \(openDeals) open deals"
    let worth: [Span] =
      openDeals == 0
      ? [Span("no open deal", .faint)]
      : [Span(SafeLine(Wording.money(value)), .strong), Span(SafeLine(" " + open), .dim)]
    let name = SafeLine(name)
    let nothing = [Span("no mail, no phone", .faint)]
    return [
      CardLine(
        spans: [
          Span(name.text.isEmpty ? "unnamed" : name, .strong), Span("   "), Span(kind, .dim),
        ], right: worth, stripe: stripe, isUnsent: isUnsent),
      CardLine(
        spans: .fitting(about.isEmpty ? [nothing] : about, width: width - 4), stripe: stripe),
      CardLine(spans: .fitting(story, width: width - 4), stripe: stripe),
    ]
  }

  private var doubles: [CardLine] {
    guard !card.doubles.isEmpty else { return [] }
    let why = Span("the same e-mail, or the same name at the company", .faint)
    return [
      .rule(
        "May be the same person",
        [Span(SafeLine("\(card.doubles.count)"), .warn), Span("  "), why],
        keys: mergeKeys)
    ] + card.doubles.map(person)
  }

  private var twins: [CardLine] {
    guard !card.twins.isEmpty else { return [] }
    return [
      .rule(
        "May be the same company",
        [
          Span(SafeLine("\(card.twins.count)"), .warn), Span("  "),
          Span("the same host of the website", .faint),
        ], keys: mergeKeys)
    ] + card.twins.map(twin)
  }

  private func twin(_ row: CompanyRow) -> CardLine {
    let worth =
      row.openDeals == 1
      ? "1 deal  \(Wording.compact(row.openValue))"
      : row.openDeals > 1 ? "\(row.openDeals) deals  \(Wording.compact(row.openValue))" : "-"
    var spans = [Span(left(SafeLine(row.name), isWide ? 28 : 36)), Span("  ")]
    if isWide { spans += [Span(left(SafeLine(row.website), 36), .dim), Span("  ")] }
    spans.append(Span(left(SafeLine(worth), 15), row.openDeals > 0 ? .text : .faint))
    return CardLine(spans: spans, target: .record(.company, row.id), isUnsent: row.isUnsent)
  }

  private var company: [CardLine] {
    guard let company = card.company else { return [] }
    var facts = [[Span(SafeLine(company.name))]]
    if !company.industry.isEmpty { facts.append([Span(SafeLine(company.industry), .dim)]) }
    facts.append(fact("contacts", SafeLine("\(company.contacts)"), .text))
    if company.openDeals > 0 {
      facts.append(
        fact("open deals", SafeLine("\(company.openDeals)"), .text)
          + [Span("  "), Span(SafeLine(Wording.money(company.openValue)))])
    }
    if company.wonValue > 0 {
      facts.append(fact("won", SafeLine(Wording.money(company.wonValue)), .good))
    }
    return [
      .rule("Company", [], keys: [("o", "open")]),
      CardLine(
        spans: .fitting(facts, width: width - 4), target: .record(.company, company.id),
        isUnsent: company.isUnsent),
    ]
  }

  private var deals: [CardLine] {
    let open = card.deals.count(where: \.isOpen)
    let head = CardLine.rule(
      "Deals", [Span(SafeLine("\(open) open, \(card.deals.count) all"), .dim)],
      keys: context.rights.allowed(RuleKey("d", "new deal", .create, .deal)))
    return [head] + card.deals.map(deal)
  }

  private func deal(_ deal: DealRow) -> CardLine {
    // Stage 11, amount 10, close 8 and step 17 with the blanks between.
    let rest = width - 4 - 52
    let about = !isWide ? 0 : isCompany ? 20 : 10
    let title = min(44, about > 0 ? rest - about - 2 : rest)
    let amount = deal.amountSpan(context.glyphs)
    let close =
      deal.isOpen ? deal.closeSpan() : Span(SafeLine(deal.changedAgo(context.viewpoint)), .dim)
    var spans = [
      Span(left(SafeLine(deal.title), title), deal.isOpen ? .text : .dim), Span("  "),
      Span(left(SafeLine(deal.stage.label), 11), deal.stage.span.style),
      Span(right(amount.line, 10), amount.style), Span("  "),
      Span(left(close.line, 8), close.style), Span("  "),
    ]
    if about > 0 {
      let who = isCompany ? deal.contact : deal.owner
      spans += [Span(left(SafeLine(who), about), .dim), Span("  ")]
    }
    spans.append(deal.isOpen ? deal.nextStep.span : Span(SafeLine(deal.lostReason ?? ""), .dim))
    return CardLine(
      spans: spans, stripe: deal.severity.stripe, target: .record(.deal, deal.id),
      isUnsent: deal.isUnsent)
  }

  private var notes: [CardLine] {
    guard let notes = card.notes, !notes.isEmpty else { return [] }
    let lines = SafeText(notes).wrapped(to: width - 4)
    let (shown, rest) = CardLine.split(lines.count, most: Self.mostNotes)
    return [.rule("Notes", [], keys: editKeys)]
      + lines.prefix(shown).map { CardLine(spans: [Span($0)]) }
      + (rest > 0 ? [more(rest, "lines")] : [])
  }

  private func more(_ count: Int, _ words: String) -> CardLine {
    CardLine(spans: [Span(SafeLine("\(count) more \(words)"), .faint)])
  }

  private var people: [CardLine] {
    guard isCompany || !card.people.isEmpty else { return [] }
    let (shown, rest) = CardLine.split(card.people.count, most: Self.mostPeople)
    return [
      .rule(
        isCompany ? "Contacts" : "Colleagues", [Span(SafeLine("\(card.people.count)"), .dim)],
        keys: context.rights.allowed(RuleKey("i", "new contact", .create, .contact)))
    ] + card.people.prefix(shown).map(person)
      + (rest > 0 ? [more(rest, "contacts")] : [])
  }

  private func person(_ row: PersonRow) -> CardLine {
    let deals = row.openDeals == 1 ? "1 deal" : "\(row.openDeals) deals"
    let worth = row.openDeals > 0 ? "\(deals)  \(Wording.compact(row.openValue))" : "-"
    var spans = [Span(left(SafeLine(row.name), isWide ? 28 : 36)), Span("  ")]
    if isWide {
      let way = row.email.isEmpty ? row.phone : row.email
      spans += [Span(left(SafeLine(way), 36), .dim), Span("  ")]
    }
    spans += [Span(left(SafeLine(worth), 15), row.openDeals > 0 ? .text : .faint), Span("  ")]
    if row.openDeals > 0 || row.nextStep != .none { spans.append(row.nextStep.span) }
    return CardLine(
      spans: spans, stripe: row.openDeals > 0 ? row.nextStep.severity.stripe : nil,
      target: .record(.contact, row.id), isUnsent: row.isUnsent)
  }

  private var timeline: [CardLine] {
    let planned = card.timeline.count { !$0.isDone }
    let done = card.timeline.count - planned
    let head = CardLine.rule(
      "Timeline", [Span(SafeLine("\(planned) planned, \(done) done"), .dim)],
      keys: context.rights.allowed(
        RuleKey("A", "log", .create, .activity), RuleKey("t", "plan", .create, .activity),
        RuleKey("x", "done", .update, .activity)))
    guard !card.timeline.isEmpty else {
      return [head, CardLine(spans: [Span("nothing planned, nothing done yet", .faint)])]
    }
    // What is planned is all of it there, the oldest that was done is what is left out.
    let (shown, rest) = CardLine.split(
      card.timeline.count, most: max(planned, Self.mostActivities))
    var lines = card.timeline.prefix(shown).map(activity)
    if planned > 0, done > 0 { lines.insert(now, at: planned) }
    return [head] + lines + (rest > 0 ? [more(rest, "done before")] : [])
  }

  private var now: CardLine {
    let rule = context.glyphs.rule.repeated(max(0, width - 4 - 10))
    return CardLine(spans: [Span(right("now", 8), .accent), Span("  "), Span(rule, .rule)])
  }

  private func activity(_ activity: ActivityRow) -> CardLine {
    let viewpoint = context.viewpoint
    let style = activity.isDone ? Style.dim : activity.severity.style
    var spans = [Span(right(activity.whenWords(viewpoint), 8), style), Span("  ")]
    if isWide { spans += [Span(left(activity.dateWords(viewpoint), 16), .faint), Span("  ")] }
    spans += [
      activity.markSpan(context.glyphs), Span("  "),
      Span(
        left(SafeLine(activity.type.said), 8), activity.type.word == nil ? .info : .dim),
      Span("  "),
    ]
    let right: [Span] =
      isWide
      ? [
        Span(left(SafeLine(activity.by), 10), .dim),
        Span(QuadApp.right(activity.stateSpan.line, 8), activity.stateSpan.style),
      ] : []
    // CardLine keeps five columns between both ends.
    let room = width - 4 - spans.width - (right.isEmpty ? 0 : right.width + 2)
    let about = min(40, room * 2 / 5)
    spans += [
      Span(left(SafeLine(activity.subject), min(60, room - about - 2))), Span("  "),
      Span(left(SafeLine(activity.about), about), .faint),
    ]
    return CardLine(
      spans: spans, right: right, stripe: activity.isDone ? nil : activity.severity.stripe,
      target: .record(.activity, activity.id), isUnsent: activity.isUnsent)
  }

  private var learner: [CardLine] {
    guard let learner = card.learner else { return [] }
    var facts = [[Span(SafeLine(learner.label))]]
    if !learner.detail.isEmpty { facts.append([Span(SafeLine(learner.detail), .dim)]) }
    return [
      .rule(
        "As a learner", [Span("same e-mail in Completion", .faint)], keys: [("1", "completion")]),
      CardLine(spans: .facts(facts), target: .record(.student, learner.id)),
    ]
  }
}
