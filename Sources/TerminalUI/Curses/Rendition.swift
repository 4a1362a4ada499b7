/// What SGR has set for the letters to come (ECMA-48 §8.3.117).
struct Rendition: Equatable, Sendable {
  enum Color: Equatable, Sendable {
    /// The terminal's own.
    case own
    /// One of the sixteen, as the number that sets it.
    case code(Int)
    case palette(Int)
    case direct(Int, Int, Int)
  }

  var isBold = false
  var isDim = false
  var isUnderlined = false
  var isReversed = false
  var foreground = Color.own
  var background = Color.own

  /// Takes the numbers of one SGR; false when one of them is not understood.
  mutating func apply(_ numbers: [Int]) -> Bool {
    var index = 0
    while index < numbers.count {
      let code = numbers[index]
      switch code {
      case 0: self = Rendition()
      case 1: isBold = true
      case 2: isDim = true
      case 4: isUnderlined = true
      case 7: isReversed = true
      case 22: (isBold, isDim) = (false, false)
      case 24: isUnderlined = false
      case 27: isReversed = false
      case 39: foreground = .own
      case 49: background = .own
      case 30...37, 90...97: foreground = .code(code)
      case 40...47, 100...107: background = .code(code)
      case 38, 48:
        guard let (color, count) = Rendition.color(numbers[(index + 1)...]) else { return false }
        if code == 38 { foreground = color } else { background = color }
        index += count
      default: return false
      }
      index += 1
    }
    return true
  }

  /// `5;N` of the palette or `2;R;G;B`, and how many numbers it took.
  private static func color(_ numbers: ArraySlice<Int>) -> (Color, Int)? {
    let first = numbers.startIndex
    switch numbers.first {
    case 5 where numbers.count >= 2: return (.palette(numbers[first + 1]), 2)
    case 2 where numbers.count >= 4:
      return (.direct(numbers[first + 1], numbers[first + 2], numbers[first + 3]), 4)
    default: return nil
    }
  }

  /// Colour and weight of a letter do not show on a blank.
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
    // A reset alone has no number.
    let fromReset = changes(after: Rendition())
    let whole = Rendition.sequence(fromReset.isEmpty ? [] : [0] + fromReset)
    guard let before else { return whole }
    let change = Rendition.sequence(changes(after: before))
    return change.count <= whole.count ? change : whole
  }

  private func changes(after before: Rendition) -> [Int] {
    var codes: [Int] = []
    // Bold and dim go off together.
    let endsWeight = before.isBold && !isBold || before.isDim && !isDim
    if endsWeight { codes.append(22) }
    if isBold, endsWeight || !before.isBold { codes.append(1) }
    if isDim, endsWeight || !before.isDim { codes.append(2) }
    if isUnderlined != before.isUnderlined { codes.append(isUnderlined ? 4 : 24) }
    if isReversed != before.isReversed { codes.append(isReversed ? 7 : 27) }
    if foreground != before.foreground { codes += Rendition.codes(foreground, ground: 30) }
    if background != before.background { codes += Rendition.codes(background, ground: 40) }
    return codes
  }

  private static func codes(_ color: Color, ground: Int) -> [Int] {
    switch color {
    case .own: [ground + 9]
    case .code(let code): [code]
    case .palette(let index): [ground + 8, 5, index]
    case .direct(let red, let green, let blue): [ground + 8, 2, red, green, blue]
    }
  }

  private static func sequence(_ codes: [Int]) -> [UInt8] {
    var bytes: [UInt8] = [0x1B, UInt8(ascii: "[")]
    for (place, code) in codes.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ";")) }
      bytes += String(code).utf8
    }
    bytes.append(UInt8(ascii: "m"))
    return bytes
  }
}
