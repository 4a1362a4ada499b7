import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Testing

@testable import SyncEngine

/// `Activity.relatedTo` in each form a server may have it in; product.md D7.
@Suite(.timeLimit(.minutes(4)))
struct ReferenceFormTests {
  private static let deal = Pointer(className: "Deal", objectId: "deal0")
  private static let changes: Changes = [
    "subject": .set("Ask"), "relatedTo": .set(deal.json),
  ]

  private func row(_ form: ReferenceForm) -> ParseObject {
    ParseObject(
      className: "Activity", objectId: "a", fields: ["relatedTo": form.value(Self.deal)])
  }

  @Test(arguments: ReferenceForm.allCases)
  func `a form is read and known again`(_ form: ReferenceForm) {
    let value = form.value(Self.deal)
    #expect(Pointer(anyForm: value) == Self.deal)
    #expect(ReferenceForm(of: value) == form)
  }

  @Test(
    arguments: [
      nil, "deal0", [], [1], ["className": "Deal"], ["__type": "File", "name": "x", "url": "y"],
      [deal.json, deal.json], ["className": "Deal", "objectId": "x", "more": 1],
    ] as [JSON?])
  func `what is no reference teaches nothing`(_ value: JSON?) {
    #expect(ReferenceForm(of: value) == nil)
  }

  @Test(arguments: ReferenceForm.allCases)
  func `a save takes the form of the server's rows`(_ form: ReferenceForm) {
    var forms = ReferenceForms.standard
    #expect(!forms.isKnown("Activity") && forms.isKnown("Deal"))
    forms.learn([ParseObject(className: "Activity", objectId: "b"), row(form)])
    #expect(forms.isKnown("Activity"))
    #expect(
      forms.encoded("Activity", Self.changes) == [
        "subject": .set("Ask"), "relatedTo": .set(form.value(Self.deal)),
      ])
    #expect(forms.encoded("Deal", Self.changes) == Self.changes)
    #expect(forms.encoded("Activity", ["relatedTo": .delete]) == ["relatedTo": .delete])
    let isWorthATry = forms.refused("Activity", Self.changes)
    #expect(!isWorthATry, "the refusal has another reason")
  }

  @Test func `an unknown form is found by trying each once`() {
    var forms = ReferenceForms.standard
    var tried = [forms.form("Activity", "relatedTo")]
    let isWorthATry = forms.refused("Activity", ["subject": .set(1)])
    #expect(!isWorthATry)
    while forms.refused("Activity", Self.changes) {
      tried.append(forms.form("Activity", "relatedTo"))
    }
    #expect(tried == [.pointer, .array, .object])
    #expect(forms.form("Activity", "relatedTo") == .pointer)
    _ = forms.refused("Activity", Self.changes)
    forms.taken("Activity", Self.changes)
    #expect(forms.isKnown("Activity") && forms.form("Activity", "relatedTo") == .array)
  }

  /// - Parameter isSeen: The server has a row in its form before the first edit.
  @Test(arguments: ReferenceForm.allCases, [true, false])
  func `an activity arrives in the server's form`(
    _ form: ReferenceForm, _ isSeen: Bool
  ) async throws {
    let world = try await World(classes: [SyncClass("Deal"), SyncClass("Activity")])
    try Self.declare(form, world.server)
    if isSeen {
      try world.server.save(
        "Activity", nil, ["subject": "Seen", "relatedTo": form.value(Self.deal)])
    }
    await world.engine.syncOnce()
    let made = try #require(
      try world.perform(Edit("Activity", id: nil, .create(Self.changes))))
    for _ in 0..<4 {
      world.clock.advance(seconds: 10)
      await world.engine.syncOnce()
    }
    #expect(try world.store.outbox().isEmpty)
    let rows = world.server.rows("Activity").filter { $0["subject"] == "Ask" }
    #expect(rows.count == 1)
    #expect(rows.first?["relatedTo"] == form.value(Self.deal))
    let cached = try #require(try world.store.object(className: "Activity", id: made.id))
    #expect(cached == rows.first)
    try await changesToo(world, form, cached.objectId ?? "")
    await world.server.stop()
  }

  /// A later process knows the form from the cache alone.
  private func changesToo(_ world: World, _ form: ReferenceForm, _ id: String) async throws {
    let later = SyncEngine(
      store: world.store, client: world.client,
      configuration: World.configuration([SyncClass("Deal"), SyncClass("Activity")]),
      time: world.clock.time)
    let other = Pointer(className: "Deal", objectId: "deal1")
    _ = try world.perform(
      Edit("Activity", id: id, .update(["relatedTo": .set(other.json)])))
    await later.push(probes: true)
    #expect(try world.store.outbox().isEmpty)
    #expect(world.server.row("Activity", id)?["relatedTo"] == form.value(other))
  }

  private static func declare(_ form: ReferenceForm, _ server: SandboxServer) throws {
    let type: String
    switch form {
    case .pointer: return
    case .array: type = "Array"
    case .object: type = "Object"
    }
    for field in [["__op": "Delete"], ["type": .string(type)]] as [JSON] {
      let body: JSON = ["fields": ["relatedTo": field]]
      let response = server.respond(
        to: SandboxRequest(
          "PUT", server.options.mountPath + "/schemas/Activity",
          headers: [
            "x-parse-application-id": server.options.applicationId,
            "x-parse-master-key": server.options.masterKey, "content-type": "application/json",
          ], body: body.bytes))
      #expect(response.status == 200)
    }
  }
}
