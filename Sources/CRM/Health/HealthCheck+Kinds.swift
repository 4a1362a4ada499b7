import ParseCore

extension HealthCheck {
  static var goneTitle: String { "Pointer to a row that is gone" }

  /// A pointer to a row that is gone. Only classes that are here in full can tell gone from not
  /// fetched.
  ///
  /// - Parameter fields: What staff call each pointer, the class it leads into, and its value.
  static func pointers(
    _ spoils: String,
    _ fields: (name: String, kind: SchoolClass, id: @Sendable (Row) -> RecordID?)...
  ) -> HealthCheck {
    HealthCheck(
      .pointer, "pointer", goneTitle, spoils: spoils, .late,
      restsOn: { viewpoint in fields.contains { viewpoint.readsAll($0.kind) } },
      finds: { row, context in
        fields.contains { context.isGone($0.kind, $0.id(row)) }
      },
      words: { row, context in
        let label = context.label(row)
        // The title says it of a class that points to one thing only.
        guard fields.count > 1 else { return label }
        let gone = fields.filter { context.isGone($0.kind, $0.id(row)) }.map(\.name)
        return "\(label), \(gone.joined(separator: " and ")) gone"
      })
  }

  /// A word outside the vocabulary (reference/domain.md §2). A missing word is one too.
  static func words<Word: Vocabulary>(
    _ field: String, _ spoils: String, _ term: @escaping @Sendable (Row) -> Term<Word>
  ) -> HealthCheck {
    HealthCheck(
      .word, "word.\(field)", "Word Quad does not know in \(field)", spoils: spoils,
      finds: { row, _ in term(row).word == nil },
      words: { "\($1.label($0)) is \(term($0).label)" })
  }

  static func range(
    _ title: String, _ spoils: String, to most: Double = 100,
    values: @escaping @Sendable (Row) -> [Double?]
  ) -> HealthCheck {
    @Sendable func odd(_ row: Row) -> Double? {
      values(row).lazy.compactMap { $0 }.first { !(0...most).contains($0) }
    }
    return HealthCheck(
      .range, "range", title, spoils: spoils, finds: { row, _ in odd(row) != nil },
      words: { "\($1.label($0)) \(Wording.tenths(odd($0)))" })
  }

  /// An instant that cannot lie ahead of now.
  static func ahead(
    _ spoils: String, of limit: @escaping @Sendable (HealthContext) -> ParseDate,
    _ date: @escaping @Sendable (Row) -> ParseDate?
  ) -> HealthCheck {
    HealthCheck(
      .future, "future", "Date in the future", spoils: spoils,
      finds: { row, context in date(row).map { $0 > limit(context) } ?? false },
      words: { "\($1.label($0)) \(date($0)?.iso ?? "")" })
  }

  static func scripts(_ texts: @escaping @Sendable (Row) -> [String]) -> HealthCheck {
    HealthCheck(
      .script, "script", "Word in letters of two scripts", spoils: "may be a double", .late,
      finds: { row, _ in texts(row).contains(where: MixedScript.isIn) }, words: { $1.label($0) })
  }
}

extension School {
  func isGone(_ kind: SchoolClass, _ id: RecordID?) -> Bool {
    guard let id, complete.contains(kind) else { return false }
    return position(kind, id) == nil
  }
}
