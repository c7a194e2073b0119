import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The changes that header sentences about a policy mean: `isolation on for contoso`.
///
/// A rule may name an id that no tenant has, as in a file; such a tenant is added to the scenario.
///
/// - Returns: the changes in order, or the first mistake, whose message begins with the number of
///   the text and the column: `2:15: …`.
public func policyChanges(
  _ texts: [String], in scenario: inout Scenario
) -> Result<[PolicyChange], LookupProblem> {
  var checker = Checker(knowing: scenario)
  var changes: [PolicyChange] = []
  for (row, text) in texts.enumerated() {
    switch checker.policyChange(text, after: changes) {
    case .success(let change): changes.append(change)
    case .failure(let mistake):
      return .failure(
        LookupProblem(
          "\(row + 1):\(mistake.column): \(mistake.message)", suggestion: mistake.suggestion))
    }
  }
  scenario = checker.scenario
  return .success(changes)
}

extension Grammar {
  /// The sentences about a tenant's policy alone.
  fileprivate static let policies = Grammar(
    FormTable.world.filter { [.isolation, .rule].contains($0.sentence) })
}

extension Checker {
  /// A checker that has read a scenario's tenants.
  fileprivate init(knowing scenario: Scenario) {
    self.init { _ in .failure(.missing) }
    self.scenario = scenario
    for (row, tenant) in scenario.cast.tenants.enumerated() {
      for key in tenant.domains + [tenant.identifier] { tenantKeys[key] = row }
      guard !tenant.domains.isEmpty else {
        implicitTenants.insert(row)
        continue
      }
      let name = names.intern(tenant.name, .tenant)
      names.bind(name, row: row, origin: Origin(file: -1, line: 0))
    }
  }

  /// The change that a text means, or what is wrong with it.
  fileprivate mutating func policyChange(
    _ text: String, after earlier: [PolicyChange]
  ) -> Result<PolicyChange, Diagnostic> {
    let source = SourceText(path: "--change", bytes: Array(text.utf8))
    let parser = Parser.parse(source, grammar: .policies)
    (file, row) = (files.count, 0)
    files.append(File(document: parser.document, findings: parser.findings))
    let change = problems == 0 ? policyChange() : nil
    if let change, case .turnIsolation = change { reportContradiction(change, earlier) }
    if document.statements.count > 1 {
      row = 1
      report(.trailing, opening, "one change is one sentence: give the flag once more")
    }
    if let change, problems == 0 { return .success(change) }
    return .failure(
      files[file].findings.kept.first ?? Diagnostic(.incomplete, file: "--change", "no change"))
  }

  private mutating func policyChange() -> PolicyChange? {
    guard let form = document.statements.first?.form, let tenant = tenant(.tenant) else {
      return nil
    }
    if Grammar.policies.meanings[Int(form)].sentence == .isolation {
      return .turnIsolation(on: choice(.state) == 0, tenant: tenant)
    }
    let subject = capture(.other).flatMap { ruleSubject($0) }
    return subject.map { .allow($0, directions(choice(.directions)), tenant: tenant) }
  }

  private mutating func reportContradiction(_ change: PolicyChange, _ earlier: [PolicyChange]) {
    let isSaid = earlier.contains {
      if case .turnIsolation(_, change.tenant) = $0 { true } else { false }
    }
    if isSaid { report(.repeatedKey, opening, "this tenant's isolation is set already") }
  }
}
