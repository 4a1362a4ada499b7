import CRM
import TerminalUI

/// How many lanes fit and how they stand.
struct BoardLayout: Sendable, Hashable {
  /// Columns below which the board becomes a strip over a list, and from which the closed lanes
  /// stand beside the open ones.
  static let leastColumns = 100
  private static let closedFrom = 180
  private static let openLanes = 4

  let lanes: Int
  let laneWidth: Int
  /// First row of the lane heads.
  let top: Int
  /// Cards each lane shows.
  let capacity: Int
  let hasClosedColumn: Bool
  let rows: Int

  init(size: Size) {
    hasClosedColumn = size.columns >= Self.closedFrom
    let all = Self.openLanes + (hasClosedColumn ? 1 : 0)
    lanes = Self.openLanes
    laneWidth = min(41, size.columns / all)
    top = size.rows >= ListLayout.statusRows ? 5 : 3
    rows = size.rows - top - (hasClosedColumn ? 2 : 3)
    capacity = TerminalUI.Lane.capacity(rows: rows - 1)
  }
}

/// The card the cursor is on, kept by record.
struct BoardState: Sendable, Hashable {
  private(set) var lane = 0
  private(set) var row = 0
  private(set) var cardID: RecordID?
  /// First card in sight by lane.
  private(set) var tops: [Int: Int] = [:]

  /// Goes with the card when it changes lane; stays in place when it is gone.
  mutating func follow(_ lanes: [CRM.Lane], layout: BoardLayout) {
    if let cardID {
      for (index, lane) in lanes.enumerated() {
        if let row = lane.cards.firstIndex(where: { $0.id == cardID }) {
          (self.lane, self.row) = (index, row)
          settle(lanes, layout)
          return
        }
      }
    }
    settle(lanes, layout)
  }

  mutating func move(_ motion: Motion, _ lanes: [CRM.Lane], layout: BoardLayout) {
    let page = max(1, layout.capacity)
    switch motion {
    case .down: row += 1
    case .up: row -= 1
    case .pageDown: row += page
    case .pageUp: row -= page
    case .halfDown: row += max(1, page / 2)
    case .halfUp: row -= max(1, page / 2)
    case .top: row = 0
    case .bottom: row = Int.max
    case .left: lane = max(0, lane - 1)
    case .right: lane = min(max(0, lanes.count - 1), lane + 1)
    }
    settle(lanes, layout)
  }

  private mutating func settle(_ lanes: [CRM.Lane], _ layout: BoardLayout) {
    lane = min(max(0, lane), max(0, lanes.count - 1))
    guard lanes.indices.contains(lane) else { return }
    let cards = lanes[lane].cards
    row = min(max(0, row), max(0, cards.count - 1))
    cardID = cards.indices.contains(row) ? cards[row].id : nil
    var top = tops[lane] ?? 0
    top = min(top, row)
    top = max(top, row - layout.capacity + 1)
    tops[lane] = max(0, min(top, max(0, cards.count - layout.capacity)))
  }

  func card(in lanes: [CRM.Lane]) -> DealRow? {
    guard lanes.indices.contains(lane), lanes[lane].cards.indices.contains(row) else { return nil }
    return lanes[lane].cards[row]
  }

  func position(in lanes: [CRM.Lane]) -> SafeLine {
    guard let here = lanes.indices.contains(lane) ? lanes[lane] : nil, here.count > 0 else {
      return ""
    }
    return SafeLine("card \(row + 1) of \(here.count) in \(here.title)")
  }
}
