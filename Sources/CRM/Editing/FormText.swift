/// What typed text becomes before it is written.
package enum FormText {
  /// One line: blanks and control characters collapse to single blanks, the ends are trimmed.
  package static func singleLine(_ text: String) -> String {
    text.unicodeScalars.split { isBlank($0) }.map { String(String.UnicodeScalarView($0)) }
      .joined(separator: " ")
  }

  /// Several lines: line ends become LF, other control characters but tab are dropped, the ends are
  /// trimmed.
  package static func lines(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\r" || (scalar == "\n" && last != "\r") {
        scalars.append("\n")
      } else if scalar == "\t" || !isControl(scalar) {
        scalars.append(scalar)
      }
      last = scalar
    }
    let kept = scalars.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    return String(String.UnicodeScalarView(kept))
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || isControl(scalar)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }
}
