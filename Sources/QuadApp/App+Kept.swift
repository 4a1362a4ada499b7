import CRM
package import TerminalUI

/// The first picture of a session, kept by the one before it: rows to look at while the real ones are
/// being read. Only the header and the news are made anew over it.
struct KeptPictures: Sendable {
  /// The screen they are of.
  let screen: ScreenID
  let texts: [Size: String]
  let glyphs: Glyphs
  /// The one for the window, and whether it was drawn for a window of just this size.
  private(set) var canvas: Canvas?
  private(set) var isOfThisWindow = false

  /// Takes the largest picture that fits: the rows of a narrower window are better than none.
  mutating func fit(_ size: Size) {
    let fitting = texts.keys.filter { $0.columns <= size.columns && $0.rows <= size.rows }
      .sorted { ($0.columns, $0.rows) > ($1.columns, $1.rows) }
    canvas = nil
    for smaller in fitting where canvas == nil {
      canvas = Canvas(
        kept: texts[smaller] ?? "", of: smaller, on: size, bottom: App.lastLines, glyphs: glyphs)
      isOfThisWindow = smaller == size
    }
  }
}

extension App {
  /// Windows that pictures are kept for besides that of the session, so that a start in any window
  /// finds one that fits: the usual ones, and what is usual on larger screens.
  package static let keptSizes = [
    Size(columns: 80, rows: 24), Size(columns: 100, rows: 30), Size(columns: 120, rows: 40),
    Size(columns: 160, rows: 45), Size(columns: 200, rows: 50),
  ]

  private static let keptNews = "These rows are of the last session; those of now are being read."

  /// Status and footer, which stay at the end of the window.
  static let lastLines = 2

  /// What the pictures of this screen are laid out by besides their rows and the window.
  package var keptGroup: String {
    let role = context.session.role?.rawValue ?? "none"
    let look = (context.glyphs.isASCII ? "ascii" : "unicode") + (context.hasCursorBar ? " bar" : "")
    return "\(current.rawValue) \(role) \(look) "
  }

  /// The name to keep this picture by.
  package var keptName: String {
    keptGroup + "\(context.size.columns)x\(context.size.rows)"
  }

  package var showsKept: Bool { keptCanvas != nil }

  package var showsKeptOfThisWindow: Bool { showsKept && kept?.isOfThisWindow == true }

  /// The kept picture where it stands for what is on top.
  var keptCanvas: Canvas? {
    guard !hasAnswer, kept?.screen == current, cards.isEmpty, drawer == nil, filterField == nil
    else { return nil }
    return kept?.canvas
  }

  /// Takes what `draw().kept` gave, by `keptName`. Text that is no such picture is ignored.
  package mutating func show(kept pictures: [String: String]) {
    guard !hasAnswer else { return }
    var texts: [Size: String] = [:]
    for (name, text) in pictures where name.hasPrefix(keptGroup) {
      let numbers = name.dropFirst(keptGroup.count).split(separator: "x").compactMap { Int($0) }
      if numbers.count == 2 { texts[Size(columns: numbers[0], rows: numbers[1])] = text }
    }
    kept = KeptPictures(screen: current, texts: texts, glyphs: context.glyphs)
    kept?.fit(context.size)
  }

  /// The kept picture with the news of now.
  func drawKept(_ picture: Canvas) -> Canvas {
    var canvas = picture
    let (columns, last) = (context.size.columns, context.size.rows - 1)
    canvas.fill(Rect(row: 0, column: 0, columns: columns, rows: 1))
    header.draw(on: &canvas)
    if toast != nil {
      canvas.fill(Rect(row: last - 1, column: 0, columns: columns, rows: 1))
      StatusLine(left: statusSpans(besides: 0), right: []).draw(on: &canvas, row: last - 1)
    }
    return canvas
  }

  /// Lets go of the picture where its rows are here or will not come, and says why keys do nothing.
  mutating func updateKept(after message: Message) {
    guard kept != nil else { return }
    if hasAnswer || message.endsKept { kept = nil }
    if kept == nil, toast?.words == Self.keptNews { toast = nil }
    switch message {
    case .resized(let size): kept?.fit(size)
    case .key where showsKept && toast == nil:
      show(Toast(.notice, Self.keptNews))
    default: break
    }
  }
}

extension Message {
  /// Whether the rows that the kept picture stands for will not come.
  fileprivate var endsKept: Bool {
    switch self {
    case .refused, .failed: true
    case .sync, .outbox, .cache, .stored, .tick, .session, .key, .resized, .answer, .form, .done,
      .signIn:
      false
    }
  }
}
