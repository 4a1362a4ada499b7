import ParseCore
import Testing

@testable import ParseClient

struct LiveEventTests {
  @Test(
    arguments: [
      [:], ["stage": "lead"], ["amount": 5, "open": true], ["stage": ["$in": ["lead", "won"]]],
      ["phone": ["$exists": false]],
    ] as [JSONObject])
  func `safe filters are taken`(filter: JSONObject) throws {
    #expect(try LiveSubscription(className: "Deal", filter: filter).filter == filter)
  }

  @Test(
    arguments: [
      ["owner": nil], ["owner": ["__type": "Pointer", "className": "_User", "objectId": "x"]],
      ["stage": ["$ne": "lead"]], ["title": ["$regex": "("]], ["amount": ["$gt": 5]],
      ["stage": ["$in": ["lead", 5]]], ["stage": ["$in": "lead"]], ["tags": ["a"]],
      ["$or": [["stage": "lead"]]], ["address.city": "Oslo"], ["stage": [:]],
    ] as [JSONObject])
  func `filters that servers cannot be trusted with are not`(filter: JSONObject) async {
    let error = await clientError { () throws(ClientError) in
      _ = try LiveSubscription(className: "Deal", filter: filter)
    }
    guard case .badRequest = error else {
      Issue.record("taken, or refused as \(String(describing: error))")
      return
    }
  }
}
