import ParseCore

extension School {
  /// What a merge with a double comes to; nil when the record has none, or is not here.
  package func mergePreview(_ request: MergeRequest, _ viewpoint: Viewpoint) -> MergePreview? {
    let doubles = doubles(of: request.party, viewpoint)
    guard let first = doubles.first else { return nil }
    let other = request.other.flatMap { doubles.contains($0) ? $0 : nil } ?? first
    let keeping = Merge(kept: request.party, gone: other)
    let planner = MergePlanner(school: self, viewpoint: viewpoint)
    func preview(_ plan: MergePlan?) -> MergePreview? {
      plan.map { MergePreview(plan: $0, doubles: doubles, other: other) }
    }
    if let keepsOther = request.keepsOther {
      return preview(planner.plan(keepsOther ? keeping.swapped : keeping))
    }
    let plan = planner.plan(keeping)
    guard plan?.refusal != nil, let swapped = planner.plan(keeping.swapped),
      swapped.refusal == nil
    else { return preview(plan) }
    return preview(swapped)
  }

  private func doubles(of party: Party, _ viewpoint: Viewpoint) -> [RecordID] {
    switch party {
    case .contact(let id):
      contacts[id].map { rows(doubles(of: $0), viewpoint).map(\.id) } ?? []
    case .company(let id):
      companies[id].map { rows(doubles(of: $0), viewpoint).map(\.id) } ?? []
    }
  }
}
