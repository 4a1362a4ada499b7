/// The built-in views that hold a row, decided once a row and counted without looking at it again.
struct ViewBits<View: CaseIterable & Equatable>: Sendable {
  private let bits: UInt32

  init(_ holds: (View) -> Bool) {
    var bits: UInt32 = 0
    for (place, view) in View.allCases.enumerated() where holds(view) { bits |= 1 << place }
    self.bits = bits
  }

  /// One view.
  init(_ view: View) { self.init { $0 == view } }

  func isDisjoint(with other: ViewBits) -> Bool { bits & other.bits == 0 }

  /// How many rows each view holds, in the order of the views.
  static func counts(_ rows: some Sequence<ViewBits>) -> [Int] {
    var counts = Array(repeating: 0, count: View.allCases.count)
    for row in rows {
      var rest = row.bits
      while rest != 0 {
        counts[rest.trailingZeroBitCount] += 1
        rest &= rest - 1
      }
    }
    return counts
  }
}

extension ViewCount {
  /// All views of a screen with their numbers.
  static func all<View: CaseIterable & RawRepresentable<String>>(
    _ rows: some Sequence<ViewBits<View>>, title: (View) -> String
  ) -> [ViewCount] {
    zip(View.allCases, ViewBits.counts(rows)).map { view, count in
      ViewCount(id: view.rawValue, title: title(view), count: count)
    }
  }
}
