import Foundation
import ParseCore
import Testing

@testable import ParseClient

/// Every LiveQuery session recorded with real servers, played to the connection machine frame by
/// frame, from the bytes of the socket on.
struct LiveReplayTests {
  struct Recording: Sendable, CustomTestStringConvertible {
    let json: JSON

    var server: String { json["server"]?.string ?? "" }
    var name: String { json["name"]?.string ?? "?" }
    var testDescription: String { "\(server) \(name)" }

    var frames: [(isClient: Bool, text: String)] {
      (json["frames"]?.array ?? []).map { frame in
        let fill = String(repeating: "y", count: frame["fill"]?.int ?? 0)
        let text = (frame["text"]?.string ?? "").replacing("{fill}", with: fill)
        return (frame["from"]?.string == "client", text)
      }
    }

    /// What the client of the recording sent, as messages; nil where it was none.
    var requests: [LiveQueryRequest?] {
      frames.filter(\.isClient).map { frame in
        guard let json = try? JSON(text: frame.text) else { return nil }
        return try? LiveQueryRequest(json)
      }
    }

    static let all: [Recording] = {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../ParseCoreTests/Fixtures/livequery.json").standardizedFileURL
      guard let bytes = try? Data(contentsOf: file), let json = try? JSON(bytes: Array(bytes))
      else { return [] }
      return (json["recordings"]?.array ?? []).map(Recording.init(json:))
    }()
  }

  /// What the client of a recording said otherwise than this one ever does, on purpose.
  static let foreign: Set<String> = [
    "lq_bad_json", "lq_binary_frame", "lq_connect_extra_field", "lq_connect_no_app",
    "lq_connect_null_token", "lq_connect_twice", "lq_empty_frame", "lq_events_all", "lq_fields",
    "lq_keys", "lq_same_request_id", "lq_subscribe_no_class", "lq_subscribe_no_where",
    "lq_subscribe_bad_session", "lq_subscribe_string_request_id", "lq_subscribe_where_string",
    "lq_subscribe_with_order_limit", "lq_unknown_op", "lq_unsubscribe_before_connect",
    "lq_unsubscribe_unknown", "lq_update_subscription", "lq_watch",
  ]

  /// Filters that this client refuses to send: servers evaluate them wrongly, or die of them.
  static let unsafe: Set<String> = [
    "lq_where_all_on_string", "lq_where_and", "lq_where_bad_regex", "lq_where_in_not_array",
    "lq_where_in_query", "lq_where_nor", "lq_where_not_in_query", "lq_where_null_value",
    "lq_where_or_not_array", "lq_where_related_to", "lq_where_select", "lq_where_text",
  ]

  @Test func `no recording is lost`() { #expect(Recording.all.count == 116) }

  @Test(arguments: Recording.all)
  func `a recorded session runs through the machine`(_ recording: Recording) throws {
    var player = try Player(recording)
    for frame in recording.frames {
      if frame.isClient { player.clientSaid(frame.text) } else { try player.serverSays(frame.text) }
    }
    #expect((player.foreign > 0) == Self.foreign.contains(recording.name))
    #expect((player.unsafe > 0) == Self.unsafe.contains(recording.name))
    #expect(player.same + player.foreign + player.unsafe == recording.requests.count)
    try player.end()
  }
}

/// Plays one recording and compares.
private struct Player {
  private let recording: LiveReplayTests.Recording
  private var machine: LiveQueryConnection
  private var decoder = WebSocketDecoder()
  /// What the machine sent and the recording has not said yet.
  private var sent: [String] = []
  private var classNames: [String] = []
  private var answered: Set<Int> = []
  private var isOver = false
  private var isConnected = false
  /// Frames of the recording's client: those this one sends too, byte for byte but for blanks;
  /// others; and those with a filter this one refuses.
  private(set) var same = 0
  private(set) var foreign = 0
  private(set) var unsafe = 0

  init(_ recording: LiveReplayTests.Recording) throws {
    self.recording = recording
    var credentials = LiveQueryCredentials(applicationId: "campus")
    var token: String?
    var subscriptions: [Int: LiveSubscription] = [:]
    for case .some(let request) in recording.requests {
      switch request {
      case .connect(let said):
        credentials = said
        token = said.sessionToken
        credentials.sessionToken = nil
      case .subscribe(let said) where subscriptions[said.requestId] == nil:
        let safe = try? LiveSubscription(className: said.className, filter: said.filter)
        subscriptions[said.requestId] = try safe ?? LiveSubscription(className: said.className)
      case .subscribe, .update, .unsubscribe: break
      }
    }
    if subscriptions.isEmpty { subscriptions[1] = try LiveSubscription(className: "Deal") }
    let wanted = subscriptions.sorted { $0.key < $1.key }.map(\.value)
    classNames = wanted.map(\.className)
    machine = LiveQueryConnection(wanted, credentials: credentials)
    #expect(machine.handle(.start, now: .zero, random: 0) == [.open])
    note(machine.handle(.opened(sessionToken: token), now: .zero, random: 0))
  }

  private mutating func note(_ actions: [LiveQueryConnection.Action]) {
    for case .send(let frame) in actions where frame.opcode == .text {
      sent.append(String(decoding: frame.payload, as: UTF8.self))
    }
  }

  mutating func clientSaid(_ text: String) {
    // The recording's client put blanks after colons and commas.
    let plain = (try? JSON(text: text))?.text
    if let plain, plain == sent.first {
      sent.removeFirst()
      same += 1
    } else if LiveReplayTests.unsafe.contains(recording.name) {
      unsafe += 1
    } else {
      foreign += 1
    }
  }

  /// The bytes of the frame, in pieces, to the decoder; its event to the machine.
  mutating func serverSays(_ text: String) throws {
    let bytes = Self.bytes(text)
    var events: [WebSocketEvent] = []
    for start in stride(from: 0, to: bytes.count, by: 4099) {
      decoder.append(bytes[start..<min(start + 4099, bytes.count)])
      while let event = try decoder.next() { events.append(event) }
    }
    #expect(events == [.text(text)])
    let actions = machine.handle(.received(.text(text)), now: .zero, random: 0)
    note(actions)
    let expected = isOver ? [] : try expectation(of: text)
    let told = actions.filter { action in
      if case .send = action { return false }
      return true
    }
    #expect(told == expected)
    if told.contains(.close) { isOver = true }
  }

  /// What the protocol (reference/parse.md §2.2, §2.7) wants of a client that got this text.
  private mutating func expectation(of text: String) throws -> [LiveQueryConnection.Action] {
    let json = try JSON(text: text)
    switch json["op"]?.string {
    case "connected":
      defer { isConnected = true }
      return isConnected ? [] : [.report(.connected)]
    case "subscribed":
      let id = try #require(json["requestId"]?.int)
      guard answered.insert(id).inserted, id <= classNames.count else { return [] }
      return [.report(.subscribed(className: classNames[id - 1]))]
    case "unsubscribed": return []
    case "error":
      let error = ParseError(
        code: json["code"]?.int, message: json["error"]?.string ?? "")
      if error.code == 2 {
        return [
          .close,
          .report(.disconnected(reason: "The live connection failed.", retryIn: .seconds(1))),
        ]
      }
      return classNames.map { .report(.refused(className: $0, error)) } + [.close, .finish]
    default:
      let kind = try #require(json["op"]?.string.flatMap(LiveEvent.Kind.init(rawValue:)))
      let object = try #require(json["object"]?.object)
      let className = try #require(object["className"]?.string)
      return [
        .report(
          .event(
            kind: kind, object: ParseObject(className: className, json: object),
            original: json["original"]?.object.map {
              ParseObject(className: className, json: $0)
            }))
      ]
    }
  }

  /// How the recording ended: 1006 without a close frame, 1005 with an empty one. The connection is
  /// tried again after either.
  mutating func end() throws {
    guard let code = recording.json["close"]?.int else { return }
    let input: LiveQueryConnection.Input
    if code == 1006 {
      input = .lost(reason: "gone")
    } else {
      decoder.append([0x88, 0x00])
      input = .received(try #require(try decoder.next()))
    }
    let actions = machine.handle(input, now: .zero, random: 0)
    #expect(actions.contains(.send(.close(code: nil))) == (code == 1005))
    #expect(actions.contains(.close))
    #expect(machine.handle(.tick, now: .seconds(1), random: 0) == [.open])
  }

  /// A server's frame of this text.
  private static func bytes(_ text: String) -> [UInt8] {
    let frame = WebSocketFrame.text(text)
    var bytes = frame.encoded(maskKey: 0)
    let key = bytes.count - frame.payload.count - 4
    bytes.removeSubrange(key..<key + 4)
    bytes[1] &= 0x7F
    return bytes
  }
}
