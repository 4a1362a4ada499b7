import CRM
import TerminalUI

/// How many lanes fit and how they stand.
struct BoardLayout: Sendable, Hashable {
  /// Columns below which the board becomes a strip of heads over the cards of one lane.
  private static let boardFrom = 100
  /// Columns from which the closed lanes stand beside the open ones.
  private static let closedFrom = 180
  private static let openLanes = 4

  let size: Size
  let isStrip: Bool
  let hasClosedColumn: Bool
  let lanes = BoardLayout.openLanes
  let laneWidth: Int
  /// First row of the lane heads.
  let top: Int
  /// From the heads to the last row of cards.
  let rows: Int
  /// Cards each lane shows.
  let capacity: Int

  /// - Parameter listHeight: Rows the cards of one lane have below the strip.
  init(size: Size, listHeight: Int) {
    self.size = size
    isStrip = size.columns < Self.boardFrom
    hasClosedColumn = size.columns >= Self.closedFrom
    laneWidth = min(41, size.columns / (Self.openLanes + (hasClosedColumn ? 1 : 0)))
    let isTall = size.rows >= ListLayout.statusRows
    top = isTall ? 5 : 3
    rows = size.rows - top - (hasClosedColumn ? 2 : isTall ? 3 : 2)
    capacity = max(1, isStrip ? listHeight : TerminalUI.Lane.capacity(rows: rows - 1))
  }

  /// The first of the lanes in sight: the open ones, or a slide that ends with the lane in focus.
  func firstLane(focus: Int) -> Int {
    hasClosedColumn || isStrip ? 0 : max(0, focus - lanes + 1)
  }
}

/// The card the cursor is on, kept by record.
struct BoardState: Sendable, Hashable {
  private(set) var lane = 0
  private(set) var row = 0
  private(set) var cardID: RecordID?
  /// First card in sight by lane.
  private(set) var tops: [Int: Int] = [:]
  /// Cards of the lane in focus that stay whole while the cursor is on its way (`ListState.whole`).
  private var whole: Range<Int>?
  private var isPlaced = false

  /// Goes with the card when it changes lane; stays in place when it is gone.
  mutating func follow(_ lanes: [CRM.Lane], layout: BoardLayout) {
    if let cardID, select(cardID, lanes, layout: layout) { return }
    // A filter has taken the card and left its lane empty.
    if cardID != nil, lanes.indices.contains(lane), lanes[lane].cards.isEmpty {
      lane = lanes.firstIndex { !$0.cards.isEmpty } ?? lane
    }
    if !isPlaced, let first = lanes.firstIndex(where: { $0.count > 0 }) {
      lane = first
      isPlaced = true
    }
    settle(lanes, layout)
  }

  /// Puts the cursor on a card; false when no lane has it.
  @discardableResult
  mutating func select(_ id: RecordID, _ lanes: [CRM.Lane], layout: BoardLayout) -> Bool {
    let id = PackedID(id)
    for (index, lane) in lanes.enumerated() {
      guard let row = lane.cards.firstIndex(where: { $0.packedID == id }) else { continue }
      (self.lane, self.row) = (index, row)
      isPlaced = true
      settle(lanes, layout)
      return true
    }
    return false
  }

  /// The lane in focus as a list.
  var list: ListState {
    var list = ListState(cursor: row, top: tops[lane] ?? 0)
    list.whole = whole
    return list
  }

  /// - Parameter turnsPages: Bytes are dear and the terminal cannot scroll a lane.
  mutating func move(
    _ motion: Motion, _ lanes: [CRM.Lane], layout: BoardLayout, turnsPages: Bool = false
  ) {
    let before = list
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
    case .left: step(to: lane - 1, count: lanes.count)
    case .right: step(to: lane + 1, count: lanes.count)
    }
    settle(lanes, layout)
    whole = nil
    guard motion.isStep, lanes.indices.contains(lane) else { return }
    var after = list
    if turnsPages, after.top != before.top {
      after.turnPage(from: before, count: lanes[lane].cards.count, height: layout.capacity)
    } else {
      after.narrow(from: before, height: layout.capacity)
    }
    (tops[lane], whole) = (after.top, after.whole)
  }

  /// To the card that stands beside this one.
  private mutating func step(to next: Int, count: Int) {
    guard (0..<count).contains(next) else { return }
    row = row - (tops[lane] ?? 0) + (tops[next] ?? 0)
    lane = next
  }

  mutating func refit(_ lanes: [CRM.Lane], layout: BoardLayout) {
    whole = nil
    settle(lanes, layout)
  }

  private mutating func settle(_ lanes: [CRM.Lane], _ layout: BoardLayout) {
    lane = min(max(0, lane), max(0, lanes.count - 1))
    guard lanes.indices.contains(lane) else {
      cardID = nil
      return
    }
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

  /// `card 1 of 7 in proposal`; with all lanes in sight `lane 3 of 7   card 1 of 7`.
  func position(in lanes: [CRM.Lane], layout: BoardLayout) -> SafeLine {
    guard let here = lanes.indices.contains(lane) ? lanes[lane] : nil else { return "" }
    let place = here.count > 0 ? SafeLine.place(row, of: here.count).text : "no card"
    if layout.isStrip { return SafeLine(place) }
    let card = here.count > 0 ? "card " + place : place
    return layout.hasClosedColumn
      ? SafeLine("lane \(lane + 1) of \(lanes.count)   \(card)")
      : SafeLine("\(card) in \(here.title)")
  }
}
