import CNcurses
import Glibc

/// The terminal, driven by ncurses. One at a time, on the main thread only.
@MainActor
@safe
package final class CursesScreen {
  package struct Options: Sendable {
    /// Descriptors of the terminal; the screen works on copies of them.
    package var input: Int32
    package var output: Int32
    /// `TERM`, `COLORTERM`, `COLORFGBG`, `NO_COLOR`, `ESCDELAY`, `SSH_CONNECTION` are read from it.
    package var environment: [String: String]
    package var theme: Theme.Name
    /// What the person set; nil goes by the environment.
    package var background: Theme.Background?
    /// Signs in ASCII even where the terminal could do more.
    package var ascii: Bool
    /// Whether output goes through a thread, so that a stalled link does not block keys.
    package var isQueued: Bool

    package init(
      input: Int32 = 0, output: Int32 = 1, environment: [String: String],
      theme: Theme.Name = .auto, background: Theme.Background? = nil, ascii: Bool = false,
      isQueued: Bool = true
    ) {
      self.input = input
      self.output = output
      self.environment = environment
      self.theme = theme
      self.background = background
      self.ascii = ascii
      self.isQueued = isQueued
    }
  }

  /// How styles are painted; a new one paints the whole screen at the next `draw`.
  package var theme: Theme {
    didSet { previous = nil }
  }
  package let glyphs: Glyphs
  /// Whether the locale writes UTF-8; if not, signs are ASCII and other letters show as `?`.
  package let isUTF8: Bool
  /// The name the terminal is driven by, which may be a substitute for an unknown `TERM`.
  package let terminalName: String
  /// Readable when a key waits; for `poll`.
  package let inputDescriptor: Int32
  /// Readable when the link has taken what a frame was left out for; for `poll`, which passes over the
  /// -1 of a screen whose frames never are.
  package var readyDescriptor: Int32 { queue?.readyDescriptor ?? -1 }
  /// Whether the program runs over SSH, where Esc waits longer and bytes are dear.
  package let isRemote: Bool

  let screen: OpaquePointer
  let keys: UnsafeMutablePointer<WINDOW>
  let pasteOn: [UInt8]
  let pasteOff: [UInt8]
  let outputDescriptor: Int32
  let terminalDescriptor: Int32
  let queue: OutputQueue?
  /// Foreground and background go back to the terminal's own by 39 and 49, as the filter has it.
  private let setsColorsApart: Bool
  private let warden: TerminalGuard?
  private var isActive = true
  private var isClosed = false
  var previous: Canvas?
  var pairs = PairTable()
  var pendingKeys: [Key] = []

  /// Takes the terminal over: alternate screen, raw keys, bracketed paste.
  ///
  /// Nothing is asked of the terminal; terminfo and the environment say all.
  /// - Parameter guard: Made before the screen; nil only where signals do not matter.
  package init(
    options: Options, guard warden: TerminalGuard? = nil
  ) throws(TerminalError) {
    guard isatty(options.input) == 1, isatty(options.output) == 1 else { throw .notATerminal }
    // A constant string; the answer is not used.
    _ = unsafe setlocale(LC_CTYPE, "")
    // nl_langinfo gives a C string that stays until the next call.
    isUTF8 = unsafe String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
    let environment = options.environment
    isRemote = !(environment["SSH_CONNECTION"] ?? environment["SSH_TTY"] ?? "").isEmpty
    let terminal = dup(options.output)
    terminalDescriptor = terminal
    let queue = options.isQueued ? try OutputQueue(terminal: terminal) : nil
    self.queue = queue
    let opened: Opened
    do {
      unsafe opened = try CursesScreen.open(environment["TERM"] ?? "", options)
    } catch {
      queue?.close()
      Glibc.close(terminal)
      throw error
    }
    // The screen, its pad and its descriptors are given back in `close`.
    unsafe screen = opened.screen
    let name = unsafe opened.name
    terminalName = name
    inputDescriptor = unsafe opened.input
    outputDescriptor = unsafe opened.output
    self.warden = warden
    // The pad is freed with the screen.
    guard let pad = unsafe newpad(1, 1) else { throw .unusable(terminal: name) }
    unsafe keys = pad
    pasteOn = CursesScreen.capability("BE")
    pasteOff = CursesScreen.capability("BD")
    setsColorsApart = CursesScreen.capability("op") == Array("\u{1B}[39;49m".utf8)
    let colors = CursesScreen.startColors()
    theme = Theme(
      name: options.theme, environment: environment, colors: colors,
      directColor: colors >= 1 << 24, background: options.background)
    let isLinuxConsole = name == "linux"
    glyphs = options.ascii || !isUTF8 || isLinuxConsole ? .ascii : .unicode
    setModes(escapeDelay: Int32(environment["ESCDELAY"] ?? "") ?? (isRemote ? 100 : 25))
    warden?.arm()
    send(pasteOn)
    // The first update writes the set-up itself, while ncurses still sees the terminal.
    doupdate()
    route(toQueue: true)
  }

  /// Tries `TERM`, then what stands in for it (reference/terminal.md §3.2).
  private static func open(_ name: String, _ options: Options) throws(TerminalError) -> Opened {
    let families = [
      "xterm", "tmux", "screen", "rxvt", "alacritty", "kitty", "foot", "wezterm", "ghostty", "vte",
      "konsole", "st-",
    ]
    var names = [name]
    if name == "dumb" { names = [] }
    if families.contains(where: name.hasPrefix) { names.append("xterm-256color") }
    if name != "dumb", !name.isEmpty { names.append("vt100") }
    let input = dup(options.input)
    let output = dup(options.output)
    // ncurses keeps the streams in the screen; `close` ends their descriptors.
    guard let inputFile = unsafe fdopen(input, "r"), let outputFile = unsafe fdopen(output, "w")
    else { throw .system(errno: errno) }
    for candidate in names where !candidate.isEmpty {
      // newterm answers nil for a terminal it does not know.
      guard let screen = unsafe newterm(candidate, outputFile, inputFile) else { continue }
      if !capability("cup").isEmpty {
        return unsafe Opened(screen: screen, name: candidate, input: input, output: output)
      }
      endwin()
      unsafe delscreen(screen)
    }
    // Nothing else has the streams.
    unsafe fclose(inputFile)
    unsafe fclose(outputFile)
    throw .unusable(terminal: name)
  }

  /// What `open` found; the screen belongs to whoever takes it.
  @unsafe
  private struct Opened {
    let screen: OpaquePointer
    let name: String
    let input: Int32
    let output: Int32
  }

  /// A string of terminfo, empty when the terminal has none.
  static func capability(_ name: String) -> [UInt8] {
    // The C string belongs to ncurses and is copied at once.
    guard let value = unsafe cncurses_capability(name) else { return [] }
    return unsafe Array(String(cString: value).utf8)
  }

  /// Colours there are; failures mean fewer, not an error.
  private static func startColors() -> Int {
    guard has_colors(), start_color() == OK, use_default_colors() == OK else { return 0 }
    return Int(cncurses_colors())
  }

  private func setModes(escapeDelay: Int32) {
    raw()
    noecho()
    nonl()
    set_escdelay(escapeDelay)
    typeahead(-1)
    // The screen's own windows, which live as long as it does.
    unsafe intrflush(cncurses_screen(), false)
    unsafe keypad(keys, true)
    unsafe nodelay(keys, true)
    definePasteKeys()
    curs_set(0)
  }

  /// The size of the terminal as ncurses has it.
  package var size: Size {
    Size(columns: Int(cncurses_columns()), rows: Int(cncurses_rows()))
  }

  /// Asks the terminal's driver for its size after a resize; true when it changed.
  package func refreshSize() -> Bool {
    var rows: Int32 = 0
    var columns: Int32 = 0
    // The call writes two numbers.
    guard unsafe cncurses_window_size(terminalDescriptor, &rows, &columns) == 0, rows > 0,
      columns > 0
    else { return false }
    if Size(columns: Int(columns), rows: Int(rows)) == size { return false }
    resize_term(rows, columns)
    previous = nil
    return true
  }

  /// Gives the terminal to another program, such as an editor or the shell.
  package func suspend() {
    guard isActive, !isClosed else { return }
    isActive = false
    guard route(toQueue: false) else {
      warden?.restore()
      return
    }
    send(pasteOff)
    curs_set(1)
    endwin()
    warden?.disarm()
  }

  /// Takes the terminal back and paints all of it at the next `draw`.
  package func resume() {
    guard !isActive, !isClosed else { return }
    isActive = true
    warden?.arm()
    _ = refreshSize()
    send(pasteOn)
    // The first update after endwin sets the modes and paints all, so it must see the terminal.
    curs_set(0)
    // stdscr lives as long as the screen.
    _ = unsafe wrefresh(cncurses_screen())
    route(toQueue: true)
    previous = nil
  }

  /// Gives the terminal back for good. A second call does nothing.
  package func close() {
    suspend()
    guard !isClosed else { return }
    isClosed = true
    // Nothing uses the pad or the screen after this.
    unsafe delwin(keys)
    unsafe delscreen(screen)
    queue?.close()
    Glibc.close(terminalDescriptor)
    Glibc.close(inputDescriptor)
    Glibc.close(outputDescriptor)
  }

  /// Points ncurses at the queue or at the terminal; false when the terminal takes no bytes.
  @discardableResult
  private func route(toQueue: Bool) -> Bool {
    guard let queue else { return true }
    if toQueue {
      queue.begin(setsColorsApart ? RenditionFilter() : nil)
      dup2(queue.writeDescriptor, outputDescriptor)
      return true
    }
    let drained = queue.drain(milliseconds: 500) && !queue.isHungUp
    if drained { dup2(terminalDescriptor, outputDescriptor) }
    return drained
  }

  /// Sends bytes past ncurses where nothing else is on its way, so that they neither block nor land
  /// amid a frame; false where something is.
  func sendWhole(_ bytes: [UInt8]) -> Bool {
    guard isActive, !isClosed, queue?.isEmpty ?? true else { return false }
    send(bytes)
    return true
  }

  /// Sends bytes of terminfo past ncurses, which has nothing in its own buffer between updates.
  private func send(_ bytes: [UInt8]) {
    // The pointer and the count belong to the same array.
    _ = unsafe bytes.withUnsafeBytes { unsafe write(outputDescriptor, $0.baseAddress, $0.count) }
  }
}
