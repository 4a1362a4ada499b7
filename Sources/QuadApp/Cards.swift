import CRM

extension ScreenID {
  func makeScreen() -> any Screen {
    switch self {
    default: TicketsScreen()
    }
  }
}

extension RecordReference {
  func makeCard() -> any Screen {
    switch self {
    default: TicketsScreen()
    }
  }
}
