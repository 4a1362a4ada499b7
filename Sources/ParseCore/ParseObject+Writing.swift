extension ParseObject {
  /// Appends the wire form in UTF-8: identity first, then the fields in byte order of their names, so
  /// that rows with the same values have the same bytes. Writes no value twice and makes no tree,
  /// because a first fill does this for every row.
  package func writeOrdered(into buffer: inout [UInt8]) {
    var mark = UInt8(ascii: "{")
    func begin(_ name: String) {
      buffer.append(mark)
      mark = UInt8(ascii: ",")
      JSON.write(name, into: &buffer)
      buffer.append(UInt8(ascii: ":"))
    }
    if let objectId {
      begin("objectId")
      JSON.write(objectId, into: &buffer)
    }
    for (name, date) in [("createdAt", createdAt), ("updatedAt", updatedAt)] {
      guard let date else { continue }
      begin(name)
      buffer.append(UInt8(ascii: "\""))
      date.writeISO(into: &buffer)
      buffer.append(UInt8(ascii: "\""))
    }
    let members = fields.members.span
    for place in fields.order {
      begin(members[place.index].key)
      members[place.index].value.write(into: &buffer)
    }
    if mark == UInt8(ascii: "{") { buffer.append(mark) }
    buffer.append(UInt8(ascii: "}"))
  }

  package var orderedBytes: [UInt8] {
    var buffer: [UInt8] = []
    writeOrdered(into: &buffer)
    return buffer
  }
}

extension JSONObject {
  /// A member's place with the first eight bytes of its name as a number, which nearly always tell
  /// two names apart.
  fileprivate struct Place {
    let prefix: UInt64
    let index: Int
  }

  /// The members' places in byte order of their names.
  fileprivate var order: [Place] {
    var places: [Place] = []
    places.reserveCapacity(members.count)
    for (index, member) in members.enumerated() {
      places.append(Place(prefix: Self.prefix(member.key.utf8Span.span), index: index))
    }
    places.sort { left, right in
      guard left.prefix == right.prefix else { return left.prefix < right.prefix }
      return members[left.index].key.utf8.lexicographicallyPrecedes(members[right.index].key.utf8)
    }
    return places
  }

  private static func prefix(_ bytes: Span<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    for index in 0..<8 {
      prefix = prefix << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0)
    }
    return prefix
  }
}
