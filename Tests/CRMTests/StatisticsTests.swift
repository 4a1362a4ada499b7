import CRM
import Testing

struct StatisticsTests {
  @Test func `no values have no mean, median or deviation`() {
    #expect(Statistics.mean([]) == nil)
    #expect(Statistics.median([]) == nil)
    #expect(Statistics.deviation([]) == nil)
    #expect(Statistics.deviation([5]) == nil)
    #expect(Statistics.sum([]) == 0)
  }

  @Test func `sums do not depend on the order`() {
    #expect(Statistics.sum([1e16, 1, -1e16]) == 1)
    #expect(Statistics.sum([1, 1e16, -1e16]) == 1)
  }

  @Test(arguments: [
    (0.0, 1.0), (0.1, 1.4), (0.25, 2.0), (0.5, 3.0), (0.75, 4.0), (0.9, 4.6), (1.0, 5.0),
  ])
  func `quantiles interpolate as type 7`(share: Double, expected: Double) throws {
    let value = try #require(Statistics.quantile(share, ofSorted: [1, 2, 3, 4, 5]))
    #expect(abs(value - expected) < 1e-12)
  }

  @Test func `one value is every quantile`() {
    #expect(Statistics.quantile(0.9, ofSorted: [7]) == 7)
  }

  @Test func `an even number of values has its median between two`() {
    #expect(Statistics.median([4, 1, 3, 2]) == 2.5)
  }

  @Test func `deviation is of the sample`() throws {
    let value = try #require(Statistics.deviation([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(abs(value - 2.138_089_935_299_395) < 1e-12)
  }

  @Test func `the last bin has 100, and what is out of range is in none`() {
    #expect(
      Statistics.histogram([0, 9.99, 10, 89.9, 90, 100, 100.4, -3, .nan])
        == [2, 1, 0, 0, 0, 0, 0, 0, 1, 2])
  }

  @Test(arguments: [(0.0, true), (100, true), (100.4, false), (-3, false), (.infinity, false)])
  func `only 0 to 100 counts as a percent`(value: Double, counts: Bool) {
    #expect((Statistics.percent(value) != nil) == counts)
  }

  @Test func `a share of nothing is nothing`() {
    #expect(Statistics.share(0, of: 0) == nil)
    #expect(Statistics.share(1, of: 4) == 0.25)
  }
}
