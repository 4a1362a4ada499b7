/// One thing the person did, as the driver reports it.
package enum Key: Sendable, Hashable {
  case character(Character)
  /// A letter with Ctrl, in lower case: `.control("s")`.
  case control(Character)
  /// A letter with Alt, or typed right after Esc.
  case alt(Character)
  case up, down, left, right
  case shiftUp, shiftDown, shiftLeft, shiftRight
  case home, end, pageUp, pageDown
  case enter, tab, backTab, backspace, delete, insert, escape
  case function(Int)
  /// Pasted text as it came; it can hold any scalar, so fields clean it.
  case paste(String)
  /// The terminal has another size now.
  case resize
  /// The terminal is gone: save and leave, draw nothing.
  case hangup
}

extension Key: CustomStringConvertible {
  /// The key in the words of the footer: `C-s`, `Enter`, `Left`.
  package var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let letter): SafeLine(String(letter)).text
    case .control(let letter): "C-\(letter)"
    case .alt(let letter): "A-\(letter)"
    case .function(let number): "F\(number)"
    case .paste: "Paste"
    default: Key.name(of: self) ?? ""
    }
  }

  /// The key for a word as `description` gives it; nil for an unknown one.
  package init?(_ word: String) {
    if let named = Key.names.first(where: { $0.word.lowercased() == word.lowercased() }) {
      self = named.key
    } else if word.lowercased() == "space" {
      self = .character(" ")
    } else if word.count == 1, let letter = word.first {
      self = .character(letter)
    } else if word.hasPrefix("C-"), word.count == 3, let letter = word.last {
      self = .control(Character(letter.lowercased()))
    } else if word.hasPrefix("A-"), word.count == 3, let letter = word.last {
      self = .alt(letter)
    } else if word.hasPrefix("F"), let number = Int(word.dropFirst()), (1...24).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  private static func name(of key: Key) -> String? {
    names.first { $0.key == key }?.word
  }

  private static let names: [(key: Key, word: String)] = [
    (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"),
    (.shiftUp, "S-Up"), (.shiftDown, "S-Down"), (.shiftLeft, "S-Left"), (.shiftRight, "S-Right"),
    (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"),
    (.enter, "Enter"), (.tab, "Tab"), (.backTab, "S-Tab"), (.backspace, "Backspace"),
    (.delete, "Del"), (.insert, "Ins"), (.escape, "Esc"), (.resize, "Resize"),
    (.hangup, "Hangup"),
  ]
}

/// A key script that cannot be read.
package struct KeyScriptError: Error, Hashable {
  /// The word between `<` and `>` that names no key.
  package let word: String
}

extension Key {
  /// Reads a script: letters stand for themselves, `<Enter>` and `<C-s>` for named keys, `<lt>` for `<`.
  ///
  /// `<Paste:text>` pastes.
  package static func script(_ script: String) throws(KeyScriptError) -> [Key] {
    var keys: [Key] = []
    var rest = script[...]
    while let letter = rest.popFirst() {
      guard letter == "<" else {
        keys.append(.character(letter))
        continue
      }
      let word = String(rest.prefix { $0 != ">" })
      rest = rest.dropFirst(word.count + 1)
      if word == "lt" {
        keys.append(.character("<"))
      } else if word.hasPrefix("Paste:") {
        keys.append(.paste(String(word.dropFirst(6))))
      } else if let key = Key(word) {
        keys.append(key)
      } else {
        throw KeyScriptError(word: word)
      }
    }
    return keys
  }
}
