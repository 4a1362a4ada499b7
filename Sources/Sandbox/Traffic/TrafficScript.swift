import CRM
package import ParseCore

/// What other people do in the school meanwhile (reference/domain.md §7.4): one seed, one script.
///
/// A pure function of the rows it is shown; the requests it makes go the way of everybody's.
package struct TrafficScript: Sendable {
  /// One request of one person.
  package struct Step: Sendable, Hashable {
    package let username: String
    package let method: String
    /// Below the mount.
    package let path: String
    package let body: JSONObject
  }

  enum Event: CaseIterable {
    case progress, message, newTicket, ticketChange, claim, dealMove, activity, dealEdit, deletion

    var weight: Double {
      switch self {
      case .progress: 40
      case .message: 20
      case .newTicket, .ticketChange, .dealMove, .activity: 8
      case .claim: 4
      case .dealEdit: 3
      case .deletion: 1
      }
    }
  }

  var random: DemoRandom

  package init(seed: UInt64) { random = DemoRandom(seed: seed) }

  /// Seconds to the next event, 4 to 9.
  package mutating func pause() -> Double { random.between(4, 9) }

  /// The next event; nil when the school has no row it could happen to.
  /// - Parameter rows: all rows of a class, in a fixed order.
  package mutating func next(
    now: ParseDate, rows: @escaping (String) -> [ParseObject]
  ) -> Step? {
    let events = Event.allCases
    let event = events[random.index(of: events.map(\.weight))]
    var scene = Scene(now: now, rows: rows, random: random)
    defer { random = scene.random }
    return switch event {
    case .progress: scene.progress()
    case .message: scene.message()
    case .newTicket: scene.newTicket()
    case .ticketChange: scene.ticketChange()
    case .claim: scene.claim()
    case .dealMove: scene.dealMove()
    case .activity: scene.activity()
    case .dealEdit: scene.dealEdit()
    case .deletion: scene.deletion()
    }
  }
}

/// The school at the moment of one event.
struct Scene {
  let now: ParseDate
  let rows: (String) -> [ParseObject]
  var random: DemoRandom

  func step(
    by username: String?, _ method: String, _ className: String, _ id: String? = nil,
    _ body: JSONObject = [:]
  ) -> TrafficScript.Step? {
    username.map {
      TrafficScript.Step(
        username: $0, method: method, path: "/classes/\(className)" + (id.map { "/" + $0 } ?? ""),
        body: body)
    }
  }

  mutating func any(_ rows: [ParseObject]) -> ParseObject? {
    rows.isEmpty ? nil : random.pick(rows)
  }

  func username(_ pointer: Pointer?) -> String? {
    guard let pointer else { return nil }
    return rows("_User").first { $0.objectId == pointer.objectId }?.fields["username"]?.string
  }

  /// Somebody of a role; never the queue, behind which nobody sits.
  mutating func person(_ role: Role) -> ParseObject? {
    any(
      rows("_User").filter {
        Term<Role>($0.fields["role"]?.string).word == role
          && $0.fields["username"]?.string != DemoData.queueUser
      })
  }

  mutating func name(_ role: Role) -> String? { person(role)?.fields["username"]?.string }

  var runningTickets: [ParseObject] {
    rows("SupportTicket").filter { Self.status($0)?.isRunning == true }
  }

  var openDeals: [ParseObject] {
    rows("Deal").filter { Term<Stage>($0.fields["stage"]?.string).word?.isOpen == true }
  }

  static func status(_ ticket: ParseObject) -> TicketStatus? {
    Term<TicketStatus>(ticket.fields["status"]?.string).word
  }
}

extension Scene {
  /// One to six points more in a course somebody is in the middle of.
  mutating func progress() -> TrafficScript.Step? {
    let going = rows("Enrollment").filter {
      let progress = $0.fields["progressPercent"]?.double ?? 100
      return $0.fields["active"] != false && (0...94).contains(progress)
    }
    guard let row = any(going) else { return nil }
    return step(
      by: name(.coordinator), "PUT", "Enrollment", row.objectId,
      ["progressPercent": ["__op": "Increment", "amount": .integer(1 + random.below(6))]])
  }

  /// The learner writes again.
  mutating func message() -> TrafficScript.Step? {
    guard let row = any(runningTickets) else { return nil }
    return step(
      by: name(.coordinator), "PUT", "SupportTicket", row.objectId, ["lastMessageAt": now.json])
  }

  mutating func newTicket() -> TrafficScript.Step? {
    guard let student = any(rows("Student"))?.pointer,
      let subject = any(rows("SupportTicket"))?.fields["subject"],
      let queue = rows("_User").first(where: { $0.fields["username"]?.string == DemoData.queueUser }
      )
    else { return nil }
    let priority = TicketPriority.allCases[random.index(of: [15, 58, 20, 6])]
    return step(
      by: name(.coordinator), "POST", "SupportTicket", nil,
      [
        "student": student.json, "subject": subject, "priority": .string(priority.rawValue),
        "assignedTo": queue.pointer?.json ?? .null,
      ])
  }

  /// Another agent sets a priority, or takes a status a step on.
  mutating func ticketChange() -> TrafficScript.Step? {
    guard let row = any(runningTickets) else { return nil }
    if random.chance(0.4) {
      let priority = random.pick(TicketPriority.allCases)
      return step(
        by: name(.coordinator), "PUT", "SupportTicket", row.objectId,
        ["priority": .string(priority.rawValue)])
    }
    let next: TicketStatus =
      Self.status(row) == .new ? .open : random.chance(0.5) ? .pending : .resolved
    return step(
      by: name(.coordinator), "PUT", "SupportTicket", row.objectId,
      ["status": .string(next.rawValue)])
  }

  /// A rival takes the most pressing ticket nobody has.
  mutating func claim() -> TrafficScript.Step? {
    let queue = rows("_User").first { $0.fields["username"]?.string == DemoData.queueUser }?.pointer
    let free = runningTickets.filter { Pointer($0.fields["assignedTo"]) == queue }
    let top = free.max { pressure($0) < pressure($1) }
    guard let top, let rival = person(.coordinator), let pointer = rival.pointer else { return nil }
    return step(
      by: rival.fields["username"]?.string, "PUT", "SupportTicket", top.objectId,
      ["assignedTo": pointer.json])
  }

  private func pressure(_ row: ParseObject) -> Double {
    let fields = RecordFields(id: row.objectId ?? "", object: row, isUnsent: false)
    return TicketClock(SupportTicket(fields), now: now).pressure
  }
}

extension Scene {
  /// The owner moves a deal on, in one case of six back or out.
  mutating func dealMove() -> TrafficScript.Step? {
    guard let row = any(openDeals), let stage = Term<Stage>(row.fields["stage"]?.string).word,
      let place = Stage.open.firstIndex(of: stage)
    else { return nil }
    let on = place + 1 < Stage.open.count ? Stage.open[place + 1] : .won
    let draw = random.unit()
    let next = draw < 0.84 ? on : draw < 0.92 ? Stage.lost : Stage.open[max(0, place - 1)]
    return step(
      by: username(Pointer(row.fields["assignedTo"])), "PUT", "Deal", row.objectId,
      ["stage": .string(next.rawValue)])
  }

  /// The owner corrects the amount or the day of closing.
  mutating func dealEdit() -> TrafficScript.Step? {
    guard let row = any(openDeals) else { return nil }
    let change: JSONObject
    if random.chance(0.5) {
      let amount = row.fields["amount"]?.double ?? 5000
      let raised = (amount * random.between(0.8, 1.3) / 50).rounded() * 50
      change = ["amount": .number(JSONNumber(min(max(50, raised), 1e12)))]
    } else {
      change = ["expectedCloseDate": day(ahead: 3 + random.below(60))]
    }
    return step(
      by: username(Pointer(row.fields["assignedTo"])), "PUT", "Deal", row.objectId, change)
  }

  /// Half of the time somebody finishes a planned step, else plans one like an older one.
  mutating func activity() -> TrafficScript.Step? {
    let all = rows("Activity")
    if random.chance(0.5) {
      let planned = all.filter { $0.fields["completedAt"] == nil }
      guard let row = any(planned) else { return nil }
      return step(
        by: username(Pointer(row.fields["createdBy"])), "PUT", "Activity", row.objectId,
        ["completedAt": now.json])
    }
    guard let model = any(all), let deal = any(openDeals), let pointer = deal.pointer else {
      return nil
    }
    var body: JSONObject = ["relatedTo": pointer.json, "dueDate": day(ahead: 1 + random.below(10))]
    for field in ["type", "subject"] { body[field] = model.fields[field] }
    return step(
      by: username(Pointer(deal.fields["assignedTo"])), "POST", "Activity", nil, body)
  }

  /// Somebody deletes a step of his own.
  mutating func deletion() -> TrafficScript.Step? {
    guard let row = any(rows("Activity")) else { return nil }
    return step(
      by: username(Pointer(row.fields["createdBy"])), "DELETE", "Activity", row.objectId)
  }

  /// A day, as noon UTC (reference/domain.md §0, T18).
  private func day(ahead: Int) -> JSON {
    ParseDate(dayNumber: now.dayNumber + ahead, hour: 12).json
  }
}
