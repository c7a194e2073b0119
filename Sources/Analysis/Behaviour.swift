import SimulationTrace
import TenantIsolation

/// One behaviour that the documentation states, and how a scenario can show it.
///
/// What a behaviour is seen by is a predicate over what happened: no scenario shows one by naming it.
public struct Behaviour: Sendable {
  /// A stable word for it; rows of a table follow the table's name behind a dot.
  public let id: String
  /// Where it is stated.
  public let sources: [Source]
  /// What it says.
  public let sentence: String
  /// What it rests on.
  public let basis: Basis
  /// Whether scenarios can show it.
  let scope: Scope

  /// Whether the simulation has it.
  enum Scope: Sendable {
    case simulated(Evidence)
    case outOfScope(reason: String)
  }

  /// Whether scenarios can show it.
  public var isSimulated: Bool { evidence != nil }

  /// Why the simulation leaves it out; nil where it does not.
  public var reason: String? {
    if case .outOfScope(let reason) = scope { reason } else { nil }
  }

  var evidence: Evidence? {
    if case .simulated(let evidence) = scope { evidence } else { nil }
  }

  /// A behaviour that scenarios can show, mostly by expecting how something ends.
  init(
    _ id: String, _ sources: Source..., basis: Basis = .documented, sentence: String,
    needs respect: Respect = .outcome, seenAs sight: Sight
  ) {
    (self.id, self.sources, self.sentence, self.basis) = (id, sources, sentence, basis)
    scope = .simulated(Evidence(sight: sight, respect: respect))
  }

  /// A behaviour that the simulation leaves out.
  init(
    _ id: String, _ sources: Source..., basis: Basis = .documented, sentence: String,
    leftOutBecause reason: String
  ) {
    (self.id, self.sources, self.sentence, self.basis) = (id, sources, sentence, basis)
    scope = .outOfScope(reason: reason)
  }
}

/// What a behaviour is seen by, and what has to be expected of it.
public struct Evidence: Sendable {
  let sight: Sight
  let respect: Respect

  /// Whether an observation is an instance of the behaviour.
  func fits(_ observation: Observation) -> Bool {
    switch (sight, observation) {
    case (.connection(let fits), .connection(let sight)): fits(sight)
    case (.policyChange(let fits), .policyChange(let sight)): fits(sight)
    case (.flow(let fits), .flow(let sight)): fits(sight)
    case (.report(let fits), .report(let sight)): fits(sight)
    case (.package(let fits), .package(let sight)): fits(sight)
    case (.share(let fits), .share(let sight)): fits(sight)
    case (.audit(let fits), .audit(let sight)): fits(sight)
    case (.feedFlow(let fits), .feedFlow(let sight)): fits(sight)
    case (.operation(let fits), .operation(let sight)): fits(sight)
    case (.any(let fits), _): fits(observation)
    default: false
    }
  }
}

/// Which kind of observation shows a behaviour, and which of that kind do.
enum Sight: Sendable {
  case connection(@Sendable (ConnectionSight) -> Bool)
  case policyChange(@Sendable (PolicyChangeSight) -> Bool)
  case flow(@Sendable (FlowSight) -> Bool)
  case report(@Sendable (ReportSight) -> Bool)
  case package(@Sendable (PackageSight) -> Bool)
  case share(@Sendable (ShareSight) -> Bool)
  case audit(@Sendable (AuditSight) -> Bool)
  case feedFlow(@Sendable (FeedFlowSight) -> Bool)
  case operation(@Sendable (OperationSight) -> Bool)
  /// For what shows itself in several ways.
  case any(@Sendable (Observation) -> Bool)
}

/// In which respect an expectation has to speak of an observation to assert a behaviour.
enum Respect: Sendable {
  /// How it ends.
  case outcome
  /// How it ends, and one of these grounds.
  case because([Ground])
  /// At least half of this text: a word of it alone says nothing.
  case text(String)
  /// Any of the text that the person sees.
  case anyText
  /// That the run history lists it.
  case history

  static func because(_ grounds: Ground...) -> Respect { .because(grounds) }

  func isMet(by assertion: Assertion) -> Bool {
    switch self {
    case .outcome: assertion.outcome
    case .because(let grounds):
      assertion.outcome && grounds.contains(where: assertion.grounds.contains)
    case .text(let text):
      assertion.texts.contains {
        $0.contains(text) || (text.contains($0) && 2 * $0.utf8.count >= text.utf8.count)
      }
    case .anyText: assertion.texts.contains { !$0.isEmpty }
    case .history: assertion.isListed
    }
  }

  /// What an expectation would have to say, for whoever has to write it.
  var hint: String {
    switch self {
    case .outcome: "its outcome"
    case .because(let grounds):
      "its outcome because \(grounds.map { "\($0.name)" }.joined(separator: " or "))"
    case .text(let text): "the text \"\(text)\""
    case .anyText: "the text that the person sees"
    case .history: "the run history, with how the run ended"
    }
  }
}

/// What met expectations say of an observation.
struct Assertion: Sendable {
  var outcome = false
  var grounds = Grounds()
  var texts: [String] = []
  /// Whether the run history is expected to list it with its outcome.
  var isListed = false

  mutating func add(_ other: Assertion) {
    outcome = outcome || other.outcome
    grounds.append(contentsOf: other.grounds)
    texts += other.texts
    isListed = isListed || other.isListed
  }
}
