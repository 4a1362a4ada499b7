internal import Foundation
internal import ParseCore

/// The machine's clock, read only where the program meets the world.
enum ParseClock {
  static func now() -> ParseDate { ParseDate(seconds: Date().timeIntervalSince1970) }
}
