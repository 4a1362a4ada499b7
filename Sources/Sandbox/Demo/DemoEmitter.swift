import ParseCore

/// Writes a world as Parse objects with the ACLs the hooks would stamp (reference/domain.md §4.3).
struct DemoEmitter {
  let world: DemoWorld
  /// Pointers and ACLs are shared between rows: one copy of each in memory.
  let users, courses, students, companies, contacts, deals: [JSON]
  let enrollmentACLs: [JSON]
  let learner: Int?
  let cohorts: [JSON]
  /// The id of a row that is not there.
  let gone: String

  init(_ world: DemoWorld) {
    self.world = world
    func pointers(_ className: String, _ ids: [String]) -> [JSON] {
      ids.map { Pointer(className: className, objectId: $0).json }
    }
    users = pointers("_User", world.users.map(\.id))
    courses = pointers("Course", world.courses.map(\.id))
    students = pointers("Student", world.students.map(\.id))
    companies = pointers("Company", world.companies.map(\.id))
    contacts = pointers("Contact", world.contacts.map(\.id))
    deals = pointers("Deal", world.deals.map(\.id))
    cohorts = DemoCohort.all(now: world.today).map { .string($0.name) }
    var random = world.random
    gone = random.id()
    let learner = world.users.firstIndex { $0.role == "learner" }
    self.learner = learner
    enrollmentACLs = world.enrollments.map { enrollment in
      Self.learningACL(world, enrollment.student.row, enrollment.course, learner: learner)
    }
  }

  /// Every row, class by class, each class in the order of its making.
  func each(_ body: (ParseObject) -> Void) {
    for user in world.users { body(object(user)) }
    for course in world.courses { body(object(course)) }
    for student in world.students { body(object(student)) }
    for index in world.enrollments.indices { body(enrollment(index)) }
    for attempt in world.attempts { body(object(attempt)) }
    for ticket in world.tickets { body(object(ticket)) }
    for company in world.companies { body(object(company)) }
    for contact in world.contacts { body(object(contact)) }
    for deal in world.deals { body(object(deal)) }
    for activity in world.activities { body(object(activity)) }
  }

  func link(_ link: DemoLink, _ className: String, _ pointers: [JSON]) -> JSON {
    link.row.map { pointers[$0] } ?? Pointer(className: className, objectId: gone).json
  }

  func isLearner(_ student: Int) -> Bool {
    learner.map { world.users[$0].email == world.students[student].email } ?? false
  }
}

extension DemoEmitter {
  static let readWrite: JSON = ["read": true, "write": true]
  static let readOnly: JSON = ["read": true]

  /// Writers win over readers of the same key.
  static func acl(write: [String], read: [String] = []) -> JSON {
    var members: [JSONObject.Member] = []
    members.reserveCapacity(write.count + read.count)
    for key in write where !members.contains(where: { $0.key == key }) {
      members.append(.init(key: key, value: readWrite))
    }
    for key in read where !members.contains(where: { $0.key == key }) {
      members.append(.init(key: key, value: readOnly))
    }
    return .object(JSONObject(members))
  }

  static let leads = ["role:admin", "role:coordinator"]

  static func learningACL(
    _ world: DemoWorld, _ student: Int?, _ course: Int, learner: Int?
  ) -> JSON {
    var write = leads + [world.users[world.courses[course].instructor].id]
    guard let student else { return acl(write: write) }
    write.append(world.users[world.students[student].owner].id)
    let own = learner.flatMap {
      world.users[$0].email == world.students[student].email ? world.users[$0].id : nil
    }
    return acl(write: write, read: own.map { [$0] } ?? [])
  }

  func row(
    _ className: String, _ id: String, _ created: ParseDate, _ updated: ParseDate,
    acl: JSON, _ members: KeyValuePairs<String, JSON?>
  ) -> ParseObject {
    var fields: [JSONObject.Member] = []
    fields.reserveCapacity(members.count + 1)
    for (key, value) in members {
      if let value { fields.append(.init(key: key, value: value)) }
    }
    fields.append(.init(key: "ACL", value: acl))
    return ParseObject(
      className: className, objectId: id, createdAt: world.moved(created),
      updatedAt: world.moved(max(created, updated)),
      fields: JSONObject(fields))
  }

  func filled(_ text: String) -> JSON? { text.isEmpty ? nil : .string(text) }

  func number(_ value: Double) -> JSON { .number(JSONNumber(value)) }
}
