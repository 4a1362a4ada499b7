import CRM
import ParseCore
import Testing

struct RightsTests {
  /// reference/domain.md §4.1, one line a class; letters are create, read, update, delete; lower
  /// case reaches own rows only.
  static let matrix: [(SchoolClass, [Role: String])] = [
    (.user, [.coordinator: "Ru", .instructor: "Ru", .sales: "Ru", .learner: "ru"]),
    (.course, [.coordinator: "CRU", .instructor: "CRu", .sales: "R", .learner: "r"]),
    (.student, [.coordinator: "CRU", .instructor: "r", .sales: "", .learner: "r"]),
    (.enrollment, [.coordinator: "CRUD", .instructor: "ru", .sales: "", .learner: "r"]),
    (.attempt, [.coordinator: "CRUD", .instructor: "cru", .sales: "", .learner: "r"]),
    (.ticket, [.coordinator: "CRU", .instructor: "Cru", .sales: "", .learner: "r"]),
    (.company, [.coordinator: "", .instructor: "", .sales: "CRud", .learner: ""]),
    (.contact, [.coordinator: "", .instructor: "", .sales: "CRud", .learner: ""]),
    (.deal, [.coordinator: "", .instructor: "", .sales: "Crud", .learner: ""]),
    (.activity, [.coordinator: "", .instructor: "", .sales: "Crud", .learner: ""]),
  ]

  @Test(arguments: matrix) func `every role reaches what the matrix says`(
    kind: SchoolClass, roles: [Role: String]
  ) {
    for role in Role.allCases {
      let letters = role == .admin ? "CRUD" : roles[role] ?? ""
      for action in Rights.Action.allCases {
        let letter = String(action.rawValue.prefix(1))
        let reach = Rights(role: role).reach(action, kind)
        let expected: Rights.Reach =
          letters.contains(letter.uppercased()) ? .all : letters.contains(letter) ? .own : .none
        #expect(reach == expected, "\(role) \(action) \(kind)")
      }
    }
  }

  @Test(arguments: [
    (Role.coordinator, Rights.Action.read, SchoolClass.deal, "Deals are not open to coordinators."),
    (.coordinator, .update, .deal, "Deals are not open to coordinators."),
    (.sales, .delete, .deal, "Only an admin or the owner can delete a deal."),
    (.coordinator, .delete, .ticket, "Only an admin can delete a ticket."),
    (
      .instructor, .create, .student, "Only an admin or a coordinator can create a student."
    ),
    (.sales, .read, .attempt, "Quiz attempts are not open to sales."),
    (
      .learner, .update, .ticket,
      "Only an admin, a coordinator or whoever has it can update a ticket."
    ),
  ]) func `a refusal says who can`(
    role: Role, action: Rights.Action, kind: SchoolClass, words: String
  ) {
    #expect(Rights(role: role).refusal(to: action, kind, isOwn: false)?.words == words)
  }

  @Test func `own rows are open where only own rows are`() {
    #expect(Rights(role: .sales).refusal(to: .delete, .deal, isOwn: true) == nil)
    #expect(Rights(role: .sales).refusal(to: .delete, .deal, isOwn: false) != nil)
  }

  @Test func `an unknown role has a learner's rights`() {
    #expect(Rights(role: nil).role == .learner)
    #expect(Rights(role: nil).refusal(to: .update, .ticket) != nil)
  }

  @Test func `a row is own through its course or its student too`() {
    var school = School.learner(progress: 10)
    school.put(.course, "c1", ["instructor": .to(.user, "lind")])
    school.put(.student, "s1", ["accountOwner": .to(.user, "mara")])
    #expect(school.isOwn(.enrollment, "e1", of: "lind"))
    #expect(school.isOwn(.enrollment, "e1", of: "mara"))
    #expect(!school.isOwn(.enrollment, "e1", of: "kai"))
    #expect(!school.isOwn(.enrollment, "e1", of: nil))
  }
}
