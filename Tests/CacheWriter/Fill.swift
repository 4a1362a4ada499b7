import JSONCache
import ParseClient
import ParseCore
import SyncEngine

/// A first fill by the real engine, for tests that kill it. Reads where the server is from standard
/// input, a line each, so that no session token stands on a command line.
enum Fill {
  /// Rows asked at once.
  static let pageSize = 100

  static func run(_ store: CacheStore) async throws {
    guard let url = readLine(), let application = readLine(), let key = readLine(),
      let token = readLine()
    else { return }
    let client = try ParseClient(
      ServerConfiguration(
        url: url, applicationId: application, restKey: key, installationId: "killed"),
      sessionToken: token)
    var configuration = SyncConfiguration(classes: [SyncClass("Deal")])
    configuration.pageSize = pageSize
    let engine = SyncEngine(
      store: store, client: client, configuration: configuration,
      time: SyncTime(now: { now }, sleep: { _ in }, random: { 0.5 }))
    await engine.syncOnce(refresh: false)
  }
}
