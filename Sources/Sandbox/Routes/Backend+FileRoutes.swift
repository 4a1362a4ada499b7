import Foundation
import ParseCore

/// A file a client sent, as it came.
struct StoredFile: Sendable, Hashable {
  var contentType: String
  var bytes: [UInt8]
}

/// `/files` (reference/parse.md §1.10), as in 8.2.2: anybody may read by URL, whoever is signed in
/// may send, the master key may delete.
extension Backend {
  /// - Parameters:
  ///   - call: what keys and session came to, for the methods that need them.
  ///   - path: behind `files`.
  /// - Returns: Nil where the server has no such route.
  mutating func fileRoute(
    _ request: SandboxRequest, _ path: ArraySlice<String>, _ call: Result<Call, ParseError>
  ) throws(ParseError) -> SandboxResponse? {
    switch (request.method, path.count) {
    case ("GET", 2), ("HEAD", 2):
      guard path.first == options.applicationId, let file = path.last.flatMap({ files[$0] }) else {
        return SandboxResponse(
          status: 404, headers: [("Content-Type", "text/plain")],
          body: Array("File not found.".utf8))
      }
      return SandboxResponse(
        status: 200, headers: [("Content-Type", file.contentType)], body: file.bytes)
    case ("POST", 0): throw .refused(122, "Filename not provided.")
    case ("POST", 1):
      let name = path.last ?? ""
      return try store(request, name, call.get())
    case ("DELETE", 1):
      guard try call.get().caller.isMaster else { throw .masterKeyRequired }
      guard let name = path.last, files[name] != nil else {
        throw .refused(153, "Could not delete file.")
      }
      files[name] = nil
      return SandboxResponse([:])
    default: return nil
    }
  }

  private mutating func store(
    _ request: SandboxRequest, _ name: String, _ call: Call
  ) throws(ParseError) -> SandboxResponse {
    guard call.caller.isMaster || call.caller.userId != nil else {
      throw .refused(130, "File upload by public is disabled.")
    }
    guard !request.body.isEmpty else { throw .refused(130, "Invalid file upload.") }
    try Self.check(fileName: name)
    let stored = text(32, from: Self.hexDigits) + "_" + name
    files[stored] = StoredFile(
      contentType: request.headers["content-type"] ?? "application/octet-stream",
      bytes: request.body)
    let url = "\(call.base)/files/\(options.applicationId)/\(Self.escaped(stored))"
    return SandboxResponse(
      ["url": .string(url), "name": .string(stored)], status: 201, location: url)
  }

  /// - Throws: 122 for a name no file may have, 130 for a kind a browser would run as a page.
  private static func check(fileName name: String) throws(ParseError) {
    guard name.utf8.count <= 128 else { throw .refused(122, "Filename too long.") }
    guard name.wholeMatch(of: /[_a-zA-Z0-9][a-zA-Z0-9@. ~_-]*/) != nil else {
      throw .refused(122, "Filename contains invalid characters.")
    }
    let ending = name.split(separator: ".").dropFirst().last?.lowercased() ?? ""
    if ["htm", "html", "shtm", "shtml", "xhtm", "xhtml"].contains(ending) {
      throw .refused(130, "File upload of extension \(ending) is disabled.")
    }
  }

  /// For a part of a path; of what a name may hold only these need it.
  private static func escaped(_ name: String) -> String {
    name.replacing(" ", with: "%20").replacing("@", with: "%40")
  }
}
