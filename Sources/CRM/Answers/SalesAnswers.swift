package import ParseCore

/// The next planned thing on a deal or a contact.
package enum NextStep: Sendable, Hashable {
  case late(Term<ActivityType>, days: Int)
  case today(Term<ActivityType>)
  case planned(Term<ActivityType>, days: Int)
  /// Planned without a day.
  case undated(Term<ActivityType>)
  case none

  package var severity: Severity {
    switch self {
    case .late: .late
    case .today: .today
    case .planned, .undated: .plain
    case .none: .soon
    }
  }
}

package struct Lane: Sendable {
  package let stage: Term<Stage>
  package let title: String
  /// In board order.
  package let cards: [DealRow]
  package let sum: Double
  package let weighted: Double
  package let late: Int
  package let today: Int
  package let noStep: Int
  package let withoutAmount: Int
  /// Deals closed before this quarter, by last change: not among the cards, not in the sum.
  package let older: Int

  package var count: Int { cards.count }
}

package struct PipelineSummary: Sendable, Hashable {
  package var open = 0
  package var all = 0
  package var sum = 0.0
  package var weighted = 0.0
  package var wonSum = 0.0
  package var wonThisQuarter = 0
  /// Won over closed this quarter by last change, 0 to 1.
  package var winRate: Double?
  /// The same by amount.
  package var winRateByAmount: Double?
  package var closedThisQuarter = 0
  package var withoutAmount = 0
  /// Open deals with an amount whose stage has no chance: in the sum, not in the weighted one.
  package var unweighted = 0
  /// What comes in a day: open deals × win rate × mean amount won ÷ median days to win, the last
  /// three of this quarter. Nil when a part is missing.
  package var velocity: Double?
  /// The open stages and won in their order, 0 to 1 of all open and won deals: where they are now,
  /// not how they convert. Empty without deals.
  package var funnel: [Double] = []

  package init() {}
}

package struct ForecastRow: Sendable, Hashable {
  package enum Bucket: Sendable, Hashable {
    case overdue
    case month(year: Int, month: Int)
    case later
    case noDate
  }

  package let bucket: Bucket
  package let deals: Int
  package let weighted: Double
  package let sum: Double
  package let withoutAmount: Int
  package let won: Int
  package let wonSum: Double
}

/// The open deals of one owner.
package struct OwnerShare: Sendable, Hashable {
  /// Empty for deals without a readable owner.
  package let name: String
  package let deals: Int
  package let weighted: Double
  package let sum: Double
}

package struct PipelineAnswer: Sendable {
  package var views: [ViewCount]
  /// Open stages in order, then won, lost, and one for unknown and missing words.
  package var lanes: [Lane]
  /// Whether the view has closed deals on its board; without them won and lost are empty lanes.
  package var showsClosed: Bool
  package var list: Rows<DealRow>
  package var summary: PipelineSummary
  package var forecast: [ForecastRow]
  /// Heaviest first.
  package var owners: [OwnerShare]
  /// Open and late deals of everybody who can own one: sales, admins and present owners. By name.
  package var people: [PersonLoad]

  package init(
    views: [ViewCount], lanes: [Lane], list: Rows<DealRow>, summary: PipelineSummary,
    forecast: [ForecastRow], owners: [OwnerShare] = [], people: [PersonLoad] = [],
    showsClosed: Bool = true
  ) {
    self.views = views
    self.lanes = lanes
    self.list = list
    self.summary = summary
    self.forecast = forecast
    self.owners = owners
    self.people = people
    self.showsClosed = showsClosed
  }
}

package struct DealCard: Sendable {
  package let row: DealRow
  package let createdAt: ParseDate?
  package let notes: String?
  package let contactID: RecordID?
  package let companyID: RecordID?
  package let contactEmail: String?
  package let contactPhone: String?
  package let industry: String?
  package let website: String?
  /// Contacts of its company.
  package let contacts: Int
  /// All deals of its company, this one first, then the latest change first; empty without one.
  package let companyDeals: [DealRow]
  /// Planned first, then done, newest first.
  package let timeline: [ActivityRow]
}

package struct PeopleAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<PersonRow>

  package init(views: [ViewCount], list: Rows<PersonRow>) {
    self.views = views
    self.list = list
  }
}

package struct CompaniesAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<CompanyRow>

  package init(views: [ViewCount], list: Rows<CompanyRow>) {
    self.views = views
    self.list = list
  }
}

package struct ActivitiesAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<ActivityRow>
  /// What is to be done today and on each of the days after it, of all activities.
  package var days: [Int]

  package init(views: [ViewCount], list: Rows<ActivityRow>, days: [Int]) {
    self.views = views
    self.list = list
    self.days = days
  }
}
