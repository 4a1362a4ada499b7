import CRM
import TerminalUI

/// An edit the server refused as a whole: why, what it was, and what can be done.
struct RefusedView {
  let row: OutboxRow
  let context: Context

  func draw(_ canvas: inout Canvas) {
    for (number, line) in lines.prefix(canvas.size.rows).enumerated() {
      line.draw(&canvas, row: number, hasCursor: false, context)
    }
  }

  private var lines: [CardLine] {
    var changes = fields(row.change)
    if case .twin(let text) = row.reason {
      changes += [.blank, .rule("On the server", [], keys: [])] + fields(text)
    }
    return [
      CardLine(spans: [Span(SafeLine(title), .strong)], stripe: .late)
    ]
      + CardLine.paragraph(words, .dim, columns: context.size.columns, stripe: .late)
      + [.blank, .rule(SafeLine(row.record), [Span(SafeLine(row.kind), .dim)], keys: [])]
      + changes + [.blank] + choices
  }

  private func fields(_ text: String) -> [CardLine] {
    text.split(separator: ", ").map { CardLine(spans: [Span(SafeLine(String($0)))]) }
  }

  private var title: String {
    switch row.reason {
    case .twin: "Whether \(row.record) arrived is not known; the server has one much like it"
    case .gone: "\(row.record) is gone from the server, or not open to you any more"
    case .noRight: "You may not \(row.kind == "delete" ? "delete" : "change") \(row.record)"
    case nil: "The server did not take this \(row.kind)"
    }
  }

  private var words: String {
    switch (row.reason, row.state) {
    case (.twin, _):
      "You made it \(row.made); the answer was lost. Is it this row?"
    case (.gone, _):
      "Somebody deleted it, or took away your right to see it. Your change of \(row.made) is kept."
    case (.noRight, _):
      "Your change of \(row.made) is kept here. An admin can give you the right; then send it again."
    case (nil, .refused(let words)), (nil, .conflict(let words)), (nil, .held(let words)): words
    case (nil, _): "It waits for its turn."
    }
  }

  private var choices: [CardLine] {
    var lines: [CardLine] = []
    if row.reason == .gone {
      lines.append(way("n", "make it anew, with its values and your change"))
    }
    if case .twin = row.reason {
      lines.append(way("t", "it is that row; nothing is sent again"))
      lines.append(way("r", "it is another one; mine is made too"))
      lines.append(way("D", "let mine go; what the server has stays"))
      return lines
    }
    lines.append(way("r", row.reason == nil ? "send it again" : "keep it and send it again"))
    lines.append(way("D", "let it go; what the server has stays"))
    return lines
  }

  private func way(_ key: SafeLine, _ words: SafeLine) -> CardLine {
    CardLine(spans: [Span(key, .accent), Span("  " + words)])
  }
}
