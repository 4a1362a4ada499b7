import GRDB
import ParseCore
import Synchronization

@testable import JSONCache
@testable import ParseClient
@testable import SyncEngine

/// One process of the account: its view of the shared file, its engine, its connection, and the
/// fuse that ends it.
struct Terminal: Sendable {
  let store: CacheStore
  let client: ParseClient
  let engine: SyncEngine
  let fuse = Fuse()
  let feed = Feed()
  /// Differs between all processes of a history; ids made here carry it.
  let number: Int

  init(
    path: String, number: Int, token: String?, time: SyncTime, configuration: SyncConfiguration,
    answers: @escaping @Sendable (SandboxCall, Fuse) async -> SandboxCall.Answer
  ) throws {
    self.number = number
    let ids = Mutex(0)
    store = try CacheStore(
      path: path,
      makeID: {
        ids.withLock { last in
          last += 1
          return "id\(number)-\(last)"
        }
      })
    let fuse = fuse
    client = try ParseClient(
      ServerConfiguration(
        url: "http://127.0.0.1:1/parse", applicationId: "campus", restKey: "rest",
        installationId: "here"),
      sessionToken: token, answers: { await answers(SandboxCall($0), fuse) })
    engine = SyncEngine(
      store: store, client: client, configuration: configuration, time: time)
    store.writer.add(transactionObserver: fuse, extent: .databaseLifetime)
  }
}
