extension ParseObject {
  /// Appends the wire form in UTF-8: identity first, then the fields in byte order of their names, so
  /// that rows with the same values have the same bytes. Writes no value twice and makes no tree,
  /// because a first fill does this for every row.
  /// - Parameter order: Of this object's fields.
  package func writeOrdered(into buffer: inout ByteWriter, _ order: FieldOrder) {
    var mark = UInt8(ascii: "{")
    func begin(_ name: String, _ buffer: inout ByteWriter) {
      buffer.append(mark)
      mark = UInt8(ascii: ",")
      buffer.append(name)
    }
    if let objectId {
      begin("\"objectId\":", &buffer)
      JSON.write(objectId, into: &buffer)
    }
    if let createdAt {
      begin("\"createdAt\":\"", &buffer)
      createdAt.writeISO(into: &buffer)
      buffer.append(UInt8(ascii: "\""))
    }
    if let updatedAt {
      begin("\"updatedAt\":\"", &buffer)
      updatedAt.writeISO(into: &buffer)
      buffer.append(UInt8(ascii: "\""))
    }
    let members = fields.members.span
    let texts = order.texts.span
    var start = 0
    for place in order.places {
      buffer.append(mark)
      mark = UInt8(ascii: ",")
      buffer.append(texts.extracting(start..<place.end))
      start = place.end
      members[place.index].value.write(into: &buffer)
    }
    if mark == UInt8(ascii: "{") { buffer.append(mark) }
    buffer.append(UInt8(ascii: "}"))
  }

  package var orderedBytes: [UInt8] {
    var buffer = ByteWriter()
    writeOrdered(into: &buffer, FieldOrder(fields))
    return buffer.bytes
  }
}
