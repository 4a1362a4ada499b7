import Foundation

/// `$text`: any of the words, each quoted phrase, none of the words after `-`.
///
/// Words are whole and compared without case and, unless asked, without accents. The server also
/// cuts endings by language, which is not done here.
struct QueryTextSearch: Sendable {
  private let words: Set<String>
  private let phrases: [[String]]
  private let refused: Set<String>
  private let caseSensitive: Bool
  private let accentSensitive: Bool

  init(_ value: JSON) throws(ParseError) {
    guard let search = value["$search"]?.object else {
      throw ParseError.badJSON("bad $text: $search, should be object")
    }
    guard let term = search["$term"]?.string, !term.isEmpty else {
      throw ParseError.badJSON("bad $text: $term, should be string")
    }
    if let language = search["$language"], language.string == nil {
      throw ParseError.badJSON("bad $text: $language, should be string")
    }
    caseSensitive = try Self.flag("$caseSensitive", search)
    accentSensitive = try Self.flag("$diacriticSensitive", search)
    var words: Set<String> = []
    var phrases: [[String]] = []
    var refused: Set<String> = []
    for (index, part) in term.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    {
      if index.isMultiple(of: 2) {
        for word in part.split(whereSeparator: \.isWhitespace) {
          let folded = Self.words(String(word), caseSensitive, accentSensitive)
          if word.first == "-" { refused.formUnion(folded) } else { words.formUnion(folded) }
        }
      } else {
        phrases.append(Self.words(String(part), caseSensitive, accentSensitive))
      }
    }
    self.words = words
    self.phrases = phrases.filter { !$0.isEmpty }
    self.refused = refused
  }

  private static func flag(_ name: String, _ search: JSONObject) throws(ParseError) -> Bool {
    guard let value = search[name] else { return false }
    guard let flag = value.bool else {
      throw ParseError.badJSON("bad $text: \(name), should be boolean")
    }
    return flag
  }

  func holds(_ value: QueryValue) -> Bool {
    guard case .text(let text) = value else { return false }
    let found = Self.words(text.string, caseSensitive, accentSensitive)
    guard refused.isDisjoint(with: found) else { return false }
    guard phrases.allSatisfy({ Self.holds($0, in: found) }) else { return false }
    return words.isEmpty ? !phrases.isEmpty : !words.isDisjoint(with: found) || !phrases.isEmpty
  }

  private static func holds(_ phrase: [String], in words: [String]) -> Bool {
    guard words.count >= phrase.count else { return false }
    return (0...words.count - phrase.count).contains { start in
      words[start..<start + phrase.count].elementsEqual(phrase)
    }
  }

  private static func words(_ text: String, _ keepCase: Bool, _ keepAccents: Bool) -> [String] {
    var text = keepCase ? text : text.lowercased()
    if !keepAccents { text = text.folding(options: .diacriticInsensitive, locale: nil) }
    return text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
