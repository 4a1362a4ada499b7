/// The known words of a field that the schema leaves as free text (reference/domain.md §2).
package protocol Vocabulary: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// Other spellings read as the same word; keys are folded as `Term.fold` does.
  static var aliases: [String: Self] { get }
}

/// A word as stored: known, unknown but kept verbatim, or missing.
package enum Term<Word: Vocabulary>: Hashable, Sendable {
  case known(Word)
  case unknown(UnknownWord)
  case missing

  package init(_ stored: String?) {
    if let stored, let word = Word(rawValue: stored) {
      self = .known(word)
      return
    }
    let folded = Self.fold(stored ?? "")
    if folded.isEmpty {
      self = .missing
    } else if let word = Word(rawValue: folded) ?? Word.aliases[folded] {
      self = .known(word)
    } else {
      self = .unknown(UnknownWord(stored ?? ""))
    }
  }

  package var word: Word? { if case .known(let word) = self { word } else { nil } }

  /// What a person reads: the canonical word, the unknown one verbatim, or `∅`.
  package var label: String {
    switch self {
    case .known(let word): word.rawValue.replacing("_", with: " ")
    case .unknown(let word): word.text
    case .missing: "∅"
    }
  }

  /// Lower case, trimmed, blanks and dashes as one underscore.
  package static func fold(_ text: String) -> String {
    let words = text.lowercased().split { $0 == " " || $0 == "_" || $0 == "-" || $0.isWhitespace }
    return words.joined(separator: "_")
  }
}

/// A word as stored that its vocabulary does not have.
package struct UnknownWord: Sendable {
  private let shared: SharedText

  package init(_ text: String) { shared = SharedText(text) }

  package var text: String { shared.text }
}

extension UnknownWord: Hashable {
  /// As texts are equal: a letter and its mark may be one scalar or two.
  package static func == (left: UnknownWord, right: UnknownWord) -> Bool {
    left.shared == right.shared || left.text == right.text
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
