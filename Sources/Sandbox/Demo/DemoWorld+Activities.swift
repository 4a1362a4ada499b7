import ParseCore

extension DemoWorld {
  /// Next steps of open deals, then steps with contacts, then what was done on deals.
  ///
  /// A deal's touch is the newest of its own change and its activities', so no activity of an open
  /// deal is younger than the deal's last change: who rests, rests.
  mutating func makeActivities() {
    guard !deals.isEmpty, !contacts.isEmpty else { return }
    let open = deals.indices.filter { deals[$0].isOpen }
    for index in open where activities.count < sizes.activities * 2 / 3 { planNext(index) }
    let withContacts = sizes.activities * 15 / 100
    for _ in 0..<withContacts { addContactActivity() }
    let choice = WeightedIndex(deals.map { $0.isOpen ? 2.4 : 3.4 })
    while activities.count < sizes.activities { addPastActivity(choice.draw(&random)) }
  }

  /// 62 % have a step ahead, most others a step that is late; the rest none.
  private mutating func planNext(_ deal: Int) {
    let rests =
      deals[deal].updated.days(until: now) > Self.restDays(deals[deal].stage)
    let draw = random.unit()
    let made = deals[deal].updated.ago(days: random.between(0.01, 1))
    if draw < (rests ? 0.36 : 0.72) {
      let days = random.chance(0.12) ? 0 : 1 + random.exponential(mean: 5)
      let due = dueTime(dayNumber: now.dayNumber + Int(days))
      add(related: .deal(.row(deal)), due: due, completed: nil, created: made)
    } else if draw < (rests ? 0.7 : 0.84) {
      for _ in 0..<(1 + random.below(3)) {
        let age = min(random.between(1, 12), deals[deal].created.days(until: now))
        let due = dueTime(dayNumber: now.ago(days: age).dayNumber - 1)
        add(
          related: .deal(.row(deal)), due: due, completed: nil, created: min(made, due.ago(days: 2))
        )
      }
    }
  }

  private mutating func addContactActivity() {
    let contact = random.below(contacts.count)
    let link = DemoActivity.Related.contact(.row(contact))
    let draw = random.unit()
    if draw < 0.16 {
      let due = dueTime(dayNumber: now.dayNumber + random.below(16))
      add(related: link, due: due, completed: nil, created: now.ago(days: random.between(0.2, 9)))
    } else if draw < 0.3 {
      let due = dueTime(dayNumber: now.dayNumber - 1 - random.below(14))
      add(related: link, due: due, completed: nil, created: due.ago(days: random.between(1, 8)))
    } else {
      addDone(related: link, at: now.ago(days: random.exponential(mean: 50) + 0.3))
    }
  }

  private mutating func addPastActivity(_ deal: Int) {
    let row = deals[deal]
    let life = row.created.days(until: row.updated)
    let at = row.created.adding(days: life * random.unit())
    addDone(related: .deal(.row(deal)), at: at)
  }

  /// Done at a moment; 40 % before the due day, one in six without one.
  private mutating func addDone(related: DemoActivity.Related, at done: ParseDate) {
    let draw = random.unit()
    let offset = draw < 0.4 ? random.between(0.5, 4) : -random.between(0, 2)
    let due = random.chance(0.17) ? nil : storedDay(done.adding(days: offset))
    add(
      related: related, due: due, completed: done,
      created: done.ago(days: random.between(0.01, 5)))
  }

  private mutating func add(
    related: DemoActivity.Related, due: ParseDate?, completed: ParseDate?, created: ParseDate
  ) {
    let lines = words.lines("activities")
    let types = ["call", "email", "meeting", "note"]
    let type = types[random.index(of: completed == nil ? [44, 30, 24, 2] : [36, 26, 13, 25])]
    let fitting = lines.filter { $0[0] == type }
    let subject = fitting.isEmpty ? type : random.pick(fitting)[1]
    activities.append(
      DemoActivity(
        id: random.id(), type: random.chance(0.03) ? "WhatsApp" : type, subject: subject,
        description: random.chance(0.3) ? note() : "", due: due, completed: completed,
        related: related, creator: creator(of: related), created: created,
        updated: completed ?? created))
  }

  private mutating func creator(of related: DemoActivity.Related) -> Int {
    let sales = users(as: "sales")
    if case .deal(.row(let deal)) = related, let owner = deals[deal].owner?.row,
      random.chance(0.9)
    {
      return owner
    }
    if case .contact(.row(let contact)) = related, random.chance(0.7) {
      return contacts[contact].creator
    }
    return random.pick(sales)
  }

  /// A planned step has a quarter of an hour, or only a day.
  private mutating func dueTime(dayNumber: Int) -> ParseDate {
    random.chance(0.5)
      ? ParseDate(dayNumber: dayNumber, hour: 12)
      : ParseDate(dayNumber: dayNumber, hour: 8 + Double(random.below(36)) / 4)
  }
}
