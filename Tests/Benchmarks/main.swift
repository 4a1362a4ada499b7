import Foundation
import Sandbox

/// The figures of the cache, measured. See the method beside each aim; run it in a release build on
/// a quiet machine: swift run -c release Benchmarks [query|pin|find|sync|resume|answers|home|program]
///
/// `answers [large] [SCREEN|keys]` takes the stress set; `home FOLDER [large]` makes a home folder to
/// start the program in: HOME=FOLDER quad --offline --start N; `program FOLDER` measures the program
/// built beside this one in such a home.
let arguments = CommandLine.arguments.dropFirst()
switch arguments.first {
case nil:
  try CacheBenchmarks.run()
  try await SyncBenchmark.run(count: 100_000)
  try await SyncBenchmark.resume(count: 100_000)
case "query": try CacheBenchmarks.queries()
case "pin": try CacheBenchmarks.pins()
case "find": try CacheBenchmarks.find()
case "sync": try await SyncBenchmark.run(count: 100_000)
case "resume": try await SyncBenchmark.resume(count: 100_000)
case "answers":
  let rest = arguments.dropFirst()
  try AnswerBenchmarks.run(
    scale: rest.contains("large") ? .large : .stress, screen: rest.first { $0 != "large" })
case "home":
  let rest = arguments.dropFirst()
  try CachedHome(folder: rest.first { $0 != "large" } ?? "").fill(
    rest.contains("large") ? .large : .stress)
case "program": try ProgramBenchmarks(home: arguments.dropFirst().first ?? "").run()
case "fill":
  try await SyncBenchmark.fill(
    port: Int(arguments.dropFirst().first ?? "") ?? 0, file: arguments.last ?? "")
case "replay": try ReplayServer(count: Int(arguments.last ?? "") ?? 1000).run()
default:
  FileHandle.standardError.write(
    Data("Benchmarks [query|pin|find|sync|resume|answers|home|program]\n".utf8))
  exit(2)
}
