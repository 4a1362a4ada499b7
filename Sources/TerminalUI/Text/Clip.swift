import Foundation

/// Text for the terminal's clipboard: lines of fields, each sanitised, so that what is pasted later
/// cannot do more than be text (reference/terminal.md §3.6).
package struct Clip: Sendable, Hashable {
  /// Fields parted by tabs, lines by line feeds; no other control character.
  package let text: String

  package init(_ line: SafeLine) { text = Self.plain(line) }

  /// A table, one line a row, without an end of line behind the last one.
  package init(rows: [[SafeLine]]) {
    text = rows.map { $0.map(Self.plain).joined(separator: "\t") }.joined(separator: "\n")
  }

  /// Minus signs become what programs read as such (design/screens.md §4).
  private static func plain(_ line: SafeLine) -> String {
    line.text.replacing("\u{2212}", with: "-")
  }

  /// Most bytes of the encoded text: terminals drop longer ones without a word
  /// (k9s, internal/view/clipboard.go).
  static let limit = 74_994

  /// The control sequence that hands the text over, OSC 52; nil when it would be too long. Base64
  /// holds no byte that could end it early.
  var sequence: [UInt8]? {
    let encoded = Data(text.utf8).base64EncodedString()
    guard encoded.utf8.count <= Self.limit else { return nil }
    return Array("\u{1B}]52;c;\(encoded)\u{07}".utf8)
  }
}
