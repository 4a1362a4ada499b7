package import CRM
package import TerminalUI

/// Where the detail of the row under the cursor stands.
package enum DetailPlacement: Sendable, Hashable, CaseIterable {
  /// Beside the list from 160 columns, below it otherwise and over SSH.
  case automatic
  case below
  case beside
  case off
}

/// What a screen may know besides its own state.
package struct Context: Sendable {
  package var viewpoint: Viewpoint
  package var session: Session
  package var sync: SyncState
  /// Nil unless the first rows are arriving.
  var fill: FillProgress?
  package var outbox: [OutboxRow]
  /// Nil until it was measured.
  package var cache: CacheFacts?
  package var size: Size
  /// A marker and the hardware cursor only, or a tinted bar as well (product.md D14).
  package var hasCursorBar: Bool
  /// The terminal is at the other end of SSH, where bytes are dear: the detail stands below the list
  /// and follows a cursor that rests (design/screens.md §2).
  package var isRemote = false
  /// The cursor is on its way over a list at the other end of SSH (`Travel`).
  var isTravelling = false
  /// A drawer is open: the list's cursor is dim and the hardware cursor stands in the drawer.
  package var isDimmed = false
  package var placement = DetailPlacement.automatic
  /// What is being typed as a filter; nil when no filter line is open.
  package var filterText: String?
  package var glyphs: Glyphs

  package init(
    viewpoint: Viewpoint, session: Session, sync: SyncState, size: Size,
    hasCursorBar: Bool = false, glyphs: Glyphs = .unicode
  ) {
    self.viewpoint = viewpoint
    self.session = session
    self.sync = sync
    outbox = []
    self.size = size
    self.hasCursorBar = hasCursorBar
    self.glyphs = glyphs
  }

  /// How a table shows its cursor.
  package func cursorLook<Row>(_ row: Row.Type) -> Table<Row>.CursorLook {
    isDimmed ? .dimmed : hasCursorBar ? .bar : isTravelling ? .travelling : .compact
  }

  /// Whether a list of so many columns goes on by pages: the terminal scrolls whole lines only.
  func turnsPages(of columns: Int) -> Bool { isRemote && columns < size.columns }

  package var rights: Rights { Rights(role: session.role) }

  /// Of when the rows are and how they are kept fresh: `14:12, live`.
  var asOf: String {
    let now = Wording.time(viewpoint.now, viewpoint)
    switch sync.connection {
    case .starting: return now
    case .live: return "\(now), live"
    case .polling(let last): return "\(Wording.time(last, viewpoint)), asking by the clock"
    case .syncing: return "\(now), rows are still arriving"
    case .offline(let since):
      return "\(Wording.moment(sync.asOf ?? since, viewpoint)), offline"
    }
  }
}
