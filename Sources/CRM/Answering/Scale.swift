extension Severity {
  /// Percentage points to the target, negative when short (design language, one scale).
  package init(gap: Double?) {
    self =
      switch gap {
      case nil: .plain
      case .some(let gap) where gap >= 0: .good
      case .some(let gap) where gap >= -10: .plain
      case .some(let gap) where gap >= -25: .soon
      case .some: .late
      }
  }

  /// Percent of a score against the pass mark.
  package init(score: Double?, passMark: Double) {
    self =
      switch score {
      case nil: .plain
      case .some(let score) where score < passMark: .late
      case .some(let score) where score >= 85: .good
      case .some(let score) where score >= 70: .plain
      case .some: .soon
      }
  }

  /// 0 to 1.
  package init(passRate: Double?) {
    self =
      switch passRate {
      case nil: .plain
      case .some(let rate) where rate >= 0.70: .plain
      case .some(let rate) where rate >= 0.60: .soon
      case .some: .late
      }
  }
}
