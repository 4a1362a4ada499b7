import ParseCore
import Sandbox

/// The rows of a demo set by class and by id, for tests to count in.
struct DemoTable {
  let data: SandboxData
  let now: ParseDate
  private let byClass: [String: [ParseObject]]
  private let byId: [String: ParseObject]

  static let now = ParseDate(milliseconds: 1_795_183_440_000)  // 2026-11-20T14:04:00Z
  static let demo = DemoTable(DemoData.make(scale: .demo, seed: 7, now: now), now: now)

  init(_ data: SandboxData, now: ParseDate) {
    self.data = data
    self.now = now
    byClass = Dictionary(grouping: data.objects, by: \.className)
    byId = Dictionary(
      data.objects.map { ($0.className + ":" + ($0.objectId ?? ""), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  func rows(_ className: String) -> [ParseObject] { byClass[className] ?? [] }

  func target(_ row: ParseObject, _ field: String) -> ParseObject? {
    Pointer(row[field]).flatMap { byId[$0.className + ":" + $0.objectId] }
  }

  func count(_ className: String, where test: (ParseObject) -> Bool) -> Int {
    rows(className).count(where: test)
  }

  /// Days from then to now.
  func age(_ row: ParseObject, _ field: String) -> Double? {
    row.date(field).map { (now.seconds - $0.seconds) / 86_400 }
  }
}

extension ParseObject {
  func text(_ field: String) -> String? { self[field]?.string }
  func number(_ field: String) -> Double? { self[field]?.double }
  func date(_ field: String) -> ParseDate? { self[field].flatMap(ParseDate.init(value:)) }
  func id(_ field: String) -> String? { Pointer(self[field])?.objectId }

  /// The text of every string in the row, ACL keys apart.
  var texts: [String] { fields.members.compactMap(\.value.string) }
}
