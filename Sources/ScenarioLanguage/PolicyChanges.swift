import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The changes that sentences about a policy mean: `isolation on for contoso`, as at the start, or
/// `ada removes rule fabrikam`, as at a time.
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

/// A change in its plainest layout; empty where the text is none.
public func plainChange(_ text: String) -> String {
  let (parser, grammar) = Grammar.parsedChange(SourceText(path: "", bytes: Array(text.utf8)))
  guard let form = parser.document.statements.first?.form else { return "" }
  return SentenceWriter.sentence(0, of: parser.document, as: grammar.forms[Int(form)].items)
}

extension Grammar {
  /// What a tenant's isolation policy is at the start.
  fileprivate static let conditions = Grammar(
    FormTable.world.filter { [.isolation, .rule].contains($0.sentence) })

  /// What administrators do about it.
  fileprivate static let deeds = Grammar(FormTable.changes.compactMap(\.withoutTime))

  /// A change as the grammar reads it that fits, or else the one that it is probably meant for: a
  /// deed begins with a person.
  fileprivate static func parsedChange(
    _ source: SourceText, isByPerson: Bool = false
  ) -> (parser: Parser, grammar: Grammar) {
    let condition = Parser.parse(source, grammar: .conditions)
    guard condition.document.statements.first?.form == nil else { return (condition, .conditions) }
    let deed = Parser.parse(source, grammar: .deeds)
    let isDeed = isByPerson || deed.document.statements.first?.form != nil
    return isDeed ? (deed, .deeds) : (condition, .conditions)
  }
}

extension Form {
  /// The sentence as one without a time, a delay and a variant, which are asked for elsewhere; nil
  /// for what does not change an isolation policy.
  fileprivate var withoutTime: Form? {
    guard [.turnIsolation, .allow, .changeRule, .removeRule].contains(sentence),
      notation.hasPrefix(FormTable.time), notation.hasSuffix(FormTable.delay)
    else { return nil }
    var form = self
    form.section = .world
    form.notation = String(
      notation.dropFirst(FormTable.time.count).dropLast(FormTable.delay.count))
    return form
  }
}

extension Checker {
  /// A checker that has read a scenario's tenants and people.
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
    for (row, user) in scenario.cast.users.enumerated() {
      names.bind(names.intern(user.name, .person), row: row, origin: Origin(file: -1, line: 0))
    }
  }

  /// The change that a text means, or what is wrong with it.
  fileprivate mutating func policyChange(
    _ text: String, after earlier: [PolicyChange]
  ) -> Result<PolicyChange, Diagnostic> {
    let source = SourceText(path: "--change", bytes: Array(text.utf8))
    let first = text.split(whereSeparator: \.isWhitespace).first
    let (parser, grammar) = Grammar.parsedChange(
      source, isByPerson: scenario.cast.users.contains { first?.elementsEqual($0.name) ?? false })
    (file, row) = (files.count, 0)
    files.append(File(document: parser.document, findings: parser.findings))
    let change = problems == 0 ? policyChange(grammar) : nil
    if let change, case .turnIsolation = change { reportContradiction(change, earlier) }
    if document.statements.count > 1 {
      row = 1
      report(.trailing, opening, "one change is one sentence: give the flag once more")
    }
    if let change, problems == 0 { return .success(change) }
    return .failure(
      files[file].findings.kept.first ?? Diagnostic(.incomplete, file: "--change", "no change"))
  }

  private mutating func policyChange(_ grammar: Grammar) -> PolicyChange? {
    guard let form = document.statements.first?.form else { return nil }
    let sentence = grammar.meanings[Int(form)].sentence
    guard sentence != .isolation, sentence != .rule else { return policyChange(sentence) }
    guard let actor = user(.actor), let action = action(sentence, by: actor) else { return nil }
    let change = PolicyChange(action)
    if change == nil {
      report(.unexpected, opening, "a rule's tenant can't be changed: remove it and add another")
    }
    return change
  }

  /// What a policy would be like at the start, as something to do.
  private mutating func policyChange(_ sentence: Sentence) -> PolicyChange? {
    guard let tenant = tenant(.tenant) else { return nil }
    if sentence == .isolation { return .turnIsolation(on: choice(.state) == 0, tenant: tenant) }
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
