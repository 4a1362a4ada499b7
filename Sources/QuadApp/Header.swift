import CRM
import ParseCore
import TerminalUI

extension App {
  /// Screens at the left; at the right the worst news first, then who is signed in.
  var header: HeaderBar {
    HeaderBar(
      screens: ScreenID.allCases.map { SafeLine($0.title) }, active: current.rawValue,
      right: newsSpans + whoSpans)
  }

  private var whoSpans: [Span] {
    let role = context.session.role.map { SafeLine($0.rawValue) }
    var spans = [Span("   "), Span(SafeLine(context.session.username))]
    if let role, context.size.columns >= 100 { spans += [Span("  "), Span(role, .dim)] }
    return spans
  }

  /// At most two pieces of news (design/screens.md §5).
  private var newsSpans: [Span] {
    var news: [Span] = []
    let sync = context.sync
    if sync.conflicts > 0 { news.append(Span(counted(sync.conflicts, "conflict"), .bad)) }
    if sync.needsSignIn { news.append(Span("sign in again", .bad)) }
    let connection = connectionSpan
    let isOnline = connection.style.role != .warn
    if !isOnline { news.append(connection) }
    if sync.queued > 0, !isOnline || isOldQueue {
      news.append(Span(SafeLine("\(sync.queued) queued"), .warn))
    }
    if sync.refused > 0 { news.append(Span(SafeLine("\(sync.refused) refused"), .warn)) }
    if isOnline { news.append(connection) }
    return Array(news.prefix(2).map { [$0] }.joined(separator: [Span("   ")]))
  }

  /// A queue younger than ten seconds while online is not news.
  private var isOldQueue: Bool {
    guard let since = context.sync.queuedSince else { return false }
    return context.viewpoint.now.seconds - since.seconds >= 10
  }

  private var connectionSpan: Span {
    let viewpoint = context.viewpoint
    switch context.sync.connection {
    case .starting: return Span("", .dim)
    case .live: return Span("live", .dim)
    case .polling(let asOf):
      let seconds = Int(viewpoint.now.seconds - asOf.seconds)
      return Span(
        SafeLine(seconds < 60 ? "\(max(0, seconds)) s ago" : "\(seconds / 60) min ago"), .dim)
    case .syncing(let done, let total):
      let (done, total) = context.fill.map { ($0.done, $0.total) } ?? (done, total)
      let of = total.map { " of \(Wording.count($0))" } ?? ""
      return Span(SafeLine("syncing \(Wording.count(done))\(of)"), .info)
    case .offline(let since):
      return Span(
        SafeLine("offline since \(Wording.time(since, viewpoint))"), .warn)
    }
  }

  private func counted(_ count: Int, _ word: String) -> SafeLine {
    SafeLine(count == 1 ? "1 \(word)" : "\(count) \(word)s")
  }
}
