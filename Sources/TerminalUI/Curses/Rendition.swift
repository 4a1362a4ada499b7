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

  /// Appends the shortest SGR that turns one rendition into this one; nothing where they are the same.
  ///
  /// - Parameter before: Nil when it is not known.
  func append(to out: inout [UInt8], after before: Rendition?) {
    if before == self { return }
    let start = out.count
    appendChanges(to: &out, after: Rendition(), isReset: true)
    guard let before else { return }
    let middle = out.count
    appendChanges(to: &out, after: before, isReset: false)
    if out.count - middle <= middle - start {
      out.removeSubrange(start..<middle)
    } else {
      out.removeLast(out.count - middle)
    }
  }

  private func appendChanges(to out: inout [UInt8], after before: Rendition, isReset: Bool) {
    out.append(0x1B)
    out.append(UInt8(ascii: "["))
    let start = out.count
    func add(_ code: Int) {
      if out.count > start { out.append(UInt8(ascii: ";")) }
      if code >= 100 { out.append(UInt8(ascii: "0") + UInt8(code / 100)) }
      if code >= 10 { out.append(UInt8(ascii: "0") + UInt8(code / 10 % 10)) }
      out.append(UInt8(ascii: "0") + UInt8(code % 10))
    }
    func add(_ color: Color, ground: Int) {
      switch color {
      case .own: add(ground + 9)
      case .code(let code): add(code)
      case .palette(let index):
        add(ground + 8)
        add(5)
        add(index)
      case .direct(let red, let green, let blue):
        add(ground + 8)
        add(2)
        for part in [red, green, blue] { add(part) }
      }
    }
    // A reset alone has no number.
    if isReset, self != before { add(0) }
    // Bold and dim go off together.
    let endsWeight = before.isBold && !isBold || before.isDim && !isDim
    if endsWeight { add(22) }
    if isBold, endsWeight || !before.isBold { add(1) }
    if isDim, endsWeight || !before.isDim { add(2) }
    if isUnderlined != before.isUnderlined { add(isUnderlined ? 4 : 24) }
    if isReversed != before.isReversed { add(isReversed ? 7 : 27) }
    if foreground != before.foreground { add(foreground, ground: 30) }
    if background != before.background { add(background, ground: 40) }
    out.append(UInt8(ascii: "m"))
  }
}
