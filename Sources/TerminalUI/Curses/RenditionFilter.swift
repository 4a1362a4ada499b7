/// Says the same to the terminal in fewer bytes: ncurses sets the foreground and the background anew
/// at each change of one of them, resets before it sets, and names the character set each time.
///
/// A change waits for the letter it is for, so that several become one. What the filter does not know
/// goes on as it is, and with it all that follows.
struct RenditionFilter: Sendable {
  private enum State {
    case ground, escape, charset, control, command
  }

  /// What the terminal has; nil when that is not known.
  private var shown: Rendition?
  private var wanted = Rendition()
  /// The two are the same.
  private var isSettled = false
  /// As DECSC kept them.
  private var saved: (shown: Rendition?, wanted: Rendition) = (nil, Rendition())
  private var state = State.ground
  /// The sequence that is not whole yet, without its introducer.
  private var parameters: [UInt8] = []
  /// Those of the last SGR; kept for its room.
  private var numbers: [Int] = []
  /// The terminal has ASCII as its letters (SCS, `ESC ( B`).
  private var hasASCII = false
  /// The first of its two sets of letters is in use (SI), which screen and tmux have named at each
  /// reset.
  private var isShiftedIn = false
  private var isBlind = false

  /// - Returns: What the terminal is to get for these bytes; a sequence that is not whole waits.
  mutating func filter(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    for byte in bytes {
      if isBlind { out.append(byte) } else { take(byte, &out) }
    }
    // What is sent leaves nothing behind.
    if state == .ground, shown != nil { settle(&out) }
    return out
  }

  private mutating func take(_ byte: UInt8, _ out: inout [UInt8]) {
    switch state {
    case .ground: ground(byte, &out)
    case .escape: escape(byte, &out)
    case .charset: charset(byte, &out)
    case .command:
      out.append(byte)
      // BEL or ST ends an operating system command.
      if byte == 0x07 || byte == UInt8(ascii: "\\") { state = .ground }
    case .control:
      parameters.append(byte)
      if (0x40...0x7E).contains(byte) { control(&out) }
    }
  }

  private mutating func ground(_ byte: UInt8, _ out: inout [UInt8]) {
    switch byte {
    case 0x1B: state = .escape
    // BS and CR only move.
    case 0x08, 0x0D: out.append(byte)
    case 0x0E, 0x0F:
      if byte == 0x0E || !isShiftedIn { out.append(byte) }
      isShiftedIn = byte == 0x0F
    // A blank, and one that a line feed may bring in at the lower edge.
    case 0x20, 0x0A:
      settleForBlank(&out)
      out.append(byte)
    default:
      settle(&out)
      out.append(byte)
    }
  }

  private mutating func escape(_ byte: UInt8, _ out: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "["):
      state = .control
      parameters.removeAll(keepingCapacity: true)
      return
    case UInt8(ascii: "("):
      state = .charset
      return
    case UInt8(ascii: "]"):
      out += [0x1B, byte]
      state = .command
      return
    default: break
    }
    settleForBlank(&out)
    // DECSC and DECRC.
    if byte == UInt8(ascii: "7") { saved = (shown, wanted) }
    if byte == UInt8(ascii: "8") {
      (shown, wanted) = saved
      isSettled = shown == wanted
    }
    out += [0x1B, byte]
    state = .ground
  }

  private mutating func charset(_ byte: UInt8, _ out: inout [UInt8]) {
    let isASCII = byte == UInt8(ascii: "B")
    if !isASCII || !hasASCII { out += [0x1B, UInt8(ascii: "("), byte] }
    hasASCII = isASCII
    state = .ground
  }

  private mutating func control(_ out: inout [UInt8]) {
    state = .ground
    guard parameters.last == UInt8(ascii: "m") else {
      // REP writes a letter again, in what is set by then.
      if parameters.last == UInt8(ascii: "b") {
        settle(&out)
      } else if !isMotion {
        settleForBlank(&out)
      }
      appendSequence(to: &out)
      return
    }
    var next = wanted
    if readNumbers(), next.apply(numbers) {
      wanted = next
      isSettled = shown == wanted
      return
    }
    settle(&out)
    appendSequence(to: &out)
    isBlind = true
  }

  private func appendSequence(to out: inout [UInt8]) {
    out.append(0x1B)
    out.append(UInt8(ascii: "["))
    out += parameters
  }

  /// CUP, CHA, VPA and steps, which neither write nor clear.
  private var isMotion: Bool {
    guard parameters.first != UInt8(ascii: "?") else { return false }
    return switch parameters.last {
    case UInt8(ascii: "H"), UInt8(ascii: "G"), UInt8(ascii: "d"): true
    case UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "C"), UInt8(ascii: "D"): true
    default: false
    }
  }

  /// Reads the numbers of the sequence, 0 for one left out; false where one is above 999 or something
  /// else is among them.
  private mutating func readNumbers() -> Bool {
    numbers.removeAll(keepingCapacity: true)
    var number = 0
    for byte in parameters {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
        if number > 999 { return false }
      case UInt8(ascii: ";"), UInt8(ascii: "m"):
        numbers.append(number)
        number = 0
      default: return false
      }
    }
    return true
  }

  private mutating func settleForBlank(_ out: inout [UInt8]) {
    if !isSettled, shown?.looksSameOnBlank(as: wanted) != true { settle(&out) }
  }

  private mutating func settle(_ out: inout [UInt8]) {
    if isSettled { return }
    wanted.append(to: &out, after: shown)
    shown = wanted
    isSettled = true
  }
}
