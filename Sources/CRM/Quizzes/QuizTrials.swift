/// The trials of a book. Most learners try a quiz once, so what only later tries tell apart is kept
/// beside: 24 bytes a trial, and 32 more where there was a second try.
struct QuizTrials: Sendable, RandomAccessCollection {
  private struct Opening {
    let quiz: Int32
    let learner: Int32
    let place: Int32
    /// Among the sequels; −1 for a trial of one try.
    let sequel: Int32
    let score: Double
  }

  private struct Sequel {
    let tries: Int32
    let lastPlace: Int32
    let last: Double
    let best: Double
    let sum: Double
  }

  private var openings: [Opening] = []
  private var sequels: [Sequel] = []

  init() {}

  init(_ trials: [QuizBook.Trial]) {
    sequels.reserveCapacity(trials.count { $0.tries > 1 })
    openings.reserveCapacity(trials.count)
    for trial in trials {
      let isRetried = trial.tries > 1
      openings.append(
        Opening(
          quiz: trial.quiz, learner: trial.learner, place: trial.firstPlace,
          sequel: isRetried ? Int32(sequels.count) : -1, score: trial.first))
      guard isRetried else { continue }
      sequels.append(
        Sequel(
          tries: trial.tries, lastPlace: trial.lastPlace, last: trial.last, best: trial.best,
          sum: trial.sum))
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { openings.count }

  subscript(place: Int) -> QuizBook.Trial {
    let opening = openings[place]
    var trial = QuizBook.Trial(quiz: opening.quiz, learner: opening.learner)
    trial.add(opening.score, at: opening.place)
    guard opening.sequel >= 0 else { return trial }
    let sequel = sequels[Int(opening.sequel)]
    trial.take(
      tries: sequel.tries, last: sequel.last, at: sequel.lastPlace, best: sequel.best,
      sum: sequel.sum)
    return trial
  }
}
