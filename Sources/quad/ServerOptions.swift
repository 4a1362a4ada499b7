internal import ArgumentParser
internal import Foundation
internal import TerminalUI
internal import Workspace

/// Where the server is and what it asks of every program.
struct ServerOptions: ParsableArguments {
  @Option(help: "The server's address with its mount path, https://school.example/parse.")
  var server: String?

  @Option(name: .customLong("app-id"), help: "The application id.")
  var applicationId: String?

  @Option(help: "The REST API key, where the server has one.")
  var restKey: String?

  @Option(help: "The JavaScript key, in place of the REST key.")
  var javascriptKey: String?

  @Option(
    name: .customLong("live-query-url"),
    help: "The LiveQuery address, where it is not the server's own: wss://app.b4a.io.")
  var liveQueryURL: String?

  @Option(
    name: .customLong("ca-file"),
    help: "A file of trusted certificates (PEM), for a server with a certificate of its own.")
  var caFile: String?

  @Flag(
    name: .customLong("allow-insecure-http"),
    help: "Allow http:// to another machine; anyone between can read along.")
  var allowsInsecureHTTP = false

  /// - Parameter known: The account used last, which says what is left out.
  func target(_ known: Profile?) throws -> SignIn.Server {
    guard let url = server ?? known?.serverURL, let app = applicationId ?? known?.applicationId
    else {
      throw CommandFailure("Say where: --server URL --app-id ID", .usage)
    }
    let same = isServer(of: known) ? known : nil
    return SignIn.Server(
      url: url, liveQueryURL: liveQueryURL ?? same?.liveQueryURL, applicationId: app,
      restKey: restKey ?? same?.restKey, javascriptKey: javascriptKey ?? same?.javascriptKey,
      allowsInsecureHTTP: allowsInsecureHTTP || same?.allowsInsecureHTTP == true,
      caFile: try caFile.map(Self.absolute) ?? same?.caFile)
  }

  /// Whether the account is on the server meant.
  func isServer(of known: Profile?) -> Bool { server == nil || server == known?.serverURL }

  static func signingIn(
    _ call: () async throws(WorkspaceError) -> Profile
  ) async throws -> Profile {
    do throws(WorkspaceError) {
      return try await call()
    } catch {
      throw CommandFailure(error.words(duringSignIn: true), .workspace(error))
    }
  }

  /// The file is read from wherever quad runs later.
  private static func absolute(_ path: String) throws -> String {
    let url = URL(filePath: path)
    guard FileManager.default.isReadableFile(atPath: url.path) else {
      throw CommandFailure("\(path) cannot be read.", .usage)
    }
    return url.standardizedFileURL.path
  }
}

extension Profile {
  /// Who is signed in now, as what, and where.
  var greeting: SafeLine {
    SafeLine("Signed in as \(username)\(role.map { ", \($0)" } ?? "") on \(serverURL).")
  }
}
