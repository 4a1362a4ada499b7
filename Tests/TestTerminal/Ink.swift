/// How a letter looks, as SGR set it.
package struct Ink: Hashable, Sendable {
  package var isBold = false
  package var isDim = false
  package var isUnderlined = false
  package var isReversed = false
  /// The parameters of the colour without its 3 or 4: `1`, `8;5;203`; empty is the terminal's own.
  package var foreground = ""
  package var background = ""

  package init() {}

  /// What an eye can tell apart where nothing but a blank stands.
  package var onBlank: Ink {
    if isUnderlined || isReversed { return self }
    return erased
  }

  /// What an erased cell keeps (terminfo's bce).
  var erased: Ink {
    var ink = Ink()
    ink.background = background
    return ink
  }

  /// Takes the numbers of one SGR; false when one of them is none of ours.
  mutating func select(_ numbers: [Int]) -> Bool {
    var index = 0
    while index < numbers.count {
      switch numbers[index] {
      case 0: self = Ink()
      case 1: isBold = true
      case 2: isDim = true
      case 4: isUnderlined = true
      case 7: isReversed = true
      case 22: (isBold, isDim) = (false, false)
      case 24: isUnderlined = false
      case 27: isReversed = false
      case 30...37, 39: foreground = Ink.plain(numbers[index] - 30)
      case 40...47, 49: background = Ink.plain(numbers[index] - 40)
      case 90...97: foreground = "bright \(numbers[index] - 90)"
      case 100...107: background = "bright \(numbers[index] - 100)"
      case 38, 48:
        guard index + 2 < numbers.count, numbers[index + 1] == 5, numbers[index + 2] < 256 else {
          return false
        }
        let color = "8;5;\(numbers[index + 2])"
        if numbers[index] == 38 { foreground = color } else { background = color }
        index += 2
      default: return false
      }
      index += 1
    }
    return true
  }

  private static func plain(_ digit: Int) -> String { digit == 9 ? "" : "\(digit)" }
}

/// A letter as the terminal shows it; empty in the second half of a wide one.
struct GlassCell: Hashable {
  var letter = " "
  var ink = Ink()
}
