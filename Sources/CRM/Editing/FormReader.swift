import ParseCore

/// Reads the texts of a form as the values that are written.
struct FormReader {
  let viewpoint: Viewpoint

  /// Nil for an empty optional field.
  func json(_ field: FormField, _ text: String) throws(Refusal) -> JSON? {
    let line = FormText.singleLine(text)
    if line.isEmpty {
      if field.isRequired { throw Refusal("\(field.label) is needed.") }
      return nil
    }
    switch field.kind {
    case .text(let least, let most):
      return .string(try bounded(line, least, most))
    case .lines(let most):
      return .string(try bounded(FormText.lines(text), 0, most))
    case .email:
      return .string(try email(line))
    case .choice(let words):
      guard let word = words.first(where: { $0.utf8.elementsEqual(line.utf8) }) else {
        throw Refusal("One of: \(words.joined(separator: ", ")).")
      }
      return .string(word)
    case .flag:
      guard let isSet = Bool(line) else { throw Refusal("Yes or no.") }
      return .bool(isSet)
    case .number, .percent, .amount:
      return .number(JSONNumber(try number(field.kind, line)))
    case .day:
      return try day(line).stored.json
    case .moment(let isPast):
      return try moment(line, isPast: isPast).json
    case .reference(let kind):
      return kind.pointer(line)
    }
  }

  func understood(_ field: FormField, _ text: String) -> String? {
    let line = FormText.singleLine(text)
    guard !line.isEmpty else { return nil }
    do throws(Refusal) {
      switch field.kind {
      case .number, .percent: return JSON.number(JSONNumber(try number(field.kind, line))).text
      case .amount: return Wording.exactMoney(try number(field.kind, line))
      case .day: return words(try day(line))
      case .moment(let isPast):
        let date = try moment(line, isPast: isPast)
        if CivilDay.isWholeDay(date), let day = viewpoint.day(of: date) { return words(day) }
        return Wording.moment(date, viewpoint)
      case .choice: return field.id == "priority" ? answerTarget(line) : nil
      case .text, .lines, .email, .reference, .flag: return nil
      }
    } catch {
      // Not understood: the field's own check has the words for it.
      return nil
    }
  }

  /// How soon a ticket of the priority wants its first answer.
  private func answerTarget(_ word: String) -> String? {
    TicketPriority(rawValue: word).map { "first answer in \(Wording.target($0.responseTarget))" }
  }

  private func words(_ day: CivilDay) -> String {
    let days = day - viewpoint.today
    if days < -1 { return "\(Wording.longDay(day)), \(-days)d ago" }
    return "\(Wording.longDay(day)), " + (days == -1 ? "yesterday" : Wording.ahead(days: days))
  }

  private func bounded(_ text: String, _ least: Int, _ most: Int) throws(Refusal) -> String {
    let count = text.utf16.count
    if count < least { throw Refusal("\(least) letters or more.") }
    if count > most { throw Refusal("At most \(most) letters; these are \(count).") }
    return text
  }

  /// Something, one @, something with a dot inside; the server checks the rest.
  private func email(_ line: String) throws(Refusal) -> String {
    let parts = line.split(separator: "@", omittingEmptySubsequences: false)
    let domain = parts.last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, !parts[0].isEmpty, domain.count > 1,
      domain.allSatisfy({ !$0.isEmpty }), !line.contains(" ")
    else { throw Refusal("An address like name@example.org.") }
    return try bounded(line, 0, 254)
  }

  private func number(_ kind: FormField.Kind, _ line: String) throws(Refusal) -> Double {
    switch kind {
    case .percent:
      guard let value = AmountShorthand.percent(line), (0...100).contains(value) else {
        throw Refusal("A number from 0 to 100.")
      }
      return value
    case .amount:
      guard let value = AmountShorthand.parse(line) else {
        throw Refusal("A number, like 12k, 1.5m or 1 200,50.")
      }
      guard (0...1e12).contains(value) else { throw Refusal("From 0 to 1 000 000 million.") }
      return value
    default:
      guard let value = AmountShorthand.parse(line) else { throw Refusal("A number.") }
      return value
    }
  }

  private func day(_ line: String) throws(Refusal) -> CivilDay {
    guard let day = DayShorthand(today: viewpoint.today).parse(line) else {
      throw Refusal("A day, like today, fri, +3d, eom, 25.11 or 2026-12-01.")
    }
    return day
  }

  /// A day alone is stored as a day; one that is not over yet in a field of the past means now.
  private func moment(_ line: String, isPast: Bool) throws(Refusal) -> ParseDate {
    switch MomentShorthand(viewpoint: viewpoint, prefersPast: isPast).parse(line) {
    case .instant(let date)?:
      // The server's own margin for clocks that differ (reference/domain.md §4.4).
      if isPast, date > viewpoint.now.advanced(bySeconds: 300) {
        throw Refusal("That lies ahead.")
      }
      return date
    case .day(let day)?:
      if isPast, day > viewpoint.today { throw Refusal("That lies ahead.") }
      return isPast ? min(day.stored, viewpoint.now) : day.stored
    case nil:
      throw Refusal("A time, like now, 14:30, fri 9:00, -2h or 25.11.")
    }
  }
}
