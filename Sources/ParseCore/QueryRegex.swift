import Foundation

/// A `$regex`. Plain words, as most searches are, are found without the regex engine.
struct QueryRegex: Sendable {
  private enum Form: Sendable {
    case literal([UInt8], atStart: Bool, atEnd: Bool)
    case pattern(NSRegularExpression)
  }

  private let form: Form

  static func areOptions(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { "imsxu".utf8.contains($0) }
  }

  init(_ pattern: JSON?, options: JSON?) throws(ParseError) {
    guard let pattern = pattern?.string else { throw ParseError.badJSON("bad regex") }
    let letters = options?.string ?? ""
    guard letters.isEmpty || Self.areOptions(letters) else {
      throw ParseError.badQuery("Bad $options value for query")
    }
    if letters.isEmpty || letters == "u", let literal = Self.literal(pattern) {
      form = literal
      return
    }
    // The server's engine takes only \n as the end of a line.
    var flags: NSRegularExpression.Options = [.useUnixLineSeparators]
    if letters.contains("i") { flags.insert(.caseInsensitive) }
    if letters.contains("m") { flags.insert(.anchorsMatchLines) }
    if letters.contains("s") { flags.insert(.dotMatchesLineSeparators) }
    if letters.contains("x") { flags.insert(.allowCommentsAndWhitespace) }
    do {
      form = .pattern(try NSRegularExpression(pattern: pattern, options: flags))
    } catch {
      throw ParseError(code: 1, message: "Regular expression is invalid")
    }
  }

  func matches(_ text: String) -> Bool {
    switch form {
    case .literal(let bytes, let atStart, let atEnd):
      return Self.find(bytes, in: Array(text.utf8), atStart: atStart, atEnd: atEnd)
    case .pattern(let regex): return Self.search(regex, text)
    }
  }

  /// Gives up, as no match, after some hundred thousand engine steps: nested repetitions on a long
  /// text would take years.
  private static func search(_ regex: NSRegularExpression, _ text: String) -> Bool {
    var found = false
    var reports = 0
    let range = NSRange(location: 0, length: text.utf16.count)
    // The engine hands its callback a pointer that is valid for that call: where to say stop.
    unsafe regex.enumerateMatches(in: text, options: [.reportProgress], range: range) {
      match, _, stop in
      reports += 1
      if match != nil { found = true }
      if found || reports > 200 { unsafe stop.pointee = true }
    }
    return found
  }

  /// Reads `^`, then `\Q…\E` parts and letters without meaning to the engine, then `$`.
  private static func literal(_ pattern: String) -> Form? {
    var rest = Array(pattern.utf8)[...]
    var bytes: [UInt8] = []
    let atStart = rest.first == UInt8(ascii: "^")
    if atStart { rest.removeFirst() }
    var quoted = false
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: quoted ? "E" : "Q") {
        rest.removeFirst()
        quoted.toggle()
      } else if quoted || !isSpecial(byte) {
        bytes.append(byte)
      } else {
        // A closing $ also stands before a last line break, which the search knows.
        guard byte == UInt8(ascii: "$"), rest.isEmpty else { return nil }
        return .literal(bytes, atStart: atStart, atEnd: true)
      }
    }
    return .literal(bytes, atStart: atStart, atEnd: false)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool { #"\^$.|?*+()[]{}"#.utf8.contains(byte) }

  private static func find(
    _ needle: [UInt8], in text: [UInt8], atStart: Bool, atEnd: Bool
  ) -> Bool {
    if atEnd {
      let shorter = text.last == 0x0A ? text.dropLast() : text[...]
      return [text[...], shorter].contains { slice in
        atStart ? slice.elementsEqual(needle) : slice.suffix(needle.count).elementsEqual(needle)
      }
    }
    if atStart { return text.starts(with: needle) }
    guard let first = needle.first else { return true }
    guard text.count >= needle.count else { return false }
    for start in 0...text.count - needle.count
    where text[start] == first && text[start..<start + needle.count].elementsEqual(needle) {
      return true
    }
    return false
  }
}
