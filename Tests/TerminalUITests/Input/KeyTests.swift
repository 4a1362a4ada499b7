import Testing

@testable import TerminalUI

struct KeyTests {
  @Test func `a script reads letters and named keys`() throws {
    #expect(
      try Key.script("jJ <Enter><C-S><lt><F5><S-Tab><A-x><Paste:a b>é") == [
        .character("j"), .character("J"), .character(" "), .enter, .control("s"), .character("<"),
        .function(5), .backTab, .alt("x"), .paste("a b"), .character("é"),
      ])
  }

  @Test func `a misspelt key is an error`() {
    #expect(throws: KeyScriptError(word: "Entr")) { try Key.script("j<Entr>") }
  }

  @Test(arguments: [
    "C-s", "Enter", "Left", "PgDn", "Space", "?", "F12", "S-Tab", "Esc", "Del", "A-b", "S-Up",
  ])
  func `the words of the footer name the key again`(word: String) throws {
    #expect(try #require(Key(word)).description == word)
  }
}
