import ParseCore
import Testing

/// An admin who is signed in, live, and has one open ticket in the list.
@MainActor
struct TicketDesk {
  let home: Home
  let sandbox: Sandboxed
  let console: Console
  /// Its number.
  let ticket: String
  let id: String

  init() async throws {
    home = try Home()
    sandbox = try await Sandboxed()
    try home.logIn("admin", at: sandbox.url)
    console = try Console(["--start", "3"], home: home)
    try console.shows("Pressure", "live")
    let open = try sandbox.school.find("SupportTicket", where: ["status": "open"])
    ticket = try #require(open.first?["ticketNumber"]?.string)
    id = try #require(open.first?["objectId"]?.string)
    try console.press("fAll\r", shows: "Pressure")
    try console.narrow(to: ticket)
  }
}
