import Testing

@testable import TerminalUI

struct ThemeTests {
  private func theme(_ environment: [String: String], colors: Int = 256, direct: Bool = false)
    -> Theme
  {
    Theme(environment: environment, colors: colors, directColor: direct)
  }

  @Test(arguments: [
    (["COLORFGBG": "15;0"], Theme.Background.dark), (["COLORFGBG": "0;default;15"], .light),
    (["COLORFGBG": "0;7"], .light), (["COLORFGBG": "odd"], .unknown), ([:], .unknown),
  ])
  func `the background comes from the environment or is unknown`(
    environment: [String: String], background: Theme.Background
  ) {
    #expect(theme(environment).background == background)
  }

  @Test func `depth follows terminfo, COLORTERM and NO_COLOR`() {
    #expect(theme([:], colors: 8).depth == .sixteen)
    #expect(theme(["COLORTERM": "truecolor"]).depth == .indexed)
    #expect(theme(["COLORTERM": "truecolor"], direct: true).depth == .direct)
    #expect(theme(["NO_COLOR": "1"]).depth == .mono)
    #expect(theme(["NO_COLOR": ""]).depth == .indexed)
    #expect(theme([:], colors: -1).depth == .mono)
    #expect(Theme(name: .dark, environment: ["NO_COLOR": "1"], colors: 256).depth == .indexed)
  }

  @Test func `no role paints white, black or colour 8`() {
    for name in Theme.Name.allCases {
      for depth in Theme.Depth.allCases {
        for background in Theme.Background.allCases {
          let theme = Theme(name: name, depth: depth, background: background)
          for role in Role.allCases {
            let color = theme.paint(Style(role)).foreground
            #expect(![.index(0), .index(7), .index(8), .index(15)].contains(color))
          }
        }
      }
    }
  }

  @Test func `only a selected cell has a background`() {
    let dark = Theme(name: .dark, depth: .indexed, background: .unknown)
    #expect(Role.allCases.allSatisfy { dark.paint(Style($0)).background == nil })
    #expect(dark.paint(Style(.text, selected: true)).background == .index(236))
    #expect(dark.paint(Style(.faint, selected: true)).foreground == .index(247))
    let unknown = Theme(name: .auto, depth: .indexed, background: .unknown)
    #expect(!unknown.hasSelection && !unknown.hasCursorBar)
  }

  @Test func `mono says by weight what colour says elsewhere`() {
    let mono = Theme(name: .mono, depth: .indexed, background: .dark)
    #expect(mono.hasCursorBar && !mono.hasSelection)
    #expect(mono.paint(.bad) == Paint(bold: true))
    #expect(mono.paint(.faint) == Paint(dim: true))
    #expect(mono.paint(.header) == Paint(bold: true, reverse: true))
    #expect(mono.paint(.good) == Paint())
  }

  @Test func `contrast shows quiet text as text`() {
    let theme = Theme(name: .contrast, depth: .direct, background: .light)
    #expect(theme.paint(.faint).foreground == nil)
    #expect(theme.paint(.bad).foreground == .rgb(0xB8222D))
  }
}
