import CResources

/// The word lists of the demo data, compiled in from the resources.
struct DemoWords: Sendable {
  /// A line of a list: its fields between bars.
  typealias Line = [String]

  struct Name: Sendable {
    let text: String
    /// The local part of an e-mail address.
    let handle: String
  }

  private let lists: [String: [Line]]
  let names, given, family, world, places: [Name]
  let oddNames, oddCompanies, oddSubjects: [String]
  let tickets, notes: [String]

  static let shared = DemoWords()

  init() {
    var lists: [String: [Line]] = [:]
    var count = 0
    // The table and the bytes it names are constants of the binary, `count` of each.
    if let table = unsafe quad_demo_resources(&count) {
      for index in 0..<count {
        let entry = unsafe table[index]
        // The name ends in zero; the bytes are `entry.count` long.
        let name = unsafe String(cString: entry.name)
        let bytes = unsafe UnsafeBufferPointer(start: entry.bytes, count: entry.count)
        unsafe lists[name] = Self.lines(Array(bytes))
      }
    }
    func named(_ list: String) -> [Name] {
      lists[list, default: []].map { line in
        Name(text: line[0], handle: line.count > 1 ? line[1] : line[0].lowercased())
      }
    }
    func texts(_ list: String) -> [String] { lists[list, default: []].map { $0[0] } }
    names = named("names")
    given = named("given")
    family = named("family")
    world = named("world")
    places = named("company-places")
    oddNames = texts("odd-names") + [Self.longName, Self.stackedName]
    oddCompanies = texts("odd-companies")
    oddSubjects = texts("odd-subjects")
    tickets = texts("tickets")
    notes = texts("notes")
    self.lists = lists
  }

  /// The lines of a list by its file name; empty when there is no such list.
  func lines(_ list: String) -> [Line] { lists[list] ?? [] }

  /// 300 letters without a space.
  static let longName = String(repeating: "Longname", count: 37) + "Last"

  /// One letter under 40 combining marks.
  static let stackedName = "Ze" + String(repeating: "\u{0301}\u{0323}", count: 20) + "st Storm"

  private static func lines(_ bytes: [UInt8]) -> [Line] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      if line.starts(with: [UInt8(ascii: "#"), UInt8(ascii: " ")]) { return nil }
      return line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        .map { unescaped($0) }
    }
  }

  /// Reads `\u{…}`, `\n` and `\t`; any other backslash stands for itself.
  private static func unescaped(_ field: ArraySlice<UInt8>) -> String {
    guard field.contains(UInt8(ascii: "\\")) else { return String(decoding: field, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    var rest = Substring(String(decoding: field, as: UTF8.self)).unicodeScalars
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let letter = rest.first else {
        text.append(scalar)
        continue
      }
      switch letter {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "u":
        let digits = rest.dropFirst(2).prefix { $0 != "}" }
        guard let value = UInt32(String(digits), radix: 16), let point = Unicode.Scalar(value)
        else { continue }
        text.append(point)
        rest = rest.dropFirst(2 + digits.count)
      default:
        text.append(scalar)
        continue
      }
      rest = rest.dropFirst()
    }
    return String(text)
  }
}
