internal import ArgumentParser
internal import Foundation
internal import ParseCore
internal import Sandbox

struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Serve an invented school as a Parse Server would, on this machine only.",
    discussion: """
      Without --data all is gone when it ends. With it every change is on the disk before it is \
      answered, and a later start with the same file goes on with what is there.
      """)

  @Option(help: "The port on 127.0.0.1; 0 takes any free one.")
  var port: UInt16 = DemoSandbox.port

  @Option(help: "How large a new school is: tiny, demo, large or stress.")
  var scale: DemoScale?

  @Option(
    help: ArgumentHelp("Keep everything in this file, which only you can read.", valueName: "file"))
  var data: String?

  @Flag(help: "Start without classes, rows and accounts, as a fresh Parse Server.")
  var empty = false

  @Flag(
    inversion: .prefixedNo,
    help:
      "Run the school's Cloud Code: numbers, ranges, rights. Off with --empty; a file keeps its own."
  )
  var hooks: Bool?

  @OptionGroup var others: TrafficOptions

  func validate() throws {
    if empty, others.traffic { throw ValidationError("--empty leaves nobody for --traffic.") }
    if empty, scale != nil { throw ValidationError("--empty leaves nothing for --scale.") }
  }

  mutating func run() async throws {
    var options = DemoSandbox.options(port: port)
    if empty { options.beEmpty() }
    if let hooks { options.runsHooks = hooks }
    let (server, origin) = try server(options)
    let url: String
    do {
      url = try await server.start()
    } catch {
      throw CommandFailure("Port \(port) is taken. Choose another: --port N", .network)
    }
    // Not print, whose buffer would hold the text back from a pipe until the end.
    FileHandle.standardOutput.write(Data(words(url: url, origin: origin).utf8))
    let traffic = others.start(server)
    defer { traffic?.cancel() }
    // Ends by a signal.
    while !Task.isCancelled { try await Task.sleep(for: .seconds(3600)) }
  }

  /// Where the server's rows come from.
  private enum Origin {
    case memory, newFile, oldFile
  }

  private func server(_ given: SandboxOptions) throws -> (SandboxServer, Origin) {
    let start = { empty ? SandboxData() : DemoSandbox.data(scale: scale ?? .demo) }
    guard let path = data else { return (SandboxServer(given, data: start()), .memory) }
    var options = given
    options.report = { failure in
      let words = "quad: not saved: \(failure.words(path: path))\n"
      FileHandle.standardError.write(Data(words.utf8))
    }
    do throws(SandboxFile.Failure) {
      let file = try SandboxFile(path: path)
      return (
        try SandboxServer(options, file: file, data: start), file.isNew ? .newFile : .oldFile
      )
    } catch {
      throw CommandFailure(error.words(path: path), .cache)
    }
  }

  private func words(url: String, origin: Origin) -> String {
    let rows =
      switch origin {
      case .memory: "kept in memory only"
      case .newFile: "kept in \(data ?? "")"
      case .oldFile: "as it was left in \(data ?? "")"
      }
    let names = DemoRole.allCases.map { "\($0.username) (\($0.rawValue))" }
    let users = """
      users \(names.joined(separator: ", ")); every password is demo
      quad login --server \(url) --app-id campus --rest-key rest --username mara

      """
    return """
      A Parse Server, \(empty ? "empty" : "with invented data"), \(rows): \(url)
      application id campus, REST key rest, master key master
      \(empty ? "" : users)Ctrl-C ends it.

      """
  }
}
