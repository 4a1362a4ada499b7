import ParseCore
import Testing

@testable import CRM

struct CompactTests {
  @Test(arguments: [
    0, 1, -1, 1_795_183_920_123, -62_167_219_200_000, -62_167_219_200_001, 78_570_269_155_327,
    78_570_269_155_328, 253_402_300_799_999, .min, .max, .min + 1,
  ])
  func `an instant comes back to the millisecond`(milliseconds: Int64) {
    let date = ParseDate(milliseconds: milliseconds)
    #expect(CompactDate(date).date == date)
    #expect(CompactDate(date) == CompactDate(date))
    #expect(CompactDate(date) != CompactDate(nil))
  }

  @Test func `no instant is none`() {
    #expect(CompactDate(nil).date == nil)
  }

  @Test(arguments: [
    0, -0.0, 65, 83.9, 77.48, 66.66666666666667, 100, -12.5, 0.005, 1e-300, 10_737_418.23,
    10_737_418.24, -10_737_418.24, 1e12, .greatestFiniteMagnitude,
  ])
  func `a number comes back bit by bit`(number: Double) {
    #expect(CompactPercent(number).number?.bitPattern == number.bitPattern)
  }

  @Test func `no number is none`() {
    #expect(CompactPercent(nil).number == nil)
  }

  @Test func `an id that many share comes back`() {
    for id in ["xWMyZ4YEGZ", "", "local-1", nil] {
      #expect(SharedID(PackedID(id)).packed == PackedID(id))
    }
    #expect(SharedID(PackedID(nil)).orEmpty == SharedID(PackedID("")))
    #expect(SharedID(PackedID("a")).orEmpty == SharedID(PackedID("a")))
  }

  @Test func `rows take no more than they need`() {
    #expect(MemoryLayout<CompactDate>.size == 6)
    #expect(MemoryLayout<CompactPercent>.size == 4)
    #expect(MemoryLayout<QuizAttempt>.stride <= 56)
    #expect(MemoryLayout<Enrollment>.stride <= 48)
    #expect(MemoryLayout<Activity>.stride <= 96)
    #expect(MemoryLayout<Deal>.stride <= 104)
    #expect(MemoryLayout<SupportTicket>.stride <= 96)
  }
}

struct RecordIDsTests {
  @Test func `ids stand in their order`() {
    let ids: RecordIDs = ["b", "a", "quiz one", "a"]
    #expect(Array(ids) == ["b", "a", "quiz one", "a"])
    #expect(ids.firstIndex(of: "a") == 1)
    #expect(ids.firstIndex(of: "c") == nil)
    #expect(ids.contains("quiz one"))
    #expect(ids.first(2) == ["b", "a"])
    #expect(ids.first(9) == ids)
    #expect(ids.first(1) + ids.first(1) == ["b", "b"])
  }

  @Test func `a set has each id once`() {
    var set = RecordIDSet()
    #expect(set.isEmpty)
    let inserted = [set.insert("b"), set.insert("b")]
    #expect(inserted == [true, false])
    set.formUnion(["a", "b", "local-1"])
    #expect(set.count == 3)
    #expect(set.contains("local-1") && set.contains(PackedID("a")) && !set.contains("c"))
    #expect(set.subtracting(["b", "c"]).sorted() == ["a", "local-1"])
    #expect(set.among(["local-1", "c", "a"]) == ["local-1", "a"])
    let removed = [set.remove("a"), set.remove("a")]
    #expect(removed == [true, false])
    #expect(set.sorted() == ["b", "local-1"])
  }
}

struct QuizTrialsTests {
  @Test func `trials come back with all their tries`() {
    let scores: [[Double]] = [[50], [40, 80, 60], [0], [90, 20]]
    let made = scores.enumerated().map { number, scores in
      var trial = QuizBook.Trial(quiz: Int32(number % 2), learner: Int32(number))
      for (place, score) in scores.enumerated() { trial.add(score, at: Int32(number + place * 7)) }
      return trial
    }
    let trials = QuizTrials(made)
    #expect(trials.count == made.count)
    for (kept, made) in zip(trials, made) {
      #expect(kept.quiz == made.quiz && kept.learner == made.learner)
      #expect(kept.tries == made.tries)
      #expect(kept.firstPlace == made.firstPlace && kept.lastPlace == made.lastPlace)
      #expect(kept.gain == made.gain && kept.bestGain == made.bestGain)
      for basis in QuizBasis.allCases {
        #expect(kept.score(basis) == made.score(basis))
        #expect(kept.passScore(basis) == made.passScore(basis))
      }
    }
  }
}
