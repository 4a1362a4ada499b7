import ParseCore
import Testing

struct LiveQueryTests {
  struct Recording: Sendable, CustomTestStringConvertible {
    let json: JSON
    var server: String { json["server"]?.string ?? "" }
    var testDescription: String { "\(server) \(json["name"]?.string ?? "?")" }

    func texts(from side: String) -> [String] {
      (json["frames"]?.array ?? []).filter { $0["from"]?.string == side }
        .compactMap { $0["text"]?.string }
    }

    static let all = Fixture.cases("livequery.json", "recordings").map(Recording.init(json:))
  }

  @Test func `no recording is lost`() { #expect(Recording.all.count == 116) }

  @Test(arguments: Recording.all)
  func `every frame of a real server is understood`(_ recording: Recording) throws {
    for text in recording.texts(from: "server") {
      let json = try JSON(text: text)
      let message = try LiveQueryMessage(text: text)
      #expect(message.json == Self.plain(json))
    }
  }

  /// Version 4 marks rows with a `__type`, which says nothing here.
  static func plain(_ json: JSON) -> JSON {
    guard var message = json.object else { return json }
    for name in ["object", "original"] {
      guard var row = message[name]?.object else { continue }
      row["__type"] = nil
      message[name] = .object(row)
    }
    return .object(message)
  }

  @Test(arguments: Recording.all.filter { $0.server == "8.2.2" })
  func `a client's frame is refused with the server's own words`(_ recording: Recording) {
    var refusals: [String] = []
    for text in recording.texts(from: "client") {
      // Servers stay silent on broken text and take an empty one for an empty map.
      guard let json = try? JSON(text: text.isEmpty ? "{}" : text) else { continue }
      do {
        let request = try LiveQueryRequest(json)
        #expect(request.json == json)
      } catch {
        refusals.append(error.message)
      }
    }
    let answered = recording.texts(from: "server").compactMap { text -> String? in
      guard case .error(let fault)? = try? LiveQueryMessage(text: text), fault.error.code == 1
      else { return nil }
      return fault.error.message
    }
    if recording.json["name"]?.string != "lq_binary_frame" { #expect(refusals == answered) }
  }

  @Test func `an event carries the row before and after`() throws {
    let text =
      #"{"op":"update","clientId":"c","requestId":3,"object":{"className":"Deal","objectId":"d","#
      + #""updatedAt":"2026-11-21T00:29:56.099Z","amount":11},"original":{"className":"Deal","#
      + #""objectId":"d","amount":10}}"#
    guard case .event(let event) = try LiveQueryMessage(text: text) else {
      Issue.record("not an event")
      return
    }
    #expect(event.kind == .update)
    #expect(event.requestId == 3)
    #expect(event.object.className == "Deal")
    #expect(event.object.updatedAt?.iso == "2026-11-21T00:29:56.099Z")
    #expect(event.object.fields == ["amount": 11])
    #expect(event.original?.fields == ["amount": 10])
  }

  @Test(arguments: [
    "[]", "{}", #"{"op":"create"}"#, #"{"op":"dance"}"#, #"{"op":"subscribed"}"#, "x", "",
    #"{"op":"create","requestId":1,"object":{"objectId":"d"}}"#,
  ])
  func `what no server says is refused`(_ text: String) {
    #expect(throws: JSONError.self) { try LiveQueryMessage(text: text) }
  }

  @Test(arguments: LiveQueryEvent.Kind.allCases)
  func `an event survives the wire`(_ kind: LiveQueryEvent.Kind) {
    let row = ParseObject(className: "Deal", objectId: "d", fields: ["a": [1, nil]])
    let event = LiveQueryMessage.event(
      LiveQueryEvent(kind: kind, requestId: 1, clientId: "c", object: row, original: row))
    #expect(LiveQueryMessage(event.json) == event)
  }

  @Test func `credentials leave out what is not there`() {
    let request = LiveQueryRequest.connect(
      LiveQueryCredentials(applicationId: "campus", restAPIKey: "rest"))
    #expect(
      request.json.text == #"{"op":"connect","applicationId":"campus","restAPIKey":"rest"}"#)
  }
}
