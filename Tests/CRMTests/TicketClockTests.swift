import CRM
import ParseCore
import Testing

struct TicketClockTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var status = "open"
    var priority = "normal"
    var created: ParseDate? = ago(hours: 30)
    var updated: ParseDate? = ago(hours: 2)
    var message: ParseDate? = ago(hours: 12)
    var waiting: Int
    var age = 30 * 3600
    var pressure: Double

    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "running counts from the last message", waiting: 43_200, pressure: 0.5),
    Case(name: "urgent has an hour", priority: "urgent", waiting: 43_200, pressure: 12),
    Case(name: "an alias counts as its word", priority: "P2", waiting: 43_200, pressure: 3),
    Case(
      name: "an unknown priority uses normal's target", priority: "P0", waiting: 43_200,
      pressure: 0.5),
    Case(name: "no message counts from arrival", message: nil, waiting: 108_000, pressure: 1.25),
    Case(
      name: "a message far ahead counts from arrival", message: ago(hours: -1),
      waiting: 108_000, pressure: 1.25),
    Case(
      name: "a message just ahead is now", message: ago(seconds: -90), waiting: 0,
      pressure: 0),
    Case(name: "pending goes on counting", status: "pending", waiting: 43_200, pressure: 0.5),
    Case(
      name: "resolved is frozen at its last change", status: "solved", waiting: 36_000,
      age: 28 * 3600, pressure: 36_000 / 86_400.0),
    Case(
      name: "closed before the message is zero", status: "closed", updated: ago(hours: 20),
      waiting: 0, age: 10 * 3600, pressure: 0),
    Case(
      name: "a row not sent yet is new", created: nil, updated: nil, message: nil, waiting: 0,
      age: 0, pressure: 0),
  ])
  func `waiting, age and pressure`(test: Case) throws {
    var school = School.whole()
    var fields: JSONObject = ["status": .string(test.status), "priority": .string(test.priority)]
    fields["lastMessageAt"] = test.message?.json
    school.put(.ticket, "t1", created: test.created, updated: test.updated, fields)
    let clock = TicketClock(try #require(school.tickets["t1"]), now: now)
    #expect(clock.waiting == test.waiting)
    #expect(clock.age == test.age)
    #expect(abs(clock.pressure - test.pressure) < 1e-9)
  }
}
