import ParseCore
import Sandbox
import Testing

/// Files of `/files`: sent, read by their URL, deleted.
struct FileTests {
  let school = School()

  private func send(
    _ method: String, _ path: String, _ body: [UInt8] = [], as user: String? = nil,
    type: String? = nil
  ) -> Reply {
    var headers = School.keys
    headers["content-type"] = type
    if user == "master" {
      headers["x-parse-master-key"] = "master"
    } else if let user {
      headers["x-parse-session-token"] = school.server.sessionToken(username: user)
    }
    return Reply(
      school.server.respond(
        to: SandboxRequest(method, "/parse" + path, headers: headers, body: body)))
  }

  /// The path of a file's URL under the mount.
  private func path(_ reply: Reply) throws -> String {
    let url = try #require(reply.json["url"]?.string)
    let mount = "http://127.0.0.1:1337/parse"
    #expect(url.hasPrefix(mount) && reply.response.header("Location") == url)
    return String(url.dropFirst(mount.count))
  }

  @Test func `a file comes back as it was sent, to anybody, until it is deleted`() throws {
    let bytes: [UInt8] = [0x89, 0x50, 0, 255, 13, 10]
    let sent = send("POST", "/files/my%20photo.png", bytes, as: "lena", type: "image/png")
    #expect(sent.status == 201)
    let name = try #require(sent.json["name"]?.string)
    #expect(name.hasSuffix("_my photo.png") && name.count == 33 + "my photo.png".count)
    let path = try path(sent)
    #expect(path == "/files/campus/" + name.replacing(" ", with: "%20"))
    let read = school.server.respond(to: SandboxRequest("GET", "/parse" + path))
    #expect(read.status == 200 && read.body == bytes && read.header("Content-Type") == "image/png")

    let file = "/files/" + name.replacing(" ", with: "%20")
    #expect(send("DELETE", file, as: "ada").status == 403)
    #expect(send("DELETE", file, as: "master").status == 200)
    #expect(school.server.respond(to: SandboxRequest("GET", "/parse" + path)).status == 404)
    #expect(send("DELETE", file, as: "master").code == 153)
  }

  @Test(
    arguments: [
      ("/files/a.txt", nil, 130, "File upload by public is disabled."),
      ("/files/", "sam", 122, "Filename not provided."),
      ("/files/.hidden", "sam", 122, "Filename contains invalid characters."),
      ("/files/a%2Fb.txt", "sam", 122, "Filename contains invalid characters."),
      ("/files/" + String(repeating: "a", count: 129), "sam", 122, "Filename too long."),
      ("/files/page.HTML", "sam", 130, "File upload of extension html is disabled."),
    ] as [(String, String?, Int, String)])
  func `what is no file to take is refused`(
    path: String, user: String?, code: Int, text: String
  ) {
    let reply = send("POST", path, [1, 2], as: user, type: "text/plain")
    #expect(reply.status == 400 && reply.code == code && reply.json["error"]?.string == text)
  }

  @Test func `an empty file, one too large and one without keys are refused`() {
    #expect(send("POST", "/files/a.txt", as: "sam").code == 130)
    let small = School { $0.maximumBodyBytes = 10 }
    let large = SandboxRequest(
      "POST", "/parse/files/a.txt", headers: School.keys, body: [UInt8](repeating: 1, count: 11))
    #expect(small.server.respond(to: large).status == 413)
    let bare = SandboxRequest("POST", "/parse/files/a.txt", body: [1])
    #expect(school.server.respond(to: bare).status == 403)
  }

  @Test func `another application's URL leads nowhere`() throws {
    let sent = send("POST", "/files/a.txt", [1], as: "sam", type: "text/plain")
    let path = try path(sent).replacing("/campus/", with: "/other/")
    let read = school.server.respond(to: SandboxRequest("GET", "/parse" + path))
    #expect(read.status == 404 && read.body == Array("File not found.".utf8))
  }
}
