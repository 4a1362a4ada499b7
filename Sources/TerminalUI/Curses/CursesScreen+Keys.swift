import CNcurses
import Glibc

/// Codes of our own beyond ncurses' KEY_MAX (0777 octal).
private let pasteStart: Int32 = 0x1001
private let pasteEnd: Int32 = 0x1002
/// Most scalars of one paste; what follows is read and dropped.
private let pasteLimit = 1_000_000
/// Milliseconds without input after which a paste is over (reference/terminal.md §3.3).
private let pasteGap: Int32 = 20

extension CursesScreen {
  /// Teaches ncurses the marks around pasted text, which it does not map by itself.
  func definePasteKeys() {
    // The strings are copied by ncurses.
    unsafe define_key("\u{1B}[200~", pasteStart)
    unsafe define_key("\u{1B}[201~", pasteEnd)
  }

  /// The next key that waits, nil when none does. Never blocks longer than ESCDELAY.
  package func nextKey() -> Key? {
    if !pendingKeys.isEmpty { return pendingKeys.removeFirst() }
    while let input = read() {
      switch input {
      case .code(pasteStart): return .paste(collectPaste())
      case .code(let code):
        if let key = CursesScreen.key(code: code) { return key }
      case .scalar(let scalar):
        if let key = key(scalar) { return key }
      }
    }
    return isHungUp ? .hangup : nil
  }

  private enum Input {
    case scalar(Unicode.Scalar)
    case code(Int32)
  }

  private func read() -> Input? {
    var value: wint_t = 0
    // The pad lives as long as the screen; one number is written.
    switch unsafe wget_wch(keys, &value) {
    case OK: return .scalar(Unicode.Scalar(value) ?? "\u{FFFD}")
    case KEY_CODE_YES: return .code(Int32(bitPattern: value))
    default: return nil
    }
  }

  /// Whether bytes are waiting, or come within the time.
  private func isReady(milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0)
    // One descriptor is passed and one counted.
    return unsafe poll(&waiting, 1, milliseconds) == 1
  }

  /// Whether the terminal is gone: the descriptor says so, or it is readable and has nothing.
  private var isHungUp: Bool {
    if queue?.isHungUp == true { return true }
    var waiting = pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0)
    // One descriptor is passed and one counted.
    guard unsafe poll(&waiting, 1, 0) == 1 else { return false }
    if waiting.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
    var bytes: Int32 = 0
    // The call writes one number.
    return unsafe cncurses_pending(inputDescriptor, &bytes) != 0 || bytes == 0
  }

  /// Text until the gap after the end mark, so that an end mark inside it ends nothing.
  private func collectPaste() -> String {
    var text = String.UnicodeScalarView()
    var count = 0
    var isOver = false
    while true {
      guard let input = read() else {
        // A terminal that never sends the end mark is over after a longer gap.
        if isReady(milliseconds: isOver ? pasteGap : pasteGap * 10) { continue }
        return String(text)
      }
      switch input {
      case .code(pasteEnd): isOver = true
      case .scalar(let scalar) where count < pasteLimit:
        text.append(scalar == "\r" ? "\n" : scalar)
        count += 1
      default: break
      }
      if isOver, !isReady(milliseconds: pasteGap) { return String(text) }
    }
  }

  private func key(_ scalar: Unicode.Scalar) -> Key? {
    switch scalar.value {
    case 0x1B: return escape()
    case 0x0D, 0x0A: return .enter
    case 0x09: return .tab
    case 0x7F, 0x08: return .backspace
    case 0x00: return .control(" ")
    case 0x01...0x1A: return .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x60))))
    case 0x1C...0x1F: return .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x40))))
    case 0x80...0x9F: return nil
    default: return .character(Character(scalar))
    }
  }

  /// Esc alone, Alt with a letter, or a sequence nobody knows, which is swallowed whole so that
  /// its letters never run as commands.
  private func escape() -> Key? {
    guard let next = read() else { return .escape }
    guard case .scalar(let scalar) = next else {
      if case .code(let code) = next, let key = CursesScreen.key(code: code) {
        pendingKeys.append(key)
      }
      return .escape
    }
    if scalar == "[" || scalar == "O" {
      guard let first = read() else { return .alt(Character(scalar)) }
      var last = first
      // ECMA-48 §5.4: parameters and intermediates end with a final byte from @ to ~.
      while case .scalar(let part) = last, !(0x40...0x7E).contains(part.value) {
        guard let following = read() else { return nil }
        last = following
      }
      return nil
    }
    if scalar.value == 0x1B {
      pendingKeys.append(.escape)
      return .escape
    }
    return scalar.value >= 0x20 && scalar.value != 0x7F ? .alt(Character(scalar)) : .escape
  }

  private static func key(code: Int32) -> Key? {
    switch code {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_SR: .shiftUp
    case KEY_SF: .shiftDown
    case KEY_SLEFT: .shiftLeft
    case KEY_SRIGHT: .shiftRight
    case KEY_HOME: .home
    case KEY_END: .end
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_ENTER: .enter
    case KEY_BTAB: .backTab
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case KEY_IC: .insert
    case KEY_RESIZE: .resize
    case KEY_F0 + 1...KEY_F0 + 24: .function(Int(code - KEY_F0))
    default: nil
    }
  }
}
