import CRM
import Foundation
import JSONCache
import ParseCore
import Sandbox
import Workspace

/// A home folder with one account whose cache holds a whole demo school: the program opened on it
/// with `--offline` shows how it starts and how its keys feel with that many rows.
struct CachedHome {
  let folder: String
  private static let server = "http://127.0.0.1:1/parse"
  private static let rowsAPage = 1000

  private var environment: [String: String] { ["HOME": folder] }

  func fill(_ scale: DemoScale) throws {
    let now = ParseDate(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    let account = AccountKey(serverURL: Self.server, applicationId: "campus", user: "admin")
    guard let path = CachePath.file(environment: environment, account: account) else { return }
    let store = try CacheStore(path: path, makeID: { UUID().uuidString.lowercased() })
    var userId = ""
    var page: [ParseObject] = []
    var failure: CacheError?
    func write() {
      do throws(CacheError) {
        if failure == nil {
          try store.receive(page, Arrival(.fill, requestedAt: now, receivedAt: now))
        }
      } catch {
        failure = error
      }
      page = []
    }
    _ = DemoData.generate(scale: scale, seed: 7, now: now) { object in
      if object.fields["username"]?.string == "admin" { userId = object.objectId ?? "" }
      page.append(object)
      if page.count >= Self.rowsAPage { write() }
    }
    write()
    if let failure { throw failure }
    for kind in SchoolClass.allCases {
      try store.setSyncMark(SyncMark(className: kind.rawValue, state: .complete, syncedAt: now))
    }
    print("     \(try store.rowCounts().values.reduce(0, +)) rows in \(path)")
    try store.close()
    try ProfileStore(environment: environment).save(
      Profile(
        serverURL: Self.server, applicationId: "campus", username: "admin", userId: userId,
        role: "admin", sessionToken: "r:bench", installationId: "bench", lastUsed: now))
  }
}
