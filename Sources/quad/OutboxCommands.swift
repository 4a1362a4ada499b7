internal import ArgumentParser
internal import CRM
internal import Foundation
internal import ParseCore
internal import TerminalUI
internal import Workspace

/// The formats a listing has: a table on a terminal, JSON for programs.
struct ListingOptions: ParsableArguments {
  @Flag(help: "Print JSON; without a terminal this is the default.")
  var json = false

  @Flag(help: "Print the table where JSON would be the default.")
  var plain = false

  var isJSON: Bool { json || (!plain && isatty(1) == 0) }

  func validate() throws {
    if json, plain { throw ValidationError("Either --json or --plain, not both.") }
  }

  static func viewpoint(_ profile: Profile) -> Viewpoint {
    let now = ParseClock.now()
    let zone = TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: now.seconds))
    return Viewpoint(
      user: profile.userId, role: profile.role.flatMap { Term<CRM.Role>($0).word }, now: now,
      zoneOffset: zone)
  }
}

struct Outbox: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "List the edits the server does not have yet, or decide them.",
    subcommands: [ListOutbox.self, RetryOutbox.self, DiscardOutbox.self, ExportOutbox.self],
    defaultSubcommand: ListOutbox.self)

  /// The edit of a number.
  static func row(
    _ number: Int, _ cache: AccountCache?, _ profile: Profile
  ) throws -> (AccountCache, OutboxRow) {
    let rows = try cache?.outbox(ListingOptions.viewpoint(profile)) ?? []
    guard let cache, let row = rows.first(where: { $0.id == String(number) }) else {
      throw CommandFailure("There is no edit \(number). See: quad outbox list", .notFound)
    }
    return (cache, row)
  }
}

struct ListOutbox: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what waits, was refused or is in conflict.")

  @OptionGroup var listing: ListingOptions

  func run() throws {
    try OpenCache.use { profile, cache in
      let rows = try cache?.outbox(ListingOptions.viewpoint(profile)) ?? []
      if listing.isJSON {
        print(JSON.array(rows.map(\.json)).text)
        return
      }
      guard !rows.isEmpty else {
        print("Everything is sent.")
        return
      }
      print(
        OpenCache.lines(
          [["id", "made", "state", "what", "record", "change"]]
            + rows.map { [$0.id, $0.made, $0.stateWord, $0.kind, $0.record, $0.said] }))
    }
  }
}

struct RetryOutbox: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Let a refused edit be sent again.")

  @Argument(help: "The edit's number, as quad outbox list names it.")
  var number: Int?

  @Flag(help: "Every refused edit.")
  var all = false

  func validate() throws {
    if all == (number != nil) { throw ValidationError("Give a number, or --all.") }
  }

  func run() throws {
    try OpenCache.use { profile, cache in
      if let number {
        let (cache, row) = try Outbox.row(number, cache, profile)
        guard row.isRefused else {
          throw CommandFailure("Edit \(number) is \(row.stateWord); only a refused one.", .usage)
        }
        try cache.retry(row.id)
        print("Edit \(number) is sent again the next time quad is online.")
        return
      }
      let rows = try cache?.outbox(ListingOptions.viewpoint(profile)).filter(\.isRefused) ?? []
      for row in rows { try cache?.retry(row.id) }
      let count = rows.count == 1 ? "1 edit is" : "\(rows.count) edits are"
      print("\(count) sent again the next time quad is online.")
    }
  }
}

struct DiscardOutbox: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discard", abstract: "Give an unsent edit up; its row goes back.")

  @Argument(help: "The edit's number, as quad outbox list names it.")
  var number: Int

  @Flag(help: "Do not ask.")
  var yes = false

  func run() throws {
    try OpenCache.use { profile, cache in
      let (cache, row) = try Outbox.row(number, cache, profile)
      if case .sending = row.state {
        throw CommandFailure("Edit \(number) is being sent; wait for its answer.", .usage)
      }
      try confirm(row)
      try cache.discard(row.id)
      print(SafeLine("Dropped the \(row.kind) of \(row.record).").text)
    }
  }

  /// Nothing brings it back, so the word has to be typed.
  private func confirm(_ row: OutboxRow) throws {
    if yes { return }
    guard isatty(0) == 1 else {
      throw CommandFailure("There is no terminal to ask: add --yes", .usage)
    }
    let loss =
      row.dependants.isEmpty ? "" : " With it go: \(row.dependants.joined(separator: ", "))."
    let words = SafeLine("This loses the \(row.kind) of \(row.record): \(row.change).\(loss)").text
    FileHandle.standardError.write(Data("\(words) Type drop to go on: ".utf8))
    guard readLine() == "drop" else { throw CommandFailure("Nothing was dropped.", .usage) }
  }
}

struct ExportOutbox: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print every unsent edit with all its values as JSON.")

  func run() throws {
    try OpenCache.use { _, cache in print(try cache?.exportedOutbox().text ?? "[]") }
  }
}

struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "What you changed here, when, and from which value.")

  @Flag(help: "What others changed, too, as far as this machine saw it.")
  var journal = false

  @Option(help: "How many days back.")
  var days = 400

  @Option(help: "At most so many changes.")
  var limit: Int?

  @OptionGroup var listing: ListingOptions

  func validate() throws {
    if days < 1 || (limit ?? 1) < 1 { throw ValidationError("Numbers start at 1.") }
  }

  func run() throws {
    try OpenCache.use { profile, cache in
      let viewpoint = ListingOptions.viewpoint(profile)
      let since = viewpoint.now.advanced(bySeconds: -days * 86_400)
      let all = try cache?.history(since: since, isMineOnly: !journal, viewpoint) ?? []
      let lines = limit.map { Array(all.prefix($0)) } ?? all
      if listing.isJSON {
        print(JSON.array(lines.map(\.json)).text)
        return
      }
      guard !lines.isEmpty else {
        print("Nothing was changed here.")
        return
      }
      print(
        OpenCache.lines(
          [["when", "who", "record", "change"]]
            + lines.map {
              [Wording.moment($0.at, viewpoint), $0.isMine ? "you" : "others", $0.record, $0.words]
            }))
    }
  }
}

extension OutboxRow {
  fileprivate var stateWord: String {
    switch state {
    case .waiting: "waiting"
    case .sending: "sending"
    case .refused: "refused"
    case .conflict: "conflict"
    case .held: "held"
    }
  }

  /// Why it does not go, else what it changes.
  fileprivate var said: String {
    switch state {
    case .waiting, .sending: change
    case .refused(let words), .conflict(let words), .held(let words): words
    }
  }

  fileprivate var json: JSON {
    var object: JSONObject = [
      "id": .string(id), "made": .string(made), "state": .string(stateWord),
      "kind": .string(kind), "record": .string(record), "change": .string(change),
      "tries": .number(JSONNumber(Double(tries))),
    ]
    switch state {
    case .waiting, .sending: break
    case .refused(let words), .conflict(let words), .held(let words):
      object["words"] = .string(words)
    }
    if let target {
      object["className"] = .string(target.kind.rawValue)
      object["objectId"] = .string(target.id)
    }
    return .object(object)
  }
}

extension OpenCache {
  /// Columns of one width, all to the left; the last one as long as it is.
  fileprivate static func lines(_ rows: [[String]]) -> String {
    let columns = (rows.first?.count ?? 1) - 1
    let widths = (0..<columns).map { column in rows.map { SafeLine($0[column]).width }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        let text = SafeLine(cell)
        return text.text + String(repeating: " ", count: width - text.width + 2)
      }
      return cells.joined() + SafeLine(row[columns]).text
    }.joined(separator: "\n")
  }
}
