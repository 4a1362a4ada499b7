import ParseCore
import Sandbox
import Testing

struct DemoDataTests {
  let demo = DemoTable.demo

  private func counts(_ table: DemoTable) -> [Int] {
    [
      "_User", "Course", "Student", "Enrollment", "QuizAttempt", "SupportTicket", "Company",
      "Contact", "Deal", "Activity",
    ].map { table.rows($0).count }
  }

  @Test(arguments: [
    (DemoScale.tiny, [6, 3, 12, 20, 40, 15, 5, 9, 14, 30]),
    (.demo, [14, 12, 240, 520, 3400, 420, 60, 180, 260, 900]),
  ])
  func `a scale has exactly its sizes`(scale: DemoScale, sizes: [Int]) {
    for seed in [1, 2, 3] as [UInt64] {
      let data = DemoData.make(scale: scale, seed: seed, now: DemoTable.now)
      #expect(counts(DemoTable(data, now: DemoTable.now)) == sizes)
    }
  }

  @Test func `rows can be taken one at a time`() {
    var count = 0
    let rest = DemoData.generate(scale: .tiny, seed: 5, now: DemoTable.now) { _ in count += 1 }
    #expect(count == 154)
    #expect(rest.objects.isEmpty)
    #expect(rest.passwords.count == 6)
  }

  @Test func `one seed gives the same bytes, another gives others`() {
    func bytes(_ seed: UInt64) -> [UInt8] {
      DemoData.make(scale: .tiny, seed: seed, now: DemoTable.now).objects
        .flatMap { JSON.object($0.json).bytes }
    }
    let first = bytes(11)
    #expect(first == bytes(11))
    #expect(first != bytes(12))
    let again = DemoData.make(scale: .demo, seed: 7, now: DemoTable.now)
    #expect(again.objects == demo.data.objects)
  }

  /// Seconds after the test's own now; another day, another hour, other years.
  @Test(arguments: [2 * 86_400, 7 * 3600 + 11, -400 * 86_400 + 5, 8 * 365 * 86_400])
  func `one seed is one school at any time`(seconds: Int) {
    let later = DemoTable.now.advanced(bySeconds: seconds)
    let other = DemoData.make(scale: .demo, seed: 7, now: later).objects
    let pairs = Array(zip(demo.data.objects, other))
    #expect(other.count == demo.data.objects.count)
    #expect(pairs.allSatisfy { $0.objectId == $1.objectId })
    // Terms and years in titles are of the day; all else but dates is the seed's.
    #expect(pairs.allSatisfy { Self.lasting($0) == Self.lasting($1) })
    // Three attempts are in the hour the clocks change, wherever that lies.
    let strayed = pairs.filter { $0.updatedAt?.advanced(bySeconds: seconds) != $1.updatedAt }
    #expect(strayed.count <= 6 && strayed.allSatisfy { $0.0.className == "QuizAttempt" })
    func dates(_ rows: [ParseObject], _ field: String) -> [ParseDate] {
      rows.compactMap { $0.fields[field].flatMap(ParseDate.init(value:)) }
    }
    #expect(
      dates(demo.data.objects, "lastMessageAt").map { $0.advanced(bySeconds: seconds) }
        == dates(other, "lastMessageAt"))
    // Days stay days: stored at midnight or noon by the most, whatever the hour of the clock.
    func noons(_ rows: [ParseObject]) -> Int {
      dates(rows, "dueDate").count { $0.milliseconds % 43_200_000 == 0 }
    }
    #expect(noons(other) == noons(demo.data.objects))
  }

  private static func lasting(_ row: ParseObject) -> JSONObject {
    JSONObject(
      row.fields.members.filter {
        $0.key != "cohort" && $0.key != "title" && $0.value["__type"] != "Date"
      })
  }

  @Test func `ids look like those of Parse and are unique`() {
    let ids = demo.data.objects.compactMap(\.objectId)
    #expect(Set(ids).count == demo.data.objects.count)
    #expect(
      ids.allSatisfy {
        $0.utf8.count == 10 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      })
  }

  @Test func `a year later the ages are the same`() {
    let later = DemoTable.now.advanced(bySeconds: 365 * 86_400)
    let table = DemoTable(DemoData.make(scale: .demo, seed: 7, now: later), now: later)
    for field in ["createdAt", "updatedAt"] {
      let newest = table.rows("SupportTicket").compactMap { table.age($0, field) }.min()
      #expect((newest ?? 9) < 0.2)
    }
    #expect(!table.rows("Student").contains { $0.text("cohort") == "2025-B" })
  }

  @Test func `dates of a row are in order`() {
    for row in demo.data.objects {
      let created = row.createdAt ?? demo.now
      let updated = row.updatedAt ?? created
      #expect(created <= updated, "\(row.className)")
      #expect(updated <= demo.now, "\(row.className)")
    }
  }

  @Test func `roles hold the users and admin inherits`() {
    let roles = demo.data.roles
    #expect(roles.keys.sorted() == ["admin", "coordinator", "instructor", "learner", "sales"])
    for role in ["coordinator", "instructor", "sales"] {
      #expect(roles[role]?.parents == ["admin"])
    }
    #expect(roles["learner"]?.parents == [])
    #expect(roles["sales"]?.users.count == 4)
    let names = demo.rows("_User").compactMap { $0.text("username") }
    for name in ["admin", "mara", "jonas", "aiko", "lind", "osei", "kai", "learner", "triage"] {
      #expect(names.contains(name))
    }
    #expect(demo.data.passwords.count == 14)
    #expect(demo.data.passwords.values.allSatisfy { $0 == DemoData.password })
  }

  @Test func `the learner is a student by e-mail and may read the own rows`() throws {
    let learner = try #require(demo.rows("_User").first { $0.text("role") == "learner" })
    let id = try #require(learner.objectId)
    let student = try #require(
      demo.rows("Student").first { $0.text("email") == learner.text("email") })
    func readable(_ row: ParseObject) -> Bool {
      row["ACL"]?.object.map { ACL($0).allowsRead(to: [id]) } ?? true
    }
    #expect(readable(student))
    for name in ["Enrollment", "QuizAttempt", "SupportTicket"] {
      let own = demo.rows(name).filter { $0.id("student") == student.objectId }
      #expect(!own.isEmpty)
      #expect(own.allSatisfy(readable))
      #expect(demo.rows(name).count(where: readable) == own.count)
    }
  }

  @Test func `every row has an ACL that keeps the public out`() {
    for row in demo.data.objects {
      let acl = row["ACL"]?.object.map(ACL.init)
      #expect(acl != nil)
      #expect(acl?.allowsRead(to: ["*"]) == false)
      #expect(
        acl?.allowsWrite(to: ["role:admin"]) == true, "\(row.className) is the admin's to write")
    }
  }

  @Test func `owners may write what they own`() {
    for (name, field) in [
      ("Course", "instructor"), ("Student", "accountOwner"), ("SupportTicket", "assignedTo"),
      ("Company", "createdBy"), ("Contact", "createdBy"), ("Deal", "assignedTo"),
      ("Activity", "createdBy"),
    ] {
      for row in demo.rows(name) {
        guard let owner = row.id(field), let acl = row["ACL"]?.object.map(ACL.init) else {
          continue
        }
        #expect(acl.allowsWrite(to: [owner]), "\(name).\(field)")
      }
    }
  }

  @Test func `only the designed pointers dangle`() {
    var dangling: [String: Int] = [:]
    for row in demo.data.objects {
      for member in row.fields.members {
        if let pointer = Pointer(member.value), demo.target(row, member.key) == nil {
          dangling["\(row.className).\(member.key) to \(pointer.className)", default: 0] += 1
        }
      }
    }
    #expect(
      dangling == [
        "Activity.relatedTo to Deal": 2, "Activity.relatedTo to Contact": 2,
        "Enrollment.student to Student": 1, "SupportTicket.assignedTo to _User": 2,
        "Deal.assignedTo to _User": 2,
      ])
    let tiny = DemoTable(
      DemoData.make(scale: .tiny, seed: 3, now: DemoTable.now), now: DemoTable.now)
    for row in tiny.data.objects {
      for member in row.fields.members where Pointer(member.value) != nil {
        #expect(tiny.target(row, member.key) != nil)
      }
    }
  }

  @Test func `mail and sites are at names nobody can own`() {
    for row in demo.data.objects {
      if let email = row.text("email") {
        let host = email.split(separator: "@").last ?? ""
        #expect(["example.org", "example.com", "mail.example.com"].contains(host))
      }
      if let site = row.text("website") { #expect(site.hasSuffix(".example")) }
      if let phone = row.text("phone") {
        #expect(phone.hasPrefix("+1 202 555 01") || phone.hasPrefix("+44 20 7946 0"))
      }
      for text in row.texts where text.contains("://") && row.text("website") != text {
        #expect(text.contains("https://plan.example.com/"))
      }
    }
  }

  @Test(arguments: [
    "Zoë Å. O’Brine-Sörnsen", "Łucja Żdźbłowska-Ćwirk", "Đặng Thị Ánh-Nguyệt Bảo",
    "İlkay Şığıroğlu", "Strasse/Straße Großmaß", "林原 青葉", "藤乃木 しずく", "欧阳 晴川",
    "한새벽", "ﾊﾝｶｸ ｶﾅｺ", "髙﨑 𠮷野", "ليان البَحرانيّة", "נֹעַם בַּר־קֶשֶׁת", "Rana رنا 3A",
    "شیوا گل‌نار", "अन्विता क्षीरसागर", "สุรีย์พร น้ำใส", "தமிழினி வெற்றிக்கொடி", "မြတ်နိုးသူ",
    "Θάλεια Αγριμολού", "Ярина Їжакевич", "Anna Petrova", "\u{0410}nna \u{0420}etrova",
    "Nova 🚀 Labs", "👩🏽‍🏫 Ms Quill", "Team 🇺🇳🏴‍☠️", "\u{202E}evil\u{202C}", "\u{200B}",
    "\u{1B}[31mred \u{1B}]0;title\u{7}", "Nul\u{0}byte", "'; DROP TABLE Student; --",
    "<b>Bold</b>", "%s %n %d", "①②③ — ± § ×", "│┼ Box …", "null", "0", "-", "Évening 夜間",
    "corporate/β", "第4章 小テスト", "Módulo 2 – examen", "Verbal yes",
  ])
  func `a string that tries the screens is there`(text: String) {
    let found = demo.data.objects.contains { row in
      row.texts.contains { $0.utf8.elementsEqual(text.utf8) }
    }
    #expect(found)
  }

  @Test func `a name is there composed and decomposed, one long, one under marks`() {
    let names = demo.rows("Student").compactMap { $0.text("fullName") }
    let same = names.filter { $0 == "Đặng Thị Ánh-Nguyệt Bảo" }
    #expect(same.count == 2)
    #expect(Set(same.map { $0.utf8.count }).count == 2)
    #expect(names.contains { $0.count == 300 && !$0.contains(" ") })
    #expect(names.contains { $0.unicodeScalars.count > $0.count + 35 })
  }

  @Test(arguments: [
    ("lind", "Course", "instructor"), ("mara", "Student", "accountOwner"),
    ("mara", "SupportTicket", "assignedTo"), ("triage", "SupportTicket", "assignedTo"),
    ("kai", "Deal", "assignedTo"), ("kai", "Activity", "createdBy"),
  ])
  func `in the tiny set each has work`(username: String, className: String, field: String) {
    let tiny = DemoTable(
      DemoData.make(scale: .tiny, seed: 3, now: DemoTable.now), now: DemoTable.now)
    let own = tiny.rows(className).filter {
      tiny.target($0, field)?.text("username") == username
    }
    #expect(!own.isEmpty)
  }

  @Test func `hostile names stay off the front of the lists`() {
    let odd: Set<String> = Set(
      demo.rows("Student").filter { row in
        (row.text("fullName") ?? "").unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E }
      }.compactMap(\.objectId))
    #expect(odd.count == 3)
    let latest = demo.rows("QuizAttempt").filter { (demo.age($0, "attemptedAt") ?? 9) < 0.4 }
    #expect(latest.count > 10)
    #expect(latest.allSatisfy { !odd.contains($0.id("student") ?? "") })
    let recent = demo.rows("SupportTicket").filter { (demo.age($0, "createdAt") ?? 99) < 40 }
    #expect(recent.allSatisfy { !odd.contains($0.id("student") ?? "") })
    let best = demo.rows("Student").filter { ($0.number("currentCompletionRate") ?? 0) == 100 }
    #expect(best.allSatisfy { !odd.contains($0.objectId ?? "") })
  }
}
