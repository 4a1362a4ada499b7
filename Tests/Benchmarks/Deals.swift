import ParseCore

/// Rows as a Parse server writes them: 530 bytes a deal, as in the recorded answers.
struct Deals {
  static let stages = ["lead", "qualified", "proposal", "negotiation", "won", "lost"]
  /// 2026-11-20T00:00:00Z.
  static let start = ParseDate(milliseconds: 1_795_132_800_000)

  /// Ids in byte order of the number, ten letters and digits as the server's.
  static func id(_ prefix: String, _ number: Int) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: 9 - digits.count) + digits
  }

  private static func pointer(_ className: String, _ id: String) -> JSON {
    Pointer(className: className, objectId: id).json
  }

  /// - Parameter included: Put contact and company into the row, as `include` does.
  static func row(_ number: Int, included: Bool = false) -> JSONObject {
    // A fixed scramble, so that neither stage nor date follows the id.
    let chance = (number &* 2_654_435_761) & 0xFFFF_FFFF
    let made = start.advanced(bySeconds: -chance % 31_536_000)
    let close = start.advanced(bySeconds: (chance / 7) % 180 * 86_400)
    let (company, contact) = (number % 125, number % 333)
    return [
      "objectId": .string(id("D", number)), "createdAt": .string(made.iso),
      "updatedAt": .string(made.advanced(bySeconds: number % 86_400).iso),
      "title": .string("Course licences for Northgate College, batch \(number)"),
      "amount": .integer(chance % 90_000 + 500), "currency": "EUR",
      "stage": .string(stages[chance / 11 % stages.count]), "expectedCloseDate": close.json,
      "probability": .integer(chance % 101),
      "company": included
        ? .object(self.company(company)) : pointer("Company", id("C", company)),
      "contact": included
        ? .object(self.contact(contact)) : pointer("Contact", id("P", contact)),
      "assignedTo": pointer("_User", id("U", number % 6)),
      "notes": "Asked for a second offer in spring; decides with the board.",
      "ACL": ["role:sales": ["read": true, "write": true], "role:admin": ["read": true]],
    ]
  }

  private static func company(_ number: Int) -> JSONObject {
    [
      "__type": "Object", "className": "Company", "objectId": .string(id("C", number)),
      "createdAt": .string(start.iso), "updatedAt": .string(start.iso),
      "name": .string("Northgate College \(number)"), "industry": "education",
      "size": .integer(number * 10), "accountOwner": pointer("_User", id("U", 1)),
    ]
  }

  private static func contact(_ number: Int) -> JSONObject {
    [
      "__type": "Object", "className": "Contact", "objectId": .string(id("P", number)),
      "createdAt": .string(start.iso), "updatedAt": .string(start.iso),
      "fullName": .string("Alex Novak \(number)"), "email": .string("alex\(number)@example.org"),
      "company": pointer("Company", id("C", number % 125)),
    ]
  }

  static func objects(_ count: Int) -> [ParseObject] {
    (0..<count).map { ParseObject(className: "Deal", json: row($0)) }
  }

  /// The body of a find.
  static func answer(_ rows: Range<Int>, included: Bool = false, count: Int? = nil) -> [UInt8] {
    var body: JSONObject = [
      "results": .array(rows.map { .object(row($0, included: included)) })
    ]
    if let count { body["count"] = .integer(count) }
    return JSON.object(body).bytes
  }
}
