import ParseCore

/// The school while it is made: rows as plain values that point at each other by index. A fifth of
/// the size of the Parse objects, so that the largest set fits in memory.
///
/// Every part draws from the one generator in a fixed order; nothing depends on the order of a
/// dictionary or a set.
struct DemoWorld {
  let sizes: DemoSizes
  /// The instant the school is made for, always the same, so that no draw hangs on the clock; the
  /// emitter moves all dates from here to `today`.
  let now = ParseDate(milliseconds: 1_795_183_920_000)  // 2026-11-20T14:12:00Z
  /// The instant the rows are for; only names of terms and years are read from it.
  let today: ParseDate
  let words: DemoWords
  var random: DemoRandom

  var users: [DemoUser] = []
  var courses: [DemoCourse] = []
  var students: [DemoStudent] = []
  var enrollments: [DemoEnrollment] = []
  var attempts: [DemoAttempt] = []
  var tickets: [DemoTicket] = []
  var companies: [DemoCompany] = []
  var contacts: [DemoContact] = []
  var deals: [DemoDeal] = []
  var activities: [DemoActivity] = []

  private var people: [String: [Int]] = [:]

  /// Students with a hostile name; they stay away from the top of the default lists.
  var oddStudents: Set<Int> = []

  /// How often an e-mail handle was given out; looked up only.
  private var handles: [String: Int] = [:]

  init(sizes: DemoSizes, seed: UInt64, today: ParseDate, words: DemoWords = .shared) {
    self.sizes = sizes
    self.today = today
    self.words = words
    random = DemoRandom(seed: seed)
    makeUsers()
    people = Dictionary(
      grouping: users.indices.filter { users[$0].username != DemoData.queueUser },
      by: { users[$0].role })
    makeCourses()
    makeStudents()
    makeEnrollments()
    makeAttempts()
    if sizes.hasSpecimens { addLearningSpecimens() }
    settleStudents()
    makeTickets()
    if sizes.hasSpecimens { addTicketSpecimens() }
    makeCompanies()
    makeContacts()
    makeDeals()
    makeActivities()
    if sizes.hasSpecimens { addSalesSpecimens() }
  }

  /// The people of a role, without the queue user.
  func users(as role: String) -> [Int] { people[role] ?? [] }

  var queue: Int { users.firstIndex { $0.username == DemoData.queueUser } ?? 0 }

  /// A whole name out of given and family name, or one in another script.
  mutating func personName() -> DemoWords.Name {
    if random.chance(0.08) { return random.pick(words.world) }
    let given = random.pick(words.given)
    let family = random.pick(words.family)
    return DemoWords.Name(
      text: given.text + " " + family.text, handle: given.handle + "." + family.handle)
  }

  /// An address nobody else in the demo has.
  mutating func email(_ handle: String, at domain: String) -> String {
    let count = handles[handle, default: 0] + 1
    handles[handle] = count
    return handle + (count > 1 ? String(count) : "") + "@" + domain
  }

  /// Whole days from `now` to `today`.
  var dayShift: Int { today.dayNumber - now.dayNumber }

  /// An instant as the emitter moves it.
  func moved(_ date: ParseDate) -> ParseDate {
    ParseDate(milliseconds: date.milliseconds + today.milliseconds - now.milliseconds)
  }

  /// A stored day as the emitter moves it.
  func movedDay(_ date: ParseDate) -> ParseDate {
    ParseDate(milliseconds: date.milliseconds + Int64(dayShift) * 86_400_000)
  }

  /// What `movedDay` makes this day of, for days that stay where they are.
  func fixedDay(_ date: ParseDate) -> ParseDate {
    ParseDate(milliseconds: date.milliseconds - Int64(dayShift) * 86_400_000)
  }

  /// The date, or `now` when it has not come yet.
  func notAfterNow(_ date: ParseDate) -> ParseDate { min(date, now) }
}
