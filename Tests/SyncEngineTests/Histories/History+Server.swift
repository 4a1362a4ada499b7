import JSONCache
import ParseCore
import Sandbox

@testable import ParseClient

/// The network and the rivals.
extension History {
  private enum Fault: CaseIterable {
    case refused, lostBefore, lateBefore, heldBack, tooMany, broken, gateway, ended
    case lostAfter, lateAfter, gatewayAfter, twice, deadBefore, deadAfter
  }

  func answer(_ call: SandboxCall, _ fuse: Fuse) async -> SandboxCall.Answer {
    let answer = answerNow(call, fuse)
    if call.kind == .read { arriveLate() }
    // Its event can overtake an answer.
    if chance(0.3), let terminal = terminals.first(where: { $0.fuse === fuse }) {
      await deliver(terminal)
    }
    return answer
  }

  /// What was held back arrives after its sender looked for it in vain.
  func arriveLate() {
    let calls = late
    late = []
    for (call, fuse, row) in calls { _ = act(call, fuse, leftUpon: row) }
  }

  private func answerNow(_ call: SandboxCall, _ fuse: Fuse) -> SandboxCall.Answer {
    if fuse.isBlown { return .failure(.connectionLost) }
    if isOffline { return .failure(chance(0.5) ? .refused : .connectionLost) }
    meanwhile(call, isAfter: false)
    defer { meanwhile(call, isAfter: true) }
    guard chance(faultRate), let fault = Fault.allCases.randomElement(using: &random) else {
      return act(call, fuse)
    }
    note("    fault \(fault): \(call.kind) \(call.className) \(call.objectId ?? "")")
    switch fault {
    case .refused: return .failure(.refused)
    case .lostBefore: return .failure(.connectionLost)
    case .lateBefore: return .failure(.timedOut)
    case .heldBack:
      // Without idempotency nobody can tell such a request from a new one.
      if isServerIdempotent, call.requestId != nil { hold(call, fuse) }
      return .failure(.timedOut)
    case .tooMany: return SandboxCall.error(status: 429, code: 100, retryAfter: 1)
    case .broken: return SandboxCall.error(status: 500, code: 1)
    case .gateway: return SandboxCall.page
    case .ended:
      server.endSessions(userId: "userada")
      return act(call, fuse)
    case .twice:
      let first = act(call, fuse)
      let isSafe = isServerIdempotent && call.requestId != nil || !call.isWrite
      return isSafe ? act(call, fuse) : first
    case .deadBefore:
      fuse.blow()
      return .failure(.connectionLost)
    case .lostAfter, .lateAfter, .gatewayAfter, .deadAfter:
      _ = act(call, fuse)
      if fault == .deadAfter { fuse.blow() }
      if fault == .gatewayAfter { return SandboxCall.page }
      return .failure(fault == .lateAfter ? .timedOut : .connectionLost)
    }
  }

  private func hold(_ call: SandboxCall, _ fuse: Fuse) {
    let row = call.objectId.flatMap { server.row(call.className, $0) }
    late.append((call, fuse, row))
  }

  private func act(_ call: SandboxCall, _ fuse: Fuse) -> SandboxCall.Answer {
    act(call, fuse, leftUpon: call.objectId.flatMap { server.row(call.className, $0) })
  }

  /// - Parameter left: The row when the request left. What rivals write while it is on its way no
  ///   client can see before: Parse has no lock.
  private func act(
    _ call: SandboxCall, _ fuse: Fuse, leftUpon left: ParseObject?
  ) -> SandboxCall.Answer {
    let feed = terminals.first { $0.fuse === fuse }?.feed
    let isBlind = call.objectId.flatMap { feed?.mentions($0) } ?? false
    let before = call.objectId.flatMap { server.row(call.className, $0) }
    let response = server.respond(to: call.request)
    note(
      "    \(call.kind) \(call.className) \(call.objectId ?? "") \(call.requestId ?? "") "
        + "\(String(decoding: call.request.body, as: UTF8.self)) -> \(response.status) "
        + String(decoding: response.body, as: UTF8.self))
    if call.isWrite, (200..<300).contains(response.status) {
      let id = call.objectId ?? (try? JSON(bytes: response.body))?["objectId"]?.string
      let after = id.flatMap { server.row(call.className, $0) }
      if let id { keys[id] = Ledger.key(after) ?? keys[id] }
      let unseen = Ledger.single.filter { isBlind || before?[$0] != left?[$0] }
      ledger.acts(call, before: before, after: after, unseen: Set(unseen))
    }
    return SandboxCall.answer(response)
  }

  /// What happens while a request is on its way: edits here, and rivals where the engine can see
  /// them before it writes. Parse has no lock against what comes between its look and its write.
  private func meanwhile(_ call: SandboxCall, isAfter: Bool) {
    if faultRate > 0, chance(0.04) { edit() }
    guard faultRate > 0, chance(0.04) else { return }
    let isLook =
      call.kind == .read
      && !String(decoding: call.request.body, as: UTF8.self).contains("createdAt")
    if call.isWrite, isAfter, call.kind != .create {
      rival(className: call.className, id: call.objectId)
    }
    if isLook, !isAfter { rival(className: call.className, id: call.objectId) }
  }

  /// Nobody takes away a row whose create the engine does not know to have arrived: it would look
  /// for it in vain and make it again, as it must.
  ///
  /// - Parameter id: Nil for any row.
  func rival(className: String = "Deal", id: String? = nil) {
    if id == nil, chance(0.1) { return rivalCreates() }
    let row =
      id.map { server.row(className, $0) } ?? server.rows(className).randomElement(using: &random)
    guard let row, let id = row.objectId else { return }
    made += 1
    var fields: JSONObject = [:]
    let known = try? terminals.first?.store.document(className: className, id: id)
    let mayTake = (known ?? nil) != nil
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<4: fields = [className == "Deal" ? "stage" : "name": .string("r\(made)")]
    case 4..<7: fields = ["notes": .string("r\(made)")]
    case 7..<9 where className == "Deal":
      fields = ["amount": ["__op": "Increment", "amount": 1000]]
    case 9 where className == "Deal" && mayTake && chance(0.5):
      fields = ["assignedTo": Pointer(className: "_User", objectId: "userbob").json]
    case 10 where mayTake && chance(0.5):
      // A contact that deals point at stays.
      guard (try? server.delete(className, id)) != nil else { return }
      note("  rival deletes \(className) \(id)")
      ledger.lose(Ledger.key(row) ?? "")
      return
    default: fields = ["notes": .null]
    }
    note("  rival \(className) \(id) \(JSON.object(fields).text)")
    // A row that went meanwhile is no rival's business.
    _ = try? server.save(className, id, fields)
  }

  /// Much like what the user makes, and his to see.
  private func rivalCreates() {
    made += 1
    let key = "Rival \(made)"
    let fields: JSONObject = [
      "title": .string(key), "amount": 10, "stage": .string("s\(made)"),
      "assignedTo": Pointer(className: "_User", objectId: "userada").json,
    ]
    guard let id = try? server.save("Deal", nil, fields) else { return }
    note("  rival makes \(id) \(key)")
    keys[id] = key
    ledger.begin(key, amount: 10)
  }
}
