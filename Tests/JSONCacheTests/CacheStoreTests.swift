import Foundation
import GRDB
import ParseCore
import Testing

@testable import JSONCache

struct CacheStoreTests {
  private func mode(_ path: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }

  @Test func `folder and files are for the owner only`() throws {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    try store.receive([deal("a")], .fill)
    #expect(try mode(folder.path + "/quad") == 0o700)
    #expect(try mode(folder.file) == 0o600)
    #expect(try mode(folder.file + "-wal") == 0o600)
    #expect(store.sizeInBytes() > 0)
  }

  private func size(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.size] as? NSNumber).intValue
  }

  @Test func `a closed cache leaves a short log for the next start, and one to go on with`() throws
  {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    try store.receive((0..<200).map { deal("\($0)") }, .fill)
    #expect(try store.documents(className: "Deal").count == 200)
    #expect(try size(folder.file + "-wal") > 100_000)
    try store.close()
    let log = try size(folder.file + "-wal")
    #expect(log > 0 && log < 10_000)
    let again = try makeStore(folder.file)
    #expect(try again.documents(className: "Deal").count == 200)
    #expect(try size(folder.file + "-wal") == log)
    try again.close()
  }

  @Test func `rows read one by one are those read at once`() throws {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    try store.receive((0..<5).map { deal("\($0)") }, .fill)
    try store.receive([], gone: [Pointer(className: "Deal", objectId: "3")], .fill)
    var found: [CachedDocument] = []
    try store.forEachDocument(className: "Deal") { (document) throws(CacheError) in
      found.append(document)
    }
    #expect(found.count == 4)
    #expect(found.map(\.id) == (try store.documents(className: "Deal")).map(\.id))
    #expect(found.map(\.bytes) == (try store.documents(className: "Deal")).map(\.bytes))
    try store.close()
  }

  @Test func `a cache that another process reads closes at once and keeps its log`() throws {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    try store.receive([deal("a")], .fill)
    let other = try DatabaseQueue(path: folder.file)
    try other.read { db in
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM documents") == 1)
      let log = try size(folder.file + "-wal")
      try store.close()
      #expect(try size(folder.file + "-wal") == log)
    }
    try other.close()
  }

  @Test func `a commit is on the disk before it returns`() throws {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    let level = try store.writer.writeWithoutTransaction { db in
      try Int.fetchOne(db, sql: "PRAGMA synchronous")
    }
    // sqlite.org/pragma.html#pragma_synchronous: 2 is FULL.
    #expect(level == 2)
  }

  @Test func `a file that others can read is refused with words`() throws {
    let folder = try Folder()
    try makeStore(folder.file).close()
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file)
    let error = #expect(throws: CacheError.self) { try makeStore(folder.file) }
    #expect(error == .readableByOthers(path: folder.file))
    #expect(error?.words.contains("chmod 600") == true)
  }

  @Test func `a file of a newer version is refused`() throws {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    try store.write { transaction in
      try transaction.run("INSERT INTO grdb_migrations VALUES ('99 from the future')", [])
    }
    try store.close()
    #expect(throws: CacheError.newerVersion) { try makeStore(folder.file) }
  }

  @Test func `a file that is no database is corrupt`() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/quad", withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: folder.file, contents: Data(repeating: 0x41, count: 8192),
      attributes: [.posixPermissions: 0o600])
    #expect(throws: CacheError.corrupt) { try makeStore(folder.file) }
  }

  @Test func `a full disk refuses the edit with words and breaks nothing`() throws {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    try store.receive([deal("a", ["title": "old"])], .fill)
    try store.update("a", ["stage": .set("won")])
    func limit(_ pages: Int) throws {
      try store.writer.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
    }
    try limit(1)
    let long = String(repeating: "x", count: 100_000)
    let error = #expect(throws: CacheError.self) {
      try store.update("a", ["title": .set(.string(long))])
    }
    #expect(error == .fullDisk)
    #expect(error?.words == "The disk is full. Nothing was saved; free some space and try again.")
    #expect(throws: CacheError.fullDisk) {
      try store.receive([deal("b", ["t": .string(long)])], .fill)
    }
    #expect(try store.field("title", "a") == "old")
    #expect(try store.object(className: "Deal", id: "b") == nil)
    #expect(try store.outbox().map(\.changes) == [["stage": .set("won")]])
    #expect(try store.integrityProblems().isEmpty)
    try limit(1_000_000)
    try store.update("a", ["title": .set(.string(long))])
    #expect(try store.field("title", "a") == .string(long))
  }

  @Test func `what was committed is there after reopening`() throws {
    let folder = try Folder()
    let first = try makeStore(folder.file)
    try first.receive([deal("a", ["stage": "lead"])], .fill)
    try first.update("a", ["stage": .set("won")])
    try first.close()
    let second = try makeStore(folder.file)
    #expect(try second.field("stage", "a") == "won")
    #expect(try second.serverObject(className: "Deal", id: "a")?["stage"] == "lead")
    #expect(try second.outbox().count == 1)
    #expect(try second.integrityProblems().isEmpty)
  }

  @Test func `another connection's commits are noticed and one's own are not`() async throws {
    let folder = try Folder()
    let (mine, other) = (try makeStore(folder.file), try makeStore(folder.file))
    var notices = mine.notices().makeAsyncIterator()
    try mine.receive([deal("a")], .fill)
    #expect(await notices.next()?.classNames == ["Deal"])
    #expect(try mine.pollOtherProcesses() == nil)
    try other.receive([deal("b", ["stage": "lead"])], .fill)
    let notice = try mine.pollOtherProcesses()
    #expect(notice?.classNames == ["Deal"])
    #expect(await notices.next() == notice)
    #expect(try mine.field("stage", "b") == "lead")
    #expect(try mine.pollOtherProcesses() == nil)
  }

  @Test func `one of two may sync, and the other after it resigns`() throws {
    let folder = try Folder()
    let (mine, other) = (try makeStore(folder.file), try makeStore(folder.file))
    #expect(try mine.tryBecomeSyncer())
    #expect(try mine.tryBecomeSyncer())
    #expect(try !other.tryBecomeSyncer())
    mine.resignSyncer()
    #expect(try other.tryBecomeSyncer())
  }

  @Test func `each commit that changes rows has the next number`() throws {
    let store = try makeStore()
    try store.receive([deal("a"), deal("b")], .fill)
    let first = try store.sequence()
    try store.receive([deal("b", updated: 5)], .fill)
    #expect(try store.sequence() == first + 1)
    #expect(try store.changes(className: "Deal", since: first).map(\.id) == ["b"])
    try store.receive([deal("b", updated: 5)], .fill)
    #expect(try store.sequence() == first + 1)
    try store.markGone(className: "Deal", ids: ["a"], at: noon, source: .live)
    let changes = try store.changes(className: "Deal", since: first + 1)
    #expect(changes.map(\.id) == ["a"])
    #expect(changes.map(\.isRemoved) == [true])
  }

  @Test func `a listener that lags gets what it missed as one notice`() async throws {
    let store = try makeStore()
    let notices = store.notices()
    for id in 0..<1000 { try store.receive([deal("d\(id)")], .fill) }
    try store.receive([ParseObject(className: "Ticket", objectId: "t")], .fill)
    try store.close()
    var heard: [CacheNotice] = []
    for await notice in notices { heard.append(notice) }
    #expect(heard.map(\.classNames) == [["Deal", "Ticket"]])
    #expect(heard.first?.sequence ?? 0 > 1000)
  }

  @Test func `streams of notices end when the store closes`() async throws {
    let store = try makeStore()
    let notices = store.notices()
    try store.receive([deal("a")], .fill)
    try store.close()
    var count = 0
    for await _ in notices { count += 1 }
    #expect(count == 1)
  }
}

struct CachePathTests {
  @Test func `the cache home of the environment wins when it is absolute`() {
    let folder = CachePath.folder(environment:)
    #expect(folder(["XDG_CACHE_HOME": "/x", "HOME": "/h"]) == "/x/quad")
    #expect(folder(["XDG_CACHE_HOME": "x", "HOME": "/h"]) == "/h/.cache/quad")
    #expect(folder(["HOME": "/h"]) == "/h/.cache/quad")
    #expect(folder([:]) == nil)
  }

  @Test(arguments: [
    ("https://a.example/parse", "app", "../../etc/passwd"), ("https://a", "", "ünï"),
    ("https://ab", "", "c"), ("https://a", "b", "c"), ("", "", ""),
  ])
  func `names of cache files are safe and differ`(url: String, app: String, user: String) {
    let name = AccountKey(serverURL: url, applicationId: app, user: user).fileName
    #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") })
    #expect(name.hasSuffix(".sqlite") && !name.hasPrefix("."))
    #expect(AccountKey(serverURL: url + app, applicationId: "", user: user + " ").fileName != name)
  }
}
