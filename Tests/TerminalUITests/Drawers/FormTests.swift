import Testing

@testable import TerminalUI

struct FormTests {
  private var form: Form {
    Form(
      title: "New ticket",
      fields: [
        FormField("student", label: "Student", kind: .fixed, value: "Zoë", hint: "2026-A"),
        FormField("subject", label: "Subject") {
          $0.count < 3 ? .wrong("3 letters or more.") : .good(echo: "")
        },
        FormField(
          "priority", label: "Priority",
          kind: .choice([("low", "low"), ("normal", "normal"), ("high", "high")]),
          value: "normal", hint: "first answer in 24h"),
        FormField("amount", label: "Amount", kind: .text(limit: 12), hint: "12k 1.5m") {
          $0 == "12k" ? .good(echo: "12 000") : $0.isEmpty ? .good(echo: "") : .wrong("A number.")
        },
      ], note: [Span("draft kept", .dim)])
  }

  private func after(_ keys: String) throws -> (form: Form, outcome: FormOutcome) {
    var form = form
    var outcome = FormOutcome.open
    for key in try Key.script(keys) { outcome = form.handle(key) }
    return (form, outcome)
  }

  private func text(_ form: Form, rows: Int = 9) -> String {
    var canvas = Canvas(columns: 60, rows: rows)
    form.draw(on: &canvas, in: canvas.bounds)
    return canvas.text
  }

  @Test func `a field left wrong says so under itself`() throws {
    #expect(
      text(try after("Ex<Tab>").form)
        == """
         New ticket  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ draft kept

            Student   Zoë   2026-A
            Subject   Ex
                      ! 3 letters or more.                 2 of 200
          ► Priority  low   ‹normal›   high        first answer in…
            Amount    12k 1.5m
        """)
    #expect(try after("Ex<Tab>").form.toFix == 1)
    #expect(try after("Ex").form.toFix == 0)
  }

  @Test func `saving needs every field good and goes to the first wrong one`() throws {
    let (form, outcome) = try after("<Tab><Tab>x<C-s>")
    #expect(outcome == .open)
    #expect(form.focus == 1)
    #expect(form.toFix == 2)
    #expect(
      try after("Exam<Tab><Right><Tab>12k<C-s>").outcome
        == .saved(["student": "Zoë", "subject": "Exam", "priority": "high", "amount": "12k"]))
  }

  @Test func `values echo what was understood`() throws {
    #expect(text(try after("<Tab><Tab>12k<Tab>").form).hasSuffix("Amount    12k   12 000"))
  }

  @Test func `choices move by arrows and first letters and stop at the ends`() throws {
    #expect(try after("<Tab><Left><Left>").form.draft["priority"] == "low")
    #expect(try after("<Tab>h").form.draft["priority"] == "high")
    #expect(try after("<Tab>z").outcome == .unhandled)
  }

  @Test func `drafts come back and the editor gets its field`() throws {
    #expect(try after("abc<C-e>").outcome == .editor(field: "subject", text: "abc"))
    #expect(try after("abc<Esc>").outcome == .cancelled)
    var fresh = form
    fresh.restore(try after("abc").form.draft)
    #expect(fresh.draft["subject"] == "abc")
  }

  @Test func `focus goes round and a short drawer scrolls to it`() throws {
    #expect(try after("<S-Tab>").form.focus == 3)
    #expect(try after("<Tab><Tab><Tab>").form.focus == 1)
    #expect(text(try after("<S-Tab>").form, rows: 3).contains("► Amount"))
  }
}
