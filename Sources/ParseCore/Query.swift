/// What a find asks for, in Parse's terms. `filter` is the `where` of the wire, kept as JSON.
package struct Query: Sendable, Hashable {
  package struct Order: Sendable, Hashable {
    package let field: String
    package let descending: Bool

    package init(_ field: String, descending: Bool = false) {
      self.field = field
      self.descending = descending
    }
  }

  package let className: String
  package var filter: JSONObject
  package var order: [Order]
  /// Nil leaves the limit to the server, which takes 100.
  package var limit: Int?
  package var skip: Int
  /// Nil means all fields.
  package var keys: [String]?
  package var include: [String]
  /// Ask for the number of matches beside the rows.
  package var count: Bool

  package init(
    _ className: String, where filter: JSONObject = [:], order: [Order] = [], limit: Int? = nil,
    skip: Int = 0, keys: [String]? = nil, include: [String] = [], count: Bool = false
  ) {
    self.className = className
    self.filter = filter
    self.order = order
    self.limit = limit
    self.skip = skip
    self.keys = keys
    self.include = include
    self.count = count
  }
}

extension Query.Order {
  /// `name` or `-name`, as in the `order` parameter.
  package var text: String { (descending ? "-" : "") + field }

  /// Reads the comma list of the `order` parameter. Names are trimmed; of a repeated name the last
  /// direction counts (reference/parse.md §1.3).
  package static func list(_ text: String) -> [Query.Order] {
    var orders: [Query.Order] = []
    for part in text.split(separator: ",") {
      var name = part.drop { $0 == " " }
      while name.last == " " { name.removeLast() }
      let descending = name.first == "-"
      let order = Query.Order(String(descending ? name.dropFirst() : name), descending: descending)
      guard !order.field.isEmpty else { continue }
      if let index = orders.firstIndex(where: { $0.field == order.field }) {
        orders[index] = order
      } else {
        orders.append(order)
      }
    }
    return orders
  }
}
