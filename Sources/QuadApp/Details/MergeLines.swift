import CRM
import TerminalUI

/// A merge before it is done, as lines: both records field by field, the notes as they will be, and
/// the rows that will point elsewhere.
struct MergeLines {
  let preview: MergePreview
  let context: Context
  let width: Int

  /// Wider lines would part what belongs together.
  static let mostColumns = 132
  private static let labelWidth = 11
  private static let fateWidth = 15
  /// Lines of notes that are shown.
  private static let mostNotes = 6

  private var plan: MergePlan { preview.plan }

  var all: [CardLine] {
    let blocks = [head, table, notes, moved]
    return Array(blocks.filter { !$0.isEmpty }.joined(separator: [.blank]))
  }

  private var head: [CardLine] {
    let kind = plan.merge.kind
    let place = (preview.doubles.firstIndex(of: preview.other) ?? 0) + 1
    let count = preview.doubles.count
    let which: [Span] =
      count > 1 ? [Span(SafeLine("double \(place) of \(count)"), .warn)] : []
    var lines = [
      CardLine(
        spans: [
          Span(SafeLine("Two \(kind.plural) become one"), .strong), Span("   "),
          Span("one batch, one undo", .dim),
        ], right: which)
    ]
    if let refusal = plan.refusal {
      lines += CardLine.paragraph(refusal.words, .warn, columns: width)
    } else if !plan.seesAll {
      lines += CardLine.paragraph(
        "Deals and activities of others are not shown to you. "
          + "If a deal of others is with the one that goes, the server keeps that one.", .dim,
        columns: width)
    }
    return lines
  }

  /// What is left of a line for each of the two values.
  private var valueWidth: Int {
    min(44, (width - 4 - Self.labelWidth - Self.fateWidth - 4) / 2)
  }

  private func row(_ label: Span, _ kept: Span, _ gone: Span, _ fate: Span) -> CardLine {
    CardLine(
      spans: [
        Span(left(label.line, Self.labelWidth), label.style),
        Span(left(kept.line, valueWidth), kept.style), Span("  "),
        Span(left(gone.line, valueWidth), gone.style), Span("  "), fate,
      ])
  }

  private var table: [CardLine] {
    let kind = plan.merge.kind
    let title = row(
      Span(""), Span("is kept", .good), Span("goes", .warn), Span("becomes", .dim))
    return [title] + plan.fields.map(field) + counts(kind)
  }

  private func field(_ field: MergePlan.Field) -> CardLine {
    func value(_ text: String, _ style: Style) -> Span {
      text.isEmpty ? Span("-", .faint) : Span(SafeLine(text), style)
    }
    let isName = field.label == "name"
    return row(
      Span(SafeLine(field.label), .dim), value(field.kept, isName ? .strong : .text),
      value(field.gone, field.fate == .same ? .dim : .text),
      // Names that differ are the first sign of two different people.
      isName && field.fate == .noted ? Span(field.fate.span.line, .warn) : field.fate.span)
  }

  private func counts(_ kind: SchoolClass) -> [CardLine] {
    var rows = [
      (SchoolClass.deal, plan.own.deals, plan.deals.count),
      (.activity, plan.own.activities, plan.activities.count),
    ]
    if kind == .company {
      rows.insert((.contact, plan.own.people, plan.people.count), at: 0)
    }
    func number(_ count: Int) -> Span {
      count > 0 ? Span(SafeLine("\(count)")) : Span("-", .faint)
    }
    return rows.map { kind, own, count in
      row(
        Span(SafeLine(kind.plural), .dim), number(own), number(count),
        count > 0 ? Span("pointed anew", .good) : Span(""))
    }
  }

  private var notes: [CardLine] {
    guard let notes = plan.notes else { return [] }
    let lines = SafeText(notes).wrapped(to: width - 4)
    let rest = lines.count - Self.mostNotes
    // The last lines are the new ones; one line more takes no more room than to say so.
    let shown = rest > 1 ? lines.suffix(Self.mostNotes) : lines[...]
    let above =
      rest > 1 ? [CardLine(spans: [Span(SafeLine("\(rest) lines above"), .faint)])] : []
    return [.rule("Notes as they will be", [], keys: [])] + above
      + shown.map { CardLine(spans: [Span($0)]) }
  }

  private var moved: [CardLine] {
    guard plan.movedCount > 0 else { return [] }
    return [.rule("Pointed anew", [Span(SafeLine(plan.movedWords), .dim)], keys: [])]
      + plan.people.map(person) + plan.deals.map(deal) + plan.activities.map(activity)
  }

  private func line(
    _ kind: SafeLine, _ name: String, _ rest: [Span], target: CardLine.Target, isUnsent: Bool
  ) -> CardLine {
    let room = min(60, width - 4 - Self.labelWidth - 34)
    return CardLine(
      spans: [
        Span(left(kind, Self.labelWidth), .dim), Span(left(SafeLine(name), room)), Span("  "),
      ] + rest, target: target, isUnsent: isUnsent)
  }

  private func person(_ row: PersonRow) -> CardLine {
    line(
      "contact", row.name, [Span(SafeLine(row.email), .dim)],
      target: .record(.contact, row.id), isUnsent: row.isUnsent)
  }

  private func deal(_ row: DealRow) -> CardLine {
    let amount = row.amountSpan(context.glyphs)
    return line(
      "deal", row.title,
      [
        Span(left(SafeLine(row.stage.label), 12), row.stage.span.style),
        Span(right(amount.line, 10), amount.style), Span("  "), Span(SafeLine(row.owner), .dim),
      ], target: .record(.deal, row.id), isUnsent: row.isUnsent)
  }

  private func activity(_ row: ActivityRow) -> CardLine {
    line(
      SafeLine(row.type.said), row.subject,
      [
        row.markSpan(context.glyphs), Span(" "), Span(row.whenWords(context.viewpoint), .dim),
        Span("  "), Span(SafeLine(row.by), .dim),
      ], target: .record(.activity, row.id), isUnsent: row.isUnsent)
  }
}

extension MergePlan.Fate {
  fileprivate var span: Span {
    switch self {
    case .none: Span("")
    case .same: Span("the same", .faint)
    case .filled: Span("filled in", .good)
    case .noted: Span("into the notes", .info)
    case .joined: Span("under the notes", .info)
    case .lost: Span("lost", .warn)
    }
  }
}
