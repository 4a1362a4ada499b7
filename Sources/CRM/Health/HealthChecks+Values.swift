import ParseCore

extension School {
  /// Roll-ups the server stores on students against the rows they come from.
  func storedChecks() -> [HealthRow] { [completionDrift(), scoreDrift()] }

  private func completionDrift() -> HealthRow {
    HealthCheck(
      "completion", "Stored completion is off", .student, of: students.count,
      spoils: "rank, risk, means", fix: .completion
    )
    .row(
      completionDrifts(), id: \.student.id,
      change: { drift in
        HealthChange(
          name: drift.student.fullName, was: Wording.rate(drift.stored),
          becomes: Wording.rate(drift.becomes))
      },
      words: {
        "\($0.student.fullName) \(Wording.integer($0.stored)), mean of active "
          + "\(Wording.integer($0.mean)), \(Wording.signed($0.stored - $0.mean))"
      })
  }

  private func scoreDrift() -> HealthRow {
    HealthCheck(
      "score", "Stored last score is not the last", .student, of: students.count,
      spoils: "risk points for score", fix: .score
    )
    .row(
      scoreDrifts(), id: \.student.id,
      change: { drift in
        HealthChange(
          name: drift.student.fullName, was: Wording.rate(drift.student.lastQuizScore),
          becomes: Wording.rate(drift.becomes))
      },
      words: {
        let last = $0.last.map { Wording.integer($0) } ?? "none"
        return
          "\($0.student.fullName) \(Wording.integer($0.student.lastQuizScore)), last try \(last)"
      })
  }

  /// Words outside the vocabularies (reference/domain.md §2). A missing word is one too.
  func wordChecks() -> [HealthRow] {
    [
      words(users, "role", "counts as learner", \.role),
      words(courses, "status", "counts as active", \.status),
      words(attempts, "status", "counts as scored", \.status),
      words(tickets, "status", "counts as open", \.status),
      words(tickets, "priority", "counts as normal", \.priority),
      words(deals, "stage", "sum without a chance", \.stage),
      words(activities, "type", "in no type's view", \.type),
    ]
  }

  private func words<Row: Record, Word: Vocabulary>(
    _ table: RecordTable<Row>, _ field: String, _ spoils: String, _ term: (Row) -> Term<Word>
  ) -> HealthRow {
    HealthCheck(
      "word.\(field)", "Word Quad does not know in \(field)", Row.schoolClass, of: table.count,
      spoils: spoils
    )
    .row(table.all.filter { term($0).word == nil }.inOrder) {
      "\(label(Row.schoolClass, $0.id) ?? $0.id) is \(term($0).label)"
    }
  }

  func rangeChecks() -> [HealthRow] {
    let left = "left out of means"
    return [
      range(enrollments, "Progress outside 0 to 100", left) { [$0.progressPercent] },
      range(attempts, "Score outside 0 to 100", left) { [$0.scorePercent] },
      range(students, "Rate outside 0 to 100", left) {
        [$0.currentCompletionRate, $0.lastQuizScore]
      },
      range(courses, "Target outside 0 to 100", "nobody or everybody is behind") {
        [$0.targetCompletionRate]
      },
      range(deals, "Amount below zero or beyond 10¹²", "sums of the board", to: 1e12) {
        [$0.amount]
      },
    ]
  }

  private func range<Row: Record>(
    _ table: RecordTable<Row>, _ title: String, _ spoils: String, to most: Double = 100,
    values: (Row) -> [Double?]
  ) -> HealthRow {
    func odd(_ row: Row) -> Double? {
      values(row).lazy.compactMap { $0 }.first { !(0...most).contains($0) }
    }
    return HealthCheck("range", title, Row.schoolClass, of: table.count, spoils: spoils)
      .row(table.all.filter { odd($0) != nil }.inOrder) {
        "\(label(Row.schoolClass, $0.id) ?? $0.id) \(Wording.tenths(odd($0)))"
      }
  }

  /// Instants that cannot lie ahead of now; five minutes are left for clocks that differ.
  func dateChecks(_ viewpoint: Viewpoint) -> [HealthRow] {
    let limit = viewpoint.now.advanced(bySeconds: 300)
    let tomorrow = viewpoint.now.advanced(bySeconds: 86_400)
    return [
      ahead(attempts, "order of tries", of: limit, \.attemptedAt),
      ahead(tickets, "waiting counts from arrival", of: limit, \.lastMessageAt),
      ahead(enrollments, "no pace", of: tomorrow, \.enrolledAt),
      ahead(activities, "last touch", of: limit, \.completedAt),
    ]
  }

  private func ahead<Row: Record>(
    _ table: RecordTable<Row>, _ spoils: String, of limit: ParseDate, _ date: (Row) -> ParseDate?
  ) -> HealthRow {
    HealthCheck("future", "Date in the future", Row.schoolClass, of: table.count, spoils: spoils)
      .row(table.all.filter { date($0).map { $0 > limit } ?? false }.inOrder) {
        "\(label(Row.schoolClass, $0.id) ?? $0.id) \(date($0)?.iso ?? "")"
      }
  }

  func ownerChecks() -> [HealthRow] {
    [
      HealthCheck(
        "owner", "Open deal without an owner", .deal, of: deals.count, spoils: "in nobody's view"
      )
      .row(deals.all.filter { $0.isOpen && $0.assignedTo == nil }.inOrder, words: \.title)
    ]
  }

  func scriptChecks() -> [HealthRow] {
    [
      scripts(students) { [$0.fullName, $0.email ?? ""] },
      scripts(contacts) { [$0.name, $0.email ?? ""] },
    ]
  }

  private func scripts<Row: Record>(
    _ table: RecordTable<Row>, texts: (Row) -> [String]
  ) -> HealthRow {
    HealthCheck(
      "script", "Word in letters of two scripts", Row.schoolClass, of: table.count,
      spoils: "may be a double", .late
    )
    .row(table.all.filter { texts($0).contains(where: MixedScript.isIn) }.inOrder) {
      label(Row.schoolClass, $0.id) ?? $0.id
    }
  }
}

/// Words that mix Latin, Greek and Cyrillic letters, which look alike.
enum MixedScript {
  static func isIn(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
    var seen: Script?
    for scalar in text.unicodeScalars {
      if let script = Script(scalar) {
        if let seen, seen != script { return true }
        seen = script
      } else if !scalar.properties.isAlphabetic, !scalar.isMark {
        seen = nil
      }
    }
    return false
  }

  private enum Script {
    case latin, greek, cyrillic

    init?(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF:
        self = .latin
      case 0x370...0x373, 0x376...0x377, 0x37B...0x37D, 0x386, 0x388...0x3FF, 0x1F00...0x1FFF:
        self = .greek
      case 0x400...0x481, 0x48A...0x52F: self = .cyrillic
      default: return nil
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
  }
}
