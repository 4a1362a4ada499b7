import CRM
import ParseCore
import Testing

/// One hand-computed value of a formula of reference/domain.md §5.
struct Formula: Sendable, CustomTestStringConvertible {
  /// The row of §5 it belongs to.
  let metric: String
  let edge: String
  /// Nil where the formula has no value.
  let expected: Double?
  let value: @Sendable () throws -> Double?

  init(
    _ metric: String, _ edge: String, _ expected: Double?,
    _ value: @escaping @Sendable () throws -> Double?
  ) {
    self.metric = metric
    self.edge = edge
    self.expected = expected
    self.value = value
  }

  var testDescription: String { "\(metric): \(edge)" }
}

struct FormulaTests {
  /// The rows of §5.1, §5.3 and §5.4; §5.2 is in `DayTests`. Not here, because not in this module or
  /// left out as optional: skew and kurtosis, business hours, observed conversion (needs the
  /// journal).
  static let metrics = [
    "5.1 mean", "5.1 sum", "5.1 quantile", "5.1 deviation", "5.1 histogram", "5.1 share",
    "5.3 progress", "5.3 target", "5.3 gap", "5.3 student target", "5.3 student gap", "5.3 drift",
    "5.3 score drift", "5.3 % at target", "5.3 stalled days", "5.3 velocity", "5.3 ETA",
    "5.3 peer percentile", "5.3 risk", "5.3 cohort roll-up", "5.3 attempt order",
    "5.3 basis score", "5.3 pass rate", "5.3 coverage", "5.3 gain", "5.3 trend",
    "5.3 rho", "5.3 D27", "5.3 quiz flags",
    "5.4 waiting", "5.4 pressure", "5.4 slack", "5.4 age clock", "5.4 repeat contact", "5.4 load",
    "5.4 opened/closed", "5.4 median/p90 wait", "5.4 amount sum", "5.4 weighted", "5.4 forecast",
    "5.4 win rate", "5.4 rot days", "5.4 next activity", "5.4 activity state", "5.4 age",
    "5.4 velocity", "5.4 funnel",
  ]

  static let all =
    [
      Formula.statistics, Formula.learning, Formula.risk, Formula.quizzes, Formula.correlation,
      Formula.quizFlags, Formula.tickets, Formula.deals, Formula.pipeline,
    ].flatMap { $0 }

  @Test func `every formula of the reference has values, and no other`() {
    #expect(Set(Self.all.map(\.metric)) == Set(Self.metrics))
    #expect(Set(Self.all.map(\.testDescription)).count == Self.all.count)
  }

  @Test(arguments: all) func `a formula gives the value computed by hand`(
    formula: Formula
  ) throws {
    let value = try formula.value()
    guard let expected = formula.expected, let value else {
      #expect(value == formula.expected)
      return
    }
    #expect(abs(value - expected) < 1e-9, "\(value), not \(expected)")
  }
}

extension Formula {
  static let statistics: [Formula] = [
    Formula("5.1 mean", "of nothing is nothing", nil) { Statistics.mean([]) },
    Formula("5.1 mean", "one value", 7) { Statistics.mean([7]) },
    Formula("5.1 mean", "1, 2, 6", 3) { Statistics.mean([1, 2, 6]) },
    Formula("5.1 sum", "of nothing is zero", 0) { Statistics.sum([]) },
    Formula("5.1 sum", "small beside large", 2) { Statistics.sum([1, 1e100, 1, -1e100]) },
    Formula("5.1 quantile", "of nothing", nil) { Statistics.quantile(0.5, ofSorted: []) },
    Formula("5.1 quantile", "one value is all of them", 4) {
      Statistics.quantile(0.9, ofSorted: [4])
    },
    // h = 3 × 0.25 = 0.75 from 10 towards 20.
    Formula("5.1 quantile", "p25 of four", 17.5) {
      Statistics.quantile(0.25, ofSorted: [10, 20, 30, 40])
    },
    // h = 4 × 0.9 = 3.6.
    Formula("5.1 quantile", "p90 of five", 46) {
      Statistics.quantile(0.9, ofSorted: [10, 20, 30, 40, 50])
    },
    Formula("5.1 deviation", "one value", nil) { Statistics.deviation([3]) },
    // Mean 4, squares 4 + 4 over n − 1 = 1.
    Formula("5.1 deviation", "of two", 8.0.squareRoot()) { Statistics.deviation([2, 6]) },
    Formula("5.1 histogram", "9.99 is in the first bin, 10 in the second", 1) {
      Double(Statistics.histogram([9.99, 10])[1])
    },
    Formula("5.1 histogram", "90 and 100 share the last bin", 2) {
      Double(Statistics.histogram([90, 100])[9])
    },
    Formula("5.1 histogram", "out of range is in none", 0) {
      Double(Statistics.histogram([-0.1, 100.1, .nan, .infinity]).reduce(0, +))
    },
    Formula("5.1 share", "of nothing is nothing", nil) { Statistics.share(0, of: 0) },
    Formula("5.1 share", "3 of 8", 0.375) { Statistics.share(3, of: 8) },
  ]
}
