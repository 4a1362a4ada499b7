import CRM
import ParseCore
import QuadApp
import Sandbox
import TerminalUI
import Testing

/// The app with a school behind it: what it watches is answered at once, its edits are applied as
/// unsent changes, and all it wanted done is kept.
struct AppFixture {
  private(set) var app: App
  private(set) var school: School
  /// What the app wanted done besides answers and forms, oldest first.
  private(set) var effects: [Effect] = []
  /// How often the cache was to be measured.
  private(set) var measures = 0
  private var objects: [RecordID: ParseObject]
  private var watches: [Slot: ViewRequest] = [:]
  private var orders: [Slot: (request: ViewRequest, ids: RecordIDs)] = [:]

  /// - Parameters:
  ///   - username: A user of the demo data; only the rows open to that user's role are there.
  ///   - change: Changes the rows before the first answer.
  init(
    _ columns: Int = 120, _ rows: Int = 40, as username: String = "mara",
    start: ScreenID = .quad, scale: DemoScale = .demo, now: ParseDate = fixtureNow,
    ascii: Bool = false, hasCursorBar: Bool = false, isRemote: Bool = false,
    change: (inout School) -> Void = { _ in }
  ) {
    let data = scale == .demo ? Self.demo : Self.tiny
    let whole = data.school
    objects = data.objects
    let user = whole.users.all.first { $0.username == username }
    if user == nil { Issue.record("nobody is called \(username)") }
    let role = user?.role.word
    school = whole.readable(by: user?.id, role)
    change(&school)
    let viewpoint = Viewpoint(user: user?.id, role: role, now: now, zoneOffset: 0)
    var context = Context(
      viewpoint: viewpoint, session: Session(user: user?.id, username: username, role: role),
      sync: SyncState(connection: .live), size: Size(columns: columns, rows: rows),
      hasCursorBar: hasCursorBar, glyphs: ascii ? .ascii : .unicode)
    context.isRemote = isRemote
    app = App(context: context, start: start)
    perform(app.start())
  }

  /// Handles a message and everything that follows from it.
  mutating func send(_ message: Message) { perform(app.handle(message)) }

  /// Presses the keys of a script, `jja<Enter>`.
  mutating func type(_ script: String) throws {
    for key in try Key.script(script) { send(.key(key)) }
  }

  mutating func resize(_ columns: Int, _ rows: Int) {
    send(.resized(Size(columns: columns, rows: rows)))
  }

  /// Changes rows as the sync does, and answers what is watched anew.
  mutating func change(_ body: (inout School) -> Void) {
    body(&school)
    for (slot, request) in watches { answer(slot, request) }
  }

  /// What the app wanted done since the last call.
  mutating func taken() -> [Effect] {
    defer { effects = [] }
    return effects
  }

  private mutating func perform(_ wanted: [Effect]) {
    for effect in wanted {
      switch effect {
      case .watch(let slot, let request):
        watches[slot] = request
        answer(slot, request)
      case .unwatch(let slot):
        watches[slot] = nil
        orders[slot] = nil
      case .measureCache: measures += 1
      case .passMinute: for (slot, request) in watches { answer(slot, request) }
      case .form(let request): open(request)
      case .act(let intent):
        effects.append(effect)
        refusing { (fixture) throws(Refusal) in
          let editor = Editor(school: fixture.school, viewpoint: fixture.app.context.viewpoint)
          fixture.apply(try intent.edit(editor))
        }
      case .edit(let edit):
        effects.append(effect)
        apply(edit)
      default: effects.append(effect)
      }
    }
  }

  /// Writes the edit into the rows, as unsent, and says what was done.
  private mutating func apply(_ edit: Edit) {
    for write in edit.writes {
      switch write {
      case .create(let kind, let fields):
        put(ParseObject(className: kind.rawValue, objectId: "new\(objects.count)", fields: fields))
      case .update(_, let id, let changes):
        guard var object = objects[id] else { continue }
        for (field, operation) in changes {
          do throws(ParseError) {
            object.fields[field] = try operation.applied(to: object.fields[field])
          } catch {
            Issue.record("\(field) does not take that change: \(error)")
          }
        }
        put(object)
      case .delete(let kind, let id): school.remove(kind, id: id)
      }
    }
    for snooze in edit.snoozes { school.apply(snooze) }
    send(.done(words: edit.words, canUndo: true))
    change { _ in }
  }

  private mutating func put(_ object: ParseObject) {
    guard let id = object.objectId else { return }
    objects[id] = object
    school.upsert(School.Row(id: id, object: object, isUnsent: true))
  }

  private mutating func refusing(_ body: (inout AppFixture) throws(Refusal) -> Void) {
    do throws(Refusal) {
      try body(&self)
    } catch {
      send(.refused(error.words))
    }
  }

  private mutating func answer(_ slot: Slot, _ request: ViewRequest) {
    let known = orders[slot]
    let answer = school.answer(
      request, app.context.viewpoint,
      previous: known?.request == request ? known?.ids ?? [] : [])
    orders[slot] = (request, answer.order)
    send(.answer(slot, request, answer))
  }

  private mutating func open(_ request: FormRequest) {
    refusing { (fixture) throws(Refusal) in
      fixture.send(.form(try fixture.school.open(request, fixture.app.context.viewpoint)))
    }
  }
}

extension AppFixture {
  /// The picture as text, as roles (`Canvas.styleMap`) and as attributes.
  var screen: String { app.draw().text }
  var roles: String { app.draw().styleMap }
  var attributes: String { app.draw().attributeMap }

  /// One row of the picture.
  func line(_ row: Int) -> String { app.draw().text(row: row) }

  /// The first row of the picture that holds the words; nil when none does.
  func row(of words: String) -> Int? {
    let canvas = app.draw()
    return (0..<canvas.fullSize.rows).first { canvas.text(row: $0).contains(words) }
  }

  /// The style of the first letter of the words where they stand first.
  func style(of words: String) -> Style? {
    let canvas = app.draw()
    guard let row = row(of: words) else { return nil }
    let cells = (0..<canvas.fullSize.columns).map { canvas[row: row, column: $0] }
    for start in cells.indices {
      let text = cells[start...].map(\.glyph).joined()
      if cells[start].width > 0, text.hasPrefix(words) { return cells[start].style }
    }
    return nil
  }
}

/// The generated school as rows and as the objects they were read from.
struct DemoSchool {
  private(set) var school = School()
  private(set) var objects: [RecordID: ParseObject] = [:]

  init(_ scale: DemoScale) {
    for object in DemoData.make(scale: scale, seed: 7, now: fixtureNow).objects {
      guard let id = object.objectId else { continue }
      objects[id] = object
      school.upsert(School.Row(id: id, object: object, isUnsent: false))
    }
    school.complete = Set(SchoolClass.allCases)
  }
}

extension AppFixture {
  /// Made once: generating and reading the demo school takes most of a second.
  private static let demo = DemoSchool(.demo)
  private static let tiny = DemoSchool(.tiny)
}

/// Friday 20 November 2026, 14:12 UTC, the afternoon of the design's pictures.
let fixtureNow = ParseDate(iso: "2026-11-20T14:12:00.000Z") ?? ParseDate(milliseconds: 0)

extension School {
  /// What the server hands to a user, by class and by row.
  func readable(by user: RecordID?, _ role: CRM.Role?) -> School {
    var school = self
    let rights = Rights(role: role)
    for kind in SchoolClass.allCases {
      let reach = rights.reach(.read, kind)
      guard reach != .all else { continue }
      for id in ids(kind)
      where reach == .none || !(isOwn(kind, id, of: user) || isLearners(kind, id, user)) {
        school.remove(kind, id: id)
      }
    }
    return school
  }

  /// Whether the row is open to the learner who is this user; the e-mail says who that is.
  private func isLearners(_ kind: SchoolClass, _ id: RecordID, _ user: RecordID?) -> Bool {
    guard let user = users[user], user.role.word == .learner, let email = user.email else {
      return false
    }
    // Courses that run are open to all learners.
    if kind == .course { return courses[id]?.status.word == .active }
    let student: RecordID? =
      switch kind {
      case .student: id
      case .enrollment: enrollments[id]?.student
      case .attempt: attempts[id]?.student
      case .ticket: tickets[id]?.student
      default: nil
      }
    return students[student]?.email == email
  }

  private func ids(_ kind: SchoolClass) -> [RecordID] {
    switch kind {
    case .user: users.all.map(\.id)
    case .course: courses.all.map(\.id)
    case .student: students.all.map(\.id)
    case .enrollment: enrollments.all.map(\.id)
    case .ticket: tickets.all.map(\.id)
    case .attempt: attempts.all.map(\.id)
    case .company: companies.all.map(\.id)
    case .contact: contacts.all.map(\.id)
    case .deal: deals.all.map(\.id)
    case .activity: activities.all.map(\.id)
    }
  }
}
