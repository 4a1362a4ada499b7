import Foundation
import JSONCache
import ParseCore

/// The other process of the cache's tests: writes into a cache until it is killed, or does what its
/// standard input says. Prints a line for each thing done, after it is done.
let arguments = CommandLine.arguments
// Whoever starts this may ignore or block the signal, and a child inherits that.
signal(SIGXFSZ, SIG_DFL)
var none = sigset_t()
unsafe sigemptyset(&none)
unsafe sigprocmask(SIG_SETMASK, &none, nil)
let store = try CacheStore(path: arguments[2], makeID: { UUID().uuidString.lowercased() })
let now = ParseDate(milliseconds: 1_800_000_000_000)

func say(_ words: String) {
  FileHandle.standardOutput.write(Data((words + "\n").utf8))
}

/// Rows of one edit, so that a torn edit shows.
func edits(_ number: Int) -> [Edit] {
  let text = String(repeating: "x", count: number * 997 % 9000)
  return [
    Edit(
      "Deal", id: "first", .update(["n": .set(.integer(number)), "notes": .set(.string(text))])),
    Edit("Deal", id: "second", .update(["n": .set(.integer(number))])),
    Edit("Activity", id: nil, .create(["n": .set(.integer(number))])),
  ]
}

switch arguments[1] {
case "edit":
  let rows = ["first", "second"].map {
    ParseObject(className: "Deal", objectId: $0, createdAt: now, updatedAt: now)
  }
  try store.receive(rows, Arrival(.fill, requestedAt: now, receivedAt: now))
  for number in 1...Int.max {
    _ = try store.perform(edits(number), group: "group \(number)", now: now)
    say("\(number)")
  }
case "fill":
  try await Fill.run(store)
  say("filled")
default:
  say(try store.tryBecomeSyncer() ? "syncs" : "follows")
  while let line = readLine() {
    let words = line.split(separator: " ").map(String.init)
    switch words.first {
    case "receive":
      let row = ParseObject(className: "Deal", objectId: words[1], createdAt: now, updatedAt: now)
      try store.receive([row], Arrival(.fill, requestedAt: now, receivedAt: now))
      say("received")
    case "poll":
      let notice = try store.pollOtherProcesses()
      say(notice?.classNames.sorted().joined(separator: " ") ?? "nothing")
    default:
      let row = try store.object(className: "Deal", id: words[1])
      say(row?["stage"]?.string ?? "unset")
    }
  }
}
