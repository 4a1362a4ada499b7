package import CRM
package import ParseCore
package import TerminalUI

/// Until when rows are put aside: the usual moments, or any typed in shorthand.
package struct SnoozeDrawer: Sendable {
  private let kind: SchoolClass
  private let ids: [RecordID]
  private let viewpoint: Viewpoint
  /// What follows once the rows are put aside.
  private let afterwards: [Command]
  private let isSnoozed: Bool
  package private(set) var picker: Picker<DrawerOutcome>

  /// - Parameters:
  ///   - name: What the rows are called.
  ///   - until: When they come back, where they are put aside already.
  package init(
    _ kind: SchoolClass, _ ids: [RecordID], name: String, until: ParseDate?, _ viewpoint: Viewpoint,
    afterwards: [Command] = []
  ) {
    self.kind = kind
    self.ids = ids
    self.viewpoint = viewpoint
    self.afterwards = afterwards
    isSnoozed = until != nil
    let present = until.map {
      [Span("until ", .faint), Span(SafeLine(Wording.moment($0, viewpoint)), .dim)]
    }
    picker = Picker(
      title: SafeLine("Snooze \(name)"), items: [],
      heads: [.init("Type", width: 4), .init("Back", width: 14), .init("")],
      note: [Span("on this machine only; a change brings it back", .dim)],
      present: present ?? [], placeholder: "tom, fri, +3d, 2h, 25.11 14:00, or choose")
    picker.replaceItems(items(typed: ""))
  }

  package mutating func handle(_ key: Key) -> DrawerOutcome {
    let before = picker.field.text
    let outcome = picker.handle(key)
    if picker.field.text != before { picker.replaceItems(items(typed: picker.field.text)) }
    return Drawer.flatten(outcome)
  }

  /// What was typed comes first, once it is a moment; it stands in place of the usual one it means.
  private func items(typed text: String) -> [PickerItem<DrawerOutcome>] {
    let typed = Snooze.moment(text, viewpoint)
    var items: [PickerItem<DrawerOutcome>] = []
    if let typed { items.append(item(text, words(typed), typed)) }
    for (short, words) in usual {
      guard let moment = Snooze.moment(short, viewpoint), moment != typed else { continue }
      items.append(item(short, words, moment))
    }
    if isSnoozed {
      items.append(
        PickerItem(
          .commands([.act(.wake(kind, ids)), .unmark]),
          cells: [[Span("wake", .accent)], [Span("now")], [Span("not snoozed any more", .dim)]]))
    }
    return items
  }

  /// On the last day of a week its next morning is that of Monday too.
  private var usual: [(short: String, words: String)] {
    [("1h", "in 1 hour"), ("4h", "in 4 hours"), ("tom", "tomorrow")]
      + (viewpoint.today.weekday == 6 ? [] : [("mon", "Monday")]) + [("+1w", "in a week")]
  }

  private func item(
    _ short: String, _ words: String, _ moment: ParseDate
  ) -> PickerItem<DrawerOutcome> {
    let commands: [Command] = [.act(.snooze(kind, ids, until: moment)), .unmark] + afterwards
    return PickerItem(
      .commands(commands),
      cells: [
        [Span(SafeLine(short), .accent)], [Span(SafeLine(words))],
        [Span(SafeLine(Wording.moment(moment, viewpoint)), .dim)],
      ], aliases: short, disabled: moment > viewpoint.now ? nil : "that is past")
  }

  private func words(_ moment: ParseDate) -> String {
    Snoozed(until: moment, viewpoint).words
  }
}

extension Snoozed {
  /// `in 40m`, `in 5h`, `tomorrow`, `in 3d`.
  var words: String {
    guard days == 0 else { return Wording.ahead(days: days) }
    return seconds < 60 ? "now" : "in \(Wording.age(seconds))"
  }
}

extension Drawer {
  /// Asks until when rows are put aside.
  static func snooze(
    _ kind: SchoolClass, _ ids: [RecordID], name: String, until: ParseDate?, _ context: Context,
    afterwards: [Command] = []
  ) -> [Command] {
    let drawer = SnoozeDrawer(
      kind, ids, name: name, until: until, context.viewpoint, afterwards: afterwards)
    return [.drawer(.snooze(drawer))]
  }
}
