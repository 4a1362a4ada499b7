/// What SGR has set for the letters to come (ECMA-48 §8.3.117).
struct Rendition: Equatable, Sendable {
  var isBold = false
  var isDim = false
  var isUnderlined = false
  var isReversed = false
  /// The parameters that set the colour, such as `38;5;203`; empty is the terminal's own.
  var foreground: [UInt8] = []
  var background: [UInt8] = []

  /// Takes the parameters of one SGR; false when one of them is not understood.
  mutating func apply(_ parameters: ArraySlice<UInt8>) -> Bool {
    var rest = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[...]
    while let first = rest.popFirst() {
      guard let code = first.isEmpty ? 0 : Int(String(decoding: first, as: UTF8.self)) else {
        return false
      }
      switch code {
      case 0: self = Rendition()
      case 1: isBold = true
      case 2: isDim = true
      case 4: isUnderlined = true
      case 7: isReversed = true
      case 22: (isBold, isDim) = (false, false)
      case 24: isUnderlined = false
      case 27: isReversed = false
      case 39: foreground = []
      case 49: background = []
      case 30...37, 90...97: foreground = Array(first)
      case 40...47, 100...107: background = Array(first)
      case 38, 48:
        // `5;N` of the palette or `2;R;G;B`.
        let count =
          rest.first == [UInt8(ascii: "5")] ? 2 : rest.first == [UInt8(ascii: "2")] ? 4 : 0
        guard count > 0, rest.count >= count else { return false }
        let color = Array(([first] + rest.prefix(count)).joined(separator: [UInt8(ascii: ";")]))
        if code == 38 { foreground = color } else { background = color }
        rest = rest.dropFirst(count)
      default: return false
      }
    }
    return true
  }

  func looksSameOnBlank(as other: Rendition) -> Bool {
    self == other
      || background == other.background && !isUnderlined && !other.isUnderlined && !isReversed
        && !other.isReversed
  }

  /// The shortest SGR that turns one rendition into this one.
  ///
  /// - Parameter before: Nil when it is not known.
  func sequence(after before: Rendition?) -> [UInt8] {
    if before == self { return [] }
    let whole = sequence(changes(after: Rendition()), isReset: true)
    guard let before else { return whole }
    let change = sequence(changes(after: before), isReset: false)
    return change.count <= whole.count ? change : whole
  }

  private func changes(after before: Rendition) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    func add(_ code: String, if isNeeded: Bool) {
      if isNeeded { parts.append(Array(code.utf8)) }
    }
    // Bold and dim go off together.
    let endsWeight = before.isBold && !isBold || before.isDim && !isDim
    add("22", if: endsWeight)
    add("1", if: isBold && (endsWeight || !before.isBold))
    add("2", if: isDim && (endsWeight || !before.isDim))
    add(isUnderlined ? "4" : "24", if: isUnderlined != before.isUnderlined)
    add(isReversed ? "7" : "27", if: isReversed != before.isReversed)
    if foreground != before.foreground {
      parts.append(foreground.isEmpty ? Array("39".utf8) : foreground)
    }
    if background != before.background {
      parts.append(background.isEmpty ? Array("49".utf8) : background)
    }
    return parts
  }

  /// A reset alone has no parameter.
  private func sequence(_ parts: [[UInt8]], isReset: Bool) -> [UInt8] {
    let all = isReset && !parts.isEmpty ? [[UInt8(ascii: "0")]] + parts : parts
    return [0x1B, UInt8(ascii: "[")] + all.joined(separator: [UInt8(ascii: ";")])
      + [UInt8(ascii: "m")]
  }
}
