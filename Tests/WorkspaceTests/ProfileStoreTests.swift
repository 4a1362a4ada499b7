import Foundation
import ParseCore
import Testing

@testable import Workspace

struct ProfileStoreTests {
  private let folder = NSTemporaryDirectory() + "quad-profiles-" + UUID().uuidString
  private var store: ProfileStore { ProfileStore(environment: ["XDG_STATE_HOME": folder]) }

  private func profile(_ user: String, at seconds: Int64, token: String = "r:1") -> Profile {
    Profile(
      serverURL: "https://school.example/parse", applicationId: "campus", username: user,
      userId: "id-" + user, role: "sales", sessionToken: token, installationId: "here",
      lastUsed: ParseDate(milliseconds: seconds * 1000))
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private func clear() throws { try FileManager.default.removeItem(atPath: folder) }

  @Test func `profiles come back last used first, in a file for its owner only`() throws {
    #expect(try store.load().isEmpty)
    var demo = profile("mara", at: 3)
    demo.isDemo = true
    try store.save(profile("kai", at: 1))
    try store.save(demo)
    try store.save(profile("lind", at: 2))
    #expect(try store.load().map(\.username) == ["mara", "lind", "kai"])
    #expect(try store.load().first == demo)
    #expect(try mode(store.path) == 0o600)
    #expect(try mode((store.path as NSString).deletingLastPathComponent) == 0o700)
    try clear()
  }

  @Test func `programs that start at once lose nothing of each other's`() async throws {
    let store = store
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask { try store.save(profile("user\(number)", at: Int64(number))) }
      }
      try await group.waitForAll()
    }
    #expect(try store.load().count == 40)
    try clear()
  }

  @Test func `the same account is kept once and signing out forgets the token only`() throws {
    try store.save(profile("kai", at: 1))
    try store.save(profile("kai", at: 5, token: "r:2"))
    #expect(try store.load() == [profile("kai", at: 5, token: "r:2")])
    try store.signOut(profile("kai", at: 5))
    let rest = try store.load()
    #expect(rest.count == 1)
    #expect(rest.first?.sessionToken == nil && rest.first?.username == "kai")
    try clear()
  }

  @Test(arguments: [0o644, 0o640, 0o604, 0o660])
  func `a file that others can read or write is refused`(mode: Int) throws {
    try store.save(profile("kai", at: 1))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: store.path)
    #expect { try store.load() } throws: { error in
      (error as? ProfileError)?.words.contains("chmod 600") == true
    }
    #expect(throws: ProfileError.self) { try store.save(profile("lind", at: 2)) }
    try clear()
  }

  @Test(arguments: [0o777, 0o775, 0o722])
  func `a folder that others can write to is refused`(mode: Int) throws {
    try store.save(profile("kai", at: 1))
    let state = (store.path as NSString).deletingLastPathComponent
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: state)
    for work in [{ _ = try store.load() }, { try store.save(profile("lind", at: 2)) }] {
      #expect {
        try work()
      } throws: { error in
        (error as? ProfileError)?.words.contains("chmod 700 \(state)") == true
      }
    }
    try clear()
  }

  @Test func `a part file left behind or planted is not written through`() throws {
    try store.save(profile("kai", at: 1))
    let victim = folder + "/victim"
    try "mine".write(toFile: victim, atomically: false, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: store.path + ".part", withDestinationPath: victim)
    try store.save(profile("lind", at: 2))
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "mine")
    #expect(try mode(store.path) == 0o600)
    try clear()
  }

  @Test func `an account is found before its user id is known`() throws {
    try store.save(profile("kai", at: 1))
    let server = "https://school.example/parse"
    #expect(
      try store.find(serverURL: server, applicationId: "campus", username: "kai")?.installationId
        == "here")
    #expect(try store.find(serverURL: server, applicationId: "other", username: "kai") == nil)
    #expect(try store.find(serverURL: server, applicationId: "campus", username: "mara") == nil)
    try clear()
  }

  @Test func `a damaged file says so and is not written over`() throws {
    try store.save(profile("kai", at: 1))
    try "{\"profiles\":[".write(toFile: store.path, atomically: false, encoding: .utf8)
    #expect { try store.load() } throws: { error in
      (error as? ProfileError)?.words.contains("damaged") == true
    }
    #expect(throws: ProfileError.self) { try store.save(profile("lind", at: 2)) }
    #expect(try String(contentsOfFile: store.path, encoding: .utf8) == "{\"profiles\":[")
    try clear()
  }
}
