import Glibc
import ParseCore

extension DemoWorld {
  mutating func makeCompanies() {
    let sales = users(as: "sales")
    let named = words.lines("companies")
    let odd = sizes.hasSpecimens ? words.oddCompanies : []
    let kinds = words.lines("company-kinds")
    for index in 0..<sizes.companies {
      let created = now.ago(days: random.between(30, 640))
      let oddPlace = index - min(named.count, sizes.companies - odd.count)
      let (name, host, industry, place): (String, String, String, String)
      if odd.indices.contains(oddPlace) {
        (name, host, industry, place) = (odd[oddPlace], "", "", "")
      } else if index < named.count {
        (name, host, industry, place) =
          (named[index][0], named[index][1], named[index][2], named[index][3])
      } else {
        let town = words.places[index % words.places.count]
        let kind = kinds[index / words.places.count % kinds.count]
        let round = index / (words.places.count * kinds.count)
        let suffix = round > 0 ? " \(round + 1)" : ""
        let mark = round > 0 ? "-\(round + 1)" : ""
        (name, host, industry, place) =
          (town.text + " " + kind[0] + suffix, "\(town.handle)-\(index)\(mark)", kind[1], town.text)
      }
      let site = random.chance(0.15) ? "\(host).example" : "https://\(host).example"
      companies.append(
        DemoCompany(
          id: random.id(), name: name, website: host.isEmpty ? "" : site, industry: industry,
          address: place.isEmpty ? "" : "\(random.below(180) + 1) Schoolyard Lane, \(place)",
          notes: random.chance(0.45) ? note() : "", creator: random.pick(sales),
          created: created,
          updated: now.ago(days: created.days(until: now) * random.between(0.02, 0.9))))
    }
  }

  mutating func makeContacts() {
    let sales = users(as: "sales")
    // Zipf: a few companies with many contacts, odd ones and some others with none.
    let share = companies.indices.map { 1 / pow(Double($0 % 97) + 2, 0.9) }
    let skipped = companies.indices.map { companies[$0].website.isEmpty || $0 % 13 == 12 }
    var choice = WeightedIndex(zip(share, skipped).map { $1 ? 0 : $0 })
    var counts = Array(repeating: 0, count: companies.count)
    for _ in 0..<sizes.contacts {
      var company: Int?
      if !random.chance(0.06) {
        for _ in 0..<12 where company == nil {
          let index = choice.draw(&random)
          if counts[index] < 9 { company = index }
        }
        if let company { counts[company] += 1 }
      }
      addContact(company: company, creator: random.pick(sales))
    }
    choice = WeightedIndex([])
  }

  private mutating func addContact(company: Int?, creator: Int) {
    let name = personName()
    let created = now.ago(days: random.between(3, 600))
    let reach = random.unit()
    let digits = String(100 + random.below(100)).suffix(2)
    let phone =
      random.chance(0.5)
      ? "+1 202 555 01\(digits)" : "+44 20 7946 0\(String(100 + random.below(900)))"
    contacts.append(
      DemoContact(
        id: random.id(), name: name.text,
        email: reach < 0.07 ? "" : email(name.handle, at: "example.com"),
        phone: reach < 0.04 || reach > 0.85 ? "" : phone, company: company,
        notes: random.chance(0.35) ? note() : "", creator: creator, created: created,
        updated: now.ago(days: created.days(until: now) * random.between(0.01, 0.8))))
  }

  /// One to four lines, in rare cases close to 4 000 characters.
  mutating func note() -> String {
    if random.chance(0.01) {
      var text = ""
      while text.utf8.count < 3600 { text += random.pick(words.notes) + "\n" }
      return text
    }
    let lines = 1 + random.index(of: [70, 20, 8, 2])
    return (0..<lines).map { _ in random.pick(words.notes) }.joined(separator: "\n")
  }
}
