/// How much demo data to make (reference/domain.md §7.1).
package enum DemoScale: String, Sendable, CaseIterable {
  /// For tests: one user a role, a dozen students.
  case tiny
  /// What `quad demo` shows: a believable school with a specimen of every flag.
  case demo
  /// Ten to forty times the demo.
  case large
  /// 1.2 million rows. Prefer `DemoData.generate`, which hands over one row at a time.
  case stress

  package var sizes: DemoSizes {
    switch self {
    case .tiny:
      DemoSizes(
        users: 6, courses: 3, students: 12, enrollments: 20, attempts: 40, tickets: 15,
        companies: 5, contacts: 9, deals: 14, activities: 30)
    case .demo:
      DemoSizes(
        users: 14, courses: 12, students: 240, enrollments: 520, attempts: 3400, tickets: 420,
        companies: 60, contacts: 180, deals: 260, activities: 900)
    case .large:
      DemoSizes(
        users: 60, courses: 80, students: 6000, enrollments: 14_000, attempts: 90_000,
        tickets: 12_000, companies: 1500, contacts: 5000, deals: 8000, activities: 40_000)
    case .stress:
      DemoSizes(
        users: 400, courses: 300, students: 50_000, enrollments: 120_000, attempts: 600_000,
        tickets: 100_000, companies: 10_000, contacts: 40_000, deals: 60_000,
        activities: 300_000)
    }
  }
}

/// Exact number of rows of each class.
package struct DemoSizes: Sendable, Hashable {
  package let users, courses, students, enrollments, attempts, tickets: Int
  package let companies, contacts, deals, activities: Int

  /// Below this the odd rows would outweigh the plain ones.
  var hasSpecimens: Bool { students >= 200 }
}
