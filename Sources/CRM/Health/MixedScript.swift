/// Words that mix Latin, Greek and Cyrillic letters, which look alike.
enum MixedScript {
  static func isIn(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
    var seen: Script?
    for scalar in text.unicodeScalars {
      if let script = Script(scalar) {
        if let seen, seen != script { return true }
        seen = script
      } else if !scalar.properties.isAlphabetic, !scalar.isMark {
        seen = nil
      }
    }
    return false
  }

  private enum Script {
    case latin, greek, cyrillic

    init?(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF:
        self = .latin
      case 0x370...0x373, 0x376...0x377, 0x37B...0x37D, 0x386, 0x388...0x3FF, 0x1F00...0x1FFF:
        self = .greek
      case 0x400...0x481, 0x48A...0x52F: self = .cyrillic
      default: return nil
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
  }
}
