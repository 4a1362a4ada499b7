/// The one way to the clipboard: written, never read.
extension CursesScreen {
  package enum CopyOutcome: Sendable, Hashable {
    /// Handed to the terminal, which does not say what it makes of it.
    case sent
    /// More than terminals take.
    case tooLong
    /// The terminal knows no such thing.
    case unsupported
    /// The link still has earlier output to carry.
    case busy
  }

  /// Families that take OSC 52 although their terminfo may not say so.
  private static let takers = [
    "xterm", "tmux", "screen", "alacritty", "kitty", "foot", "wezterm", "ghostty", "rxvt", "st-",
  ]

  /// Hands text to the terminal for its clipboard.
  package func copy(_ clip: Clip) -> CopyOutcome {
    let isKnown = Self.takers.contains(where: terminalName.hasPrefix)
    guard isKnown || !Self.capability("Ms").isEmpty else { return .unsupported }
    guard let bytes = clip.sequence else { return .tooLong }
    return sendWhole(bytes) ? .sent : .busy
  }
}
