import ParseCore

/// The checks hooks share. Texts name the field, never its value.
extension Save {
  /// A field as the client left it, or as it was.
  func value(_ field: String) -> JSON? { after.fields[field] }

  func changed(_ field: String) -> Bool { before?.fields[field] != after.fields[field] }

  mutating func standard(_ field: String, _ value: @autoclosure () -> JSON?) {
    if isNew, after.fields[field] == nil { after.fields[field] = value() }
  }

  /// Trims text and refuses what is left empty; a missing field is the required check's business.
  mutating func notBlank(_ field: String) throws(ParseError) {
    guard let text = after.fields[field]?.string else { return }
    let trimmed = text.trimmed
    guard !trimmed.isEmpty else { throw .invalid("\(field) must not be blank") }
    after.fields[field] = .string(trimmed)
  }

  func within(_ field: String, _ range: ClosedRange<Double>) throws(ParseError) {
    guard let number = after.fields[field]?.double else { return }
    guard range.contains(number) else {
      throw .invalid(
        "\(field) must be between \(JSONNumber(range.lowerBound).text) and "
          + JSONNumber(range.upperBound).text)
    }
  }

  func notAfter(_ field: String, _ limit: ParseDate) throws(ParseError) {
    guard changed(field), let date = after.fields[field].flatMap(ParseDate.init(value:)) else {
      return
    }
    guard date <= limit else { throw .invalid("\(field) must not be in the future") }
  }

  /// For the master key everything may change; seeding brings its own numbers and owners.
  func unchanged(_ field: String) throws(ParseError) {
    guard !isNew, !caller.isMaster, changed(field) else { return }
    throw .invalid("\(field) cannot be changed")
  }

  func exists(_ field: String, in backend: Backend) throws(ParseError) {
    guard changed(field), let pointer = Pointer(after.fields[field]) else { return }
    guard backend.row(pointer) != nil else { throw .invalid("\(field) does not exist") }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Trimmed, with runs of white space inside as one space.
  var collapsed: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension ACL {
  static func staff(_ entries: [(String, Access)]) -> ACL {
    var acl = ACL(["role:admin": .readWrite])
    for (subject, access) in entries {
      let held = acl.entries[subject]
      acl.entries[subject] = Access(
        read: access.read || held?.read == true, write: access.write || held?.write == true)
    }
    return acl
  }
}
