import CRM
import Foundation
import ParseCore
import Sandbox
import Workspace

/// The answers of every screen on the stress set (reference/domain.md §7.1), and its memory.
///
/// CPU time of all threads: the aim of product.md is a pane's answer after one live change.
enum AnswerBenchmarks {
  private static let now = ParseDate(milliseconds: 1_795_183_920_000)

  /// - Parameter screen: the one to measure; nil takes all.
  static func run(scale: DemoScale, screen: String? = nil) throws {
    let requests = requests.filter { screen == nil || $0.0 == screen }
    dealsInMemory(100_000)
    let before = Measure.residentMegabytes
    let live = makeSchool(scale)
    let resident = Measure.residentMegabytes - before
    Measure.report("rows in memory", resident, "MB", isMet: resident <= 400, "≤ 400")
    if screen == "keys" { return try KeyBenchmarks(live: live, viewpoint: viewpoint).run() }
    var benchmarks = LiveBenchmarks(live: live, viewpoint: viewpoint)
    benchmarks.run(requests)
    FreeMemory.giveBack()
    let kept = Measure.residentMegabytes - before
    Measure.report(
      "rows and all kept answers in memory", kept, "MB", isMet: kept <= 400, "≤ 400")
    benchmarks.runOrders(screen)
    for (name, request) in requests {
      Measure.milliseconds("\(name), from all rows", aim: .infinity, clock: .cpu, rounds: 3) {
      } _: {
        blackHole(live.school.answer(request, viewpoint))
      }
    }
  }

  /// product.md: 100 000 rows of one class in at most 40 MiB.
  static func dealsInMemory(_ count: Int) {
    FreeMemory.giveBack()
    let before = Measure.residentMegabytes
    var school = School()
    for number in 0..<count {
      let object = ParseObject(className: "Deal", json: Deals.row(number))
      school.upsert(School.Row(id: Deals.id("D", number), object: object, isUnsent: false))
    }
    FreeMemory.giveBack()
    let resident = Measure.residentMegabytes - before
    Measure.report(
      "\(school.deals.count) deals in memory", resident, "MB", isMet: resident <= 40, "≤ 40")
  }

  static let viewpoint = Viewpoint(
    user: nil, role: .coordinator, now: now, zoneOffset: 0)

  static let requests: [(String, ViewRequest)] = [
    ("tickets", .tickets(ListRequest())), ("completion", .completion(ListRequest(view: "at-risk"))),
    ("cohorts", .cohorts(ListRequest())), ("quizzes", .quizzes(ListRequest())),
    (
      "attempts by student", .latestAttempts(ListRequest(sort: "student"))
    ), ("pipeline", .pipeline(ListRequest())),
    ("people", .people(ListRequest())), ("companies", .companies(ListRequest())),
    ("activities", .activities(ListRequest())), ("courses", .courses(ListRequest())),
    ("health", .health(ListRequest())), ("quad", .quad()),
  ]

  private static func makeSchool(_ scale: DemoScale) -> LiveSchool {
    let live = LiveSchool()
    _ = DemoData.generate(scale: scale, seed: 7, now: now) { object in
      guard let kind = SchoolClass(rawValue: object.className), let id = object.objectId else {
        return
      }
      live.upsert(kind, RecordFields(id: id, object: object, isUnsent: false))
    }
    live.complete = Set(SchoolClass.allCases)
    FreeMemory.giveBack()
    return live
  }

  @inline(never) private static func blackHole(_ answer: ViewAnswer) {}
}

extension Measure {
  /// Memory resident now, in MB.
  static var residentMegabytes: Double {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
      .split(separator: " ")
    return Double(fields.flatMap { $0.count > 1 ? Int($0[1]) : nil } ?? 0) * 4096 / 1_048_576
  }
}
