package import CRM
internal import JSONCache
internal import ParseCore

/// The pins of what screens show: one for each screen, so that what somebody looked at last is known
/// as worth keeping when the cache is made smaller.
extension Workspace {
  /// What a screen showed last.
  struct Shown: Equatable {
    let request: ViewRequest
    let ids: RecordIDs
  }

  /// Of a list that goes on and on, what comes first is what is looked at.
  static let mostShown = 1000
  /// Of each of the four panes.
  static let mostShownInPane = 200

  /// Notes what a screen shows; it is pinned by `pinShown`. Of a long list the part that can be: whole
  /// lists of screens left long ago would stay in memory.
  func noteShown(_ request: ViewRequest, _ ids: RecordIDs) {
    guard let name = request.pinName else { return }
    let most = request.shownClasses.count > 1 ? ids.count : Self.mostShown
    shown[name] = Shown(
      request: request, ids: request.record.map { [$0] } ?? ids.first(most))
  }

  /// Pins what screens show now in place of what they showed before. Once a minute and at the end is
  /// enough: the rows themselves are in the cache already.
  func pinShown() {
    let changed = shown.filter { pinnedShown[$0.key] != $0.value }
    guard !changed.isEmpty else { return }
    pinnedShown = shown
    let pins = changed.mapValues(pointers(to:))
    let now = options.now()
    beside { store throws(CacheError) in
      for (name, pointers) in pins {
        try store.replacePin(pointers, name: name, depth: 1, now: now)
      }
    }
  }

  private func pointers(to shown: Shown) -> [Pointer] {
    let kinds = shown.request.shownClasses
    var counts: [SchoolClass: Int] = [:]
    return shown.ids.compactMap { id in
      guard let kind = kinds.count > 1 ? kinds.first(where: { holds($0, id) }) : kinds.first
      else { return nil }
      counts[kind, default: 0] += 1
      guard kinds.count == 1 || counts[kind, default: 0] <= Self.mostShownInPane else { return nil }
      return Pointer(className: kind.rawValue, objectId: id)
    }
  }

  private func holds(_ kind: SchoolClass, _ id: RecordID) -> Bool { school.label(kind, id) != nil }
}

extension ViewRequest {
  /// The pin of the screen that asks this, as `quad pins` names it; nil for what shows no records of
  /// its own.
  package var pinName: String? {
    switch self {
    case .quad: "screen quad"
    case .completion: "screen completion"
    case .latestAttempts: "screen attempts"
    case .tickets: "screen tickets"
    case .pipeline: "screen pipeline"
    case .people: "screen people"
    case .companies: "screen companies"
    case .activities: "screen activities"
    case .courses: "screen courses"
    case .studentCard: "screen student"
    case .ticketCard: "screen ticket"
    case .dealCard: "screen deal"
    case .partyCard(.contact): "screen contact"
    case .partyCard(.company): "screen company"
    case .cohorts, .quizzes, .health, .quizCard, .merge, .observed: nil
    }
  }

  /// The classes of the records shown.
  fileprivate var shownClasses: [SchoolClass] {
    switch self {
    case .quad: [.student, .ticket, .deal]
    case .completion, .studentCard: [.student]
    case .latestAttempts: [.attempt]
    case .tickets, .ticketCard: [.ticket]
    case .pipeline, .dealCard: [.deal]
    case .people, .partyCard(.contact): [.contact]
    case .companies, .partyCard(.company): [.company]
    case .activities: [.activity]
    case .courses: [.course]
    case .cohorts, .quizzes, .health, .quizCard, .merge, .observed: []
    }
  }

  /// The record of a card.
  fileprivate var record: RecordID? {
    switch self {
    case .studentCard(let id), .ticketCard(let id), .dealCard(let id): id
    case .partyCard(let party): party.id
    default: nil
    }
  }
}
