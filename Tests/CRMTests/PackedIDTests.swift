import ParseCore
import Testing

@testable import CRM

struct PackedIDTests {
  @Test(arguments: [
    "a", "Z", "0", "xWMyZ4YEGZ", "0000000000", "zzzzzzzzzz", "", "local-1", "xWMyZ4YEGZ1",
    "deal 7", "Nguyệt", "e\u{301}", "\u{e9}",
    "local-7e0c1b5e-0f0e-4a1b-9d0e-1c2d3e4f5a6b",
  ])
  func `an id comes back byte by byte`(id: String) {
    let packed = PackedID(id)
    #expect(packed.id.map { Array($0.utf8) } == Array(id.utf8))
    #expect(!packed.isNone)
    #expect(packed == PackedID(id))
  }

  @Test func `no id is none, and the empty one is an id`() {
    #expect(PackedID(nil).id == nil)
    #expect(PackedID(nil).isNone)
    #expect(PackedID(nil).orEmpty == PackedID(""))
    #expect(PackedID("a").orEmpty == PackedID("a"))
  }

  @Test func `different ids stay different`() {
    let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    var ids: [String] = [""]
    for first in letters {
      ids.append(String(first))
      ids += letters.map { "\(first)\($0)" }
      ids.append("\(first)-")
      ids.append("\(first)00000000\(first)")
    }
    let packed = ids.map { PackedID($0) }
    #expect(Set(packed).count == Set(ids).count)
    #expect(packed.map(\.id) == ids)
  }

  @Test func `ids stand in the order of their bytes`() {
    let ids = [
      "", "0", "00", "01", "9", "A", "Z", "a", "az", "z", "z0", "xWMyZ4YEGZ", "xWMyZ4YEGa",
      "xWMyZ4YEG", "zzzzzzzzzz", "0000000000", "local-1", "xWMyZ4YEGZ1", "e\u{301}",
    ]
    for one in ids {
      for other in ids {
        #expect(
          PackedID(one).precedes(PackedID(other))
            == one.utf8.lexicographicallyPrecedes(other.utf8), "\(one), \(other)")
      }
      #expect(PackedID(nil).precedes(PackedID(one)) == !one.isEmpty)
    }
  }

  @Test func `a pointer keeps its class`() {
    let pointer = Pointer(className: "Deal", objectId: "xWMyZ4YEGZ")
    #expect(PackedPointer(pointer).pointer == pointer)
    #expect(PackedPointer(nil).pointer == nil)
  }

  @Test func `eight bytes are enough`() {
    #expect(MemoryLayout<PackedID>.size == 8)
    #expect(MemoryLayout<PackedPointer>.size == 12)
    #expect(MemoryLayout<Term<Stage>>.stride == 8)
  }
}
