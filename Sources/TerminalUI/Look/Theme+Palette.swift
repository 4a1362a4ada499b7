/// The colours of one role: by depth and background (design/screens.md §3).
private struct Swatch {
  var sixteen: (dark: UInt8?, light: UInt8?)
  var indexed: (dark: UInt8, light: UInt8, unknown: UInt8)
  var direct: (dark: UInt32, light: UInt32)
}

extension Theme {
  /// The tint of the bar cursor; none where the background is unknown or colours are few.
  var selection: TerminalColor? {
    switch (depth, background) {
    case (.indexed, .dark): .index(236)
    case (.indexed, .light): .index(254)
    case (.direct, .dark): .rgb(0x1E2933)
    case (.direct, .light): .rgb(0xE8EFF5)
    default: nil
    }
  }

  /// The foreground of a role; nil is the terminal's own.
  func color(_ role: Role) -> TerminalColor? {
    guard let swatch = swatch(role) else { return nil }
    switch (depth, background) {
    case (.mono, _): return nil
    // Without a known background the sixteen colours of a dark terminal stay clear of blue,
    // which many of them draw too dark to read.
    case (.sixteen, .light): return swatch.sixteen.light.map { .index($0) }
    case (.sixteen, _): return swatch.sixteen.dark.map { .index($0) }
    case (.direct, .dark): return .rgb(swatch.direct.dark)
    case (.direct, .light): return .rgb(swatch.direct.light)
    case (.indexed, .dark): return .index(swatch.indexed.dark)
    case (.indexed, .light): return .index(swatch.indexed.light)
    case (.indexed, .unknown), (.direct, .unknown): return .index(swatch.indexed.unknown)
    }
  }

  private func swatch(_ role: Role) -> Swatch? {
    if name == .deuteranopia, let swatch = deuteranopia(role) { return swatch }
    switch role {
    case .text, .strong: return nil
    case .dim: return grey((247, 241, 243), (0x95A0AB, 0x5A636C))
    case .faint: return grey((244, 243, 243), (0x76828E, 0x6D767F))
    case .rule: return grey((238, 252, 245), (0x38414B, 0xD0D5DA))
    case .accent, .header:
      return Swatch(sixteen: (6, 4), indexed: (74, 25, 31), direct: (0x6CB8E6, 0x0B66A0))
    case .good: return Swatch(sixteen: (2, 2), indexed: (108, 28, 28), direct: (0x7FBD85, 0x1F7433))
    case .warn:
      return Swatch(sixteen: (3, 3), indexed: (179, 94, 130), direct: (0xDCAE5A, 0x855900))
    case .bad:
      return Swatch(sixteen: (1, 1), indexed: (203, 124, 160), direct: (0xEE7A78, 0xB8222D))
    case .info: return Swatch(sixteen: (5, 5), indexed: (147, 61, 98), direct: (0xAEA2F4, 0x5A45B4))
    case .chart1: return chart((24, 110, 67), (0x3A6480, 0x9CC3DC))
    case .chart2: return chart((67, 67, 67), (0x5590B5, 0x4F90BA))
    case .chart3: return chart((74, 25, 67), (0x6CB8E6, 0x0B6AA6))
    case .chart4: return chart((153, 17, 67), (0xB7E1FB, 0x06395A))
    }
  }

  /// Good, warn and bad for eyes that do not tell red from green: blue, yellow, orange.
  private func deuteranopia(_ role: Role) -> Swatch? {
    switch role {
    case .good: Swatch(sixteen: (6, 4), indexed: (74, 25, 31), direct: (0x5AA9E6, 0x0B66A0))
    case .warn: Swatch(sixteen: (3, 3), indexed: (179, 94, 130), direct: (0xE3C14A, 0x7A5F00))
    case .bad: Swatch(sixteen: (1, 1), indexed: (208, 130, 166), direct: (0xF0803C, 0xA84300))
    default: nil
    }
  }

  private func grey(_ indexed: (UInt8, UInt8, UInt8), _ direct: (UInt32, UInt32)) -> Swatch {
    Swatch(sixteen: (nil, nil), indexed: indexed, direct: direct)
  }

  private func chart(_ indexed: (UInt8, UInt8, UInt8), _ direct: (UInt32, UInt32)) -> Swatch {
    Swatch(sixteen: (6, 4), indexed: indexed, direct: direct)
  }
}
