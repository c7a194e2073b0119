import PowerPlatform
import SimulationTrace

/// How much of a behaviour a scenario shows.
public enum Showing: Int, Comparable, Sendable {
  /// It does not happen.
  case never
  /// It happens, and no met expectation says so.
  case hit
  /// It happens, and a met expectation says so in the respect that makes the behaviour.
  case asserted

  /// Less before more.
  public static func < (left: Showing, right: Showing) -> Bool { left.rawValue < right.rawValue }
}

/// What a scenario shows of the catalogue.
public struct Coverage: Sendable {
  private let observations: [Observation]

  /// Looks at a scenario, what came of it, and what became of its expectations.
  public init(_ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict]) {
    observations = Observer(scenario, simulation, verdicts).observations
  }

  /// How much of a behaviour is shown; of one out of scope, nothing.
  public func showing(of behaviour: Behaviour) -> Showing {
    guard let evidence = behaviour.evidence else { return .never }
    var showing = Showing.never
    for observation in observations where evidence.fits(observation) {
      if evidence.respect.isMet(by: observation.assertion) { return .asserted }
      showing = .hit
    }
    return showing
  }
}

/// Judges every expectation of a scenario, over every delay where it has a range of them.
public func judgeFully(_ scenario: Scenario, _ simulation: Simulation) -> [Verdict] {
  scenario.isRanged ? explore(scenario).verdicts : judge(scenario, simulation)
}

/// Judges every expectation of a scenario, and what it says that it covers.
///
/// - Returns: a verdict an expectation, then one for each claim that is not true or undecided.
public func judgeWithCovers(_ scenario: Scenario, _ simulation: Simulation) -> [Verdict] {
  let verdicts = judgeFully(scenario, simulation)
  return verdicts + judgeCovers(scenario, simulation, verdicts)
}

/// Judges what a scenario says that it covers; one that expects nothing shows things, and asserts
/// nothing.
///
/// - Returns: a verdict for each claim that is not true, or undecided where the behaviour happens and
///   an expectation is undecided that may say so; one that is true needs no words.
public func judgeCovers(
  _ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict]
) -> [Verdict] {
  guard !scenario.covers.isEmpty, !verdicts.isEmpty else { return [] }
  let coverage = Coverage(scenario, simulation, verdicts)
  return scenario.covers.compactMap { claim in
    guard let got = coverage.objection(to: claim.id) else { return nil }
    let isUndecided = coverage.isHit(claim.id) && verdicts.contains(where: \.isUndecided)
    var verdict = Verdict(
      isMet: false, source: "covers \(claim.id)", expected: "covers \(claim.id) is shown",
      got: isUndecided
        ? "covers \(claim.id) is undecided: it happens, and what may say so depends on the delay"
        : "covers \(claim.id) is not shown: \(got)",
      because: coverage.explained(claim.id),
      line: claim.line, column: claim.column)
    verdict.isAboutCovers = true
    verdict.isUndecided = isUndecided
    return verdict
  }
}

extension Coverage {
  /// What speaks against the claim to show a behaviour; nil where nothing does.
  fileprivate func objection(to id: String) -> String? {
    guard let behaviour = Catalogue.behaviour(id) else { return "the catalogue does not have it" }
    if let reason = behaviour.reason { return "it is out of the simulation's scope: \(reason)" }
    switch showing(of: behaviour) {
    case .asserted: return nil
    case .hit: return "it happens, and no expectation that is met says so"
    case .never: return "it does not happen in this scenario"
    }
  }
}

extension Coverage {
  /// Whether a behaviour happens, and no met expectation says so.
  fileprivate func isHit(_ id: String) -> Bool {
    Catalogue.behaviour(id).map { showing(of: $0) == .hit } ?? false
  }

  /// What a behaviour is, and where it happens, what an expectation has to say of it.
  fileprivate func explained(_ id: String) -> [String] {
    guard let behaviour = Catalogue.behaviour(id) else { return [] }
    guard let evidence = behaviour.evidence, showing(of: behaviour) == .hit else {
      return [behaviour.sentence]
    }
    return [behaviour.sentence, "an expectation has to name \(evidence.respect.hint)"]
  }
}
