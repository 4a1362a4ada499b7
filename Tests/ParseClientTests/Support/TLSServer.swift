import Foundation
import Synchronization

/// A TLS server on 127.0.0.1 that says one thing to whoever comes: `openssl s_server` with a
/// certificate made for the test.
final class TLSServer: Sendable {
  enum Certificate: Sendable {
    case valid, expired, wrongHost
  }

  struct Failure: Error { let words: String }

  let port: UInt16
  /// The certificate, which is its own authority.
  var caFile: String { folder + "/certificate.pem" }
  var url: String { "https://127.0.0.1:\(port)/parse" }
  private let folder: String
  private let process: Mutex<Process>

  /// - Parameters:
  ///   - answer: what it sends.
  ///   - alpn: the protocol it agrees on; its request is awaited before the answer goes out.
  init(_ certificate: Certificate, answer: [UInt8], alpn: String? = nil) throws {
    folder = NSTemporaryDirectory() + "quad-tls-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Self.makeCertificate(certificate, in: folder)
    let server = Process()
    server.executableURL = URL(filePath: "/usr/bin/openssl")
    server.arguments =
      [
        "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-cert", folder + "/certificate.pem",
        "-key", folder + "/key.pem",
      ] + (alpn.map { ["-alpn", $0] } ?? [])
    let input = Pipe()
    let output = Pipe()
    server.standardInput = input
    server.standardOutput = output
    server.standardError = FileHandle.nullDevice
    try server.run()
    process = Mutex(server)
    let listening = try Self.read(output) { $0.contains("ACCEPT 127.0.0.1:") && $0.hasSuffix("\n") }
    guard let port = listening.split(separator: ":").last.flatMap({ UInt16($0.dropLast()) }) else {
      throw Failure(words: listening)
    }
    self.port = port
    guard alpn != nil else {
      try input.fileHandleForWriting.write(contentsOf: answer)
      return
    }
    Thread.detachNewThread {
      // A failure shows in the client, which then gets no answer.
      guard (try? Self.read(output) { Self.holdsHTTP2Request($0) }) != nil else { return }
      try? input.fileHandleForWriting.write(contentsOf: answer)
    }
  }

  func stop() {
    process.withLock { $0.terminate() }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Reads until the condition holds for all that came.
  private static func read(_ pipe: Pipe, until isEnough: (String) -> Bool) throws -> String {
    var text = ""
    while !isEnough(text) {
      let piece = pipe.fileHandleForReading.availableData
      if piece.isEmpty { throw Failure(words: "openssl ended: \(text)") }
      // One scalar a byte, so that frames keep their places.
      text.unicodeScalars.append(contentsOf: piece.map { Unicode.Scalar($0) })
    }
    return text
  }

  /// Whether the connection preface and a whole request are there (RFC 9113 §3.4, §4.1): an answer
  /// to a request whose body is still on its way makes libcurl 7.88 wait for ever.
  private static func holdsHTTP2Request(_ text: String) -> Bool {
    let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    guard let preface = bytes.firstRange(of: Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)) else {
      return false
    }
    var rest = bytes[preface.upperBound...]
    while rest.count >= 9 {
      let head = Array(rest.prefix(9))
      let isData = head[3] == 0
      let isHeaders = head[3] == 1
      let endsStream = head[4] & 0x1 != 0
      if isData || isHeaders, endsStream { return true }
      rest = rest.dropFirst(9 + Int(head[0]) << 16 + Int(head[1]) << 8 + Int(head[2]))
    }
    return false
  }
}

extension TLSServer {
  /// `req -x509` cannot make a certificate that has ended; `ca` can.
  private static func makeCertificate(_ certificate: Certificate, in folder: String) throws {
    let host = certificate == .wrongHost ? "DNS:elsewhere.example" : "IP:127.0.0.1"
    let ends = certificate == .expired ? "20200102000000Z" : "20491231000000Z"
    try Data(
      """
      [ca]
      default_ca = authority
      [authority]
      database = \(folder)/index.txt
      new_certs_dir = \(folder)
      serial = \(folder)/serial
      default_md = sha256
      policy = policy
      x509_extensions = extensions
      [policy]
      commonName = supplied
      [extensions]
      subjectAltName = \(host)
      """.utf8
    ).write(to: URL(filePath: folder + "/ca.conf"))
    try Data().write(to: URL(filePath: folder + "/index.txt"))
    try Data("01\n".utf8).write(to: URL(filePath: folder + "/serial"))
    try run([
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
      folder + "/key.pem", "-out", folder + "/request.pem", "-subj", "/CN=test",
    ])
    try run([
      "ca", "-batch", "-notext", "-selfsign", "-config", folder + "/ca.conf", "-keyfile",
      folder + "/key.pem", "-in", folder + "/request.pem", "-out", folder + "/certificate.pem",
      "-startdate", "20200101000000Z", "-enddate", ends,
    ])
  }

  private static func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(words: "openssl \(arguments[0]) failed")
    }
  }
}
