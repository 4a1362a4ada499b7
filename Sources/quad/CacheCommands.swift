internal import ArgumentParser
internal import CRM
internal import Foundation
internal import ParseCore
internal import TerminalUI
internal import Workspace

/// Opens the account's cache for a command, and closes it after.
enum OpenCache {
  /// - Parameter body: Gets nil when nothing is cached yet.
  static func use<T>(_ body: (Profile, AccountCache?) throws -> T) throws -> T {
    let environment = ProcessInfo.processInfo.environment
    let profiles = ProfileStore(environment: environment)
    guard let profile = try Quad.account(profiles) else {
      throw CommandFailure("No account yet. Run: quad login", .signIn)
    }
    do {
      let cache = try AccountCache(profile, environment: environment)
      let value = try body(profile, cache)
      try cache?.close()
      return value
    } catch let error as WorkspaceError {
      throw CommandFailure(error.words, .workspace(error))
    }
  }

  /// Columns of one width, the first to the left and the others to the right.
  static func table(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { SafeLine($0[column]).width }.max() ?? 0
    }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let text = SafeLine(cell.0)
        let blanks = String(repeating: " ", count: cell.1 - text.width)
        return column == 0 ? text.text + blanks : blanks + text.text
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

struct Pins: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pins", abstract: "List what is pinned on this machine, pin a query, or let go.",
    subcommands: [AddPin.self, Unpin.self])

  func run() throws {
    try OpenCache.use { _, cache in
      guard let pins = try cache?.pins(), !pins.isEmpty else {
        print("Nothing is pinned.")
        return
      }
      let now = ParseClock.now()
      let rows = pins.map { pin in
        [
          pin.name, "\(pin.rows)", Wording.bytes(pin.bytes),
          Wording.age(Int(now.seconds - pin.since.seconds)), pin.asks ?? "",
          pin.asOf.map { Wording.age(Int(now.seconds - $0.seconds)) }
            ?? (pin.asks == nil ? "" : "never"),
        ]
      }
      print(OpenCache.table([["pin", "rows", "size", "age", "asks", "asked"]] + rows))
    }
  }
}

struct AddPin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Pin what a query finds; while quad is online it is kept as the server answers it.")

  @Argument(help: "A name for the pin.")
  var name: String

  @Argument(help: "The class to ask, as the server names it.")
  var className: String

  @Option(name: .customLong("where"), help: "The condition, as JSON in Parse's form.")
  var condition = "{}"

  @Option(help: "Fields to sort by, as in -amount,title.")
  var order = ""

  @Option(help: "At most so many rows.")
  var limit: Int?

  @Option(help: "How many pointers to follow from each row.")
  var depth = 0

  func validate() throws {
    if name.isEmpty || className.isEmpty { throw ValidationError("Give a name and a class.") }
    if let limit, limit < 1 { throw ValidationError("A limit is 1 or more.") }
    if !(0...9).contains(depth) { throw ValidationError("A depth is 0 to 9.") }
    _ = try filter()
  }

  private func filter() throws -> JSONObject {
    guard let json = try? JSON(text: condition), let filter = json.object else {
      throw ValidationError("--where is no JSON object.")
    }
    return filter
  }

  func run() throws {
    let query = Query(
      className, where: try filter(), order: Query.Order.list(order), limit: limit)
    try OpenCache.use { _, cache in
      guard let cache else {
        throw CommandFailure("Nothing is cached yet. Run: quad", .cache)
      }
      let count = try cache.pin(query, name: name, depth: depth, now: ParseClock.now())
      print(SafeLine("Pinned as \(name): \(count) rows are here.").text)
    }
  }
}

struct Unpin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpin", abstract: "Let go of a pin; its rows stay cached.")

  @Argument(help: "The pin, as quad pins names it.")
  var name: String

  func run() throws {
    try OpenCache.use { _, cache in
      guard try cache?.unpin(name) == true else {
        throw CommandFailure("There is no pin \(name). See: quad pins", .notFound)
      }
      print(SafeLine("Let go of \(name).").text)
    }
  }
}

struct Cache: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Say how large the local cache is, print it, or clear it.",
    subcommands: [PruneCache.self, ClearCache.self, ExportCache.self])

  func run() throws {
    try OpenCache.use { _, cache in
      guard let cache else {
        print("Nothing is cached.")
        return
      }
      print(SafeLine("\(cache.path): \(Wording.bytes(cache.bytes))").text)
      let rows = try cache.rows().map { [$0.className, "\($0.count)"] }
      print(OpenCache.table([["class", "rows"]] + rows))
      let unsent = try cache.unsentEdits()
      if unsent > 0 { print("\(unsent) edits are not sent yet.") }
    }
  }
}

struct ExportCache: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print every cached row as JSON, by class, with unsent edits laid over it.")

  func run() throws {
    try OpenCache.use { _, cache in
      guard let cache else {
        print("{}")
        return
      }
      try cache.export { print($0, terminator: "") }
    }
  }
}

struct PruneCache: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Take out what no pin holds; the next quad that is online fetches it again.")

  func run() throws {
    try OpenCache.use { _, cache in
      guard let cache else {
        print("Nothing is cached.")
        return
      }
      guard try !cache.isInUse() else {
        throw CommandFailure("quad is open on this account. Close it first.", .cache)
      }
      let before = cache.bytes
      let count = try cache.prune()
      let rows = count == 1 ? "1 row is" : "\(count) rows are"
      print("\(rows) out; \(Wording.bytes(before)) became \(Wording.bytes(cache.bytes)).")
    }
  }
}

struct ClearCache: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear",
    abstract: "Remove the account's cache; the next quad fetches everything again.")

  @Flag(help: "Do not ask.")
  var yes = false

  @Flag(help: "Give up edits that were not sent yet, too.")
  var unsent = false

  func run() throws {
    try OpenCache.use { profile, cache in
      guard let cache else {
        print("Nothing is cached.")
        return
      }
      guard try !cache.isInUse() else {
        throw CommandFailure("quad is open on this account. Close it first.", .cache)
      }
      let count = try cache.unsentEdits()
      guard count == 0 || unsent else {
        throw CommandFailure(
          "\(count) edits are not sent yet and would be lost. Send them, or add --unsent.", .cache)
      }
      try confirm(profile, unsent: count)
      try cache.close()
      try Workspace.forget(profile, environment: ProcessInfo.processInfo.environment)
      print("The cache is cleared.")
    }
  }

  /// Clearing cannot be taken back, so the name has to be typed.
  private func confirm(_ profile: Profile, unsent: Int) throws {
    if yes { return }
    guard isatty(0) == 1 else {
      throw CommandFailure("There is no terminal to ask: add --yes", .usage)
    }
    let loss = unsent > 0 ? " \(unsent) unsent edits are lost." : ""
    let name = SafeLine(profile.username).text
    FileHandle.standardError.write(
      Data("This clears the cache of \(name).\(loss) Type \(name) to go on: ".utf8))
    guard readLine() == profile.username else {
      throw CommandFailure("Nothing was cleared.", .usage)
    }
  }
}
