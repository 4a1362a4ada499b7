import TestRandom
import Foundation
import Testing

extension EndToEnd {
  /// `kill -9` at any moment loses nothing that the screen had shown as done.
  @Suite(.timeLimit(.minutes(60)))
  @MainActor
  struct KilledClientTests {
    /// Ten deaths, or as many as the environment asks for.
    private static let kills =
      ProcessInfo.processInfo.environment["QUAD_KILLS"].flatMap { Int($0) } ?? 10

    /// Deaths of one cache before its last start lives to the end.
    private static let killsOfLife = 5

    @Test func `every edit that was shown as done outlives kill -9 and is sent once`() throws {
      let home = try Home()
      let (sandbox, url) = try home.sandbox(scale: "tiny", data: home.file("school.sqlite"))
      let school = try School(url)
      try school.logIn("admin")
      try home.logIn("admin", at: url)
      var chance = SplitMix(20_261_121)
      var (kills, contacts, raises) = (0, 0, 0)
      while kills < Self.kills {
        let life = try Life(number: kills, profiles: home.profiles, school: school)
        for death in 0..<min(Self.killsOfLife, Self.kills - kills) {
          let moment = UInt32.random(in: 0..<1_500_000, using: &chance)
          if death == 0 {
            try life.dieInFirstSync(after: moment)
          } else if Bool.random(using: &chance) {
            try life.dieAddingContacts(after: moment)
          } else {
            try life.dieRaisingProgress(after: moment)
          }
          kills += 1
        }
        try life.end()
        contacts += life.shown.count
        raises += life.shownProgress / 5
      }
      #expect(sandbox.exitCode == nil)
      #expect(contacts + raises > 0)
      print("\(kills) kills, \(contacts) contacts and \(raises) raises shown as done, none lost")
    }
  }
}
