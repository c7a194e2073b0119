import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// What policy changes would do to apps and flows, for people, programs and documents.
public struct ImpactReport: Sendable {
  /// What somebody reads about an app or a flow that breaks.
  public struct Affected: Sendable {
    /// `app` or `flow`.
    public var kind: String
    /// The scenario's word for it.
    public var name: String
    /// What blocks it, each connection's directions in order; the first one's tenant is named.
    public var blocked: [Blocked]
    /// Whether a schedule starts it.
    public var isScheduled: Bool
    /// The last use that succeeds before the first that does not.
    public var lastSucceeded: Instant?
    /// The first run or opening that would have succeeded and fails.
    public var firstFailed: Moments
    /// When a use that nobody makes would fail.
    public var ifUsed: Outlook
    /// Runs and openings that are lost, over all delays.
    public var lost: ClosedRange<Int>
    /// When a flow is suspended that would not be.
    public var suspended: Moments
    /// Whether a maker who saves it meets the block already.
    public var isBlockedWhenSaved: Bool

    /// An app or a flow that breaks.
    public init(
      kind: String, name: String, blocked: [Blocked], isScheduled: Bool, lastSucceeded: Instant?,
      firstFailed: Moments, ifUsed: Outlook, lost: ClosedRange<Int>, suspended: Moments,
      isBlockedWhenSaved: Bool
    ) {
      self.kind = kind
      self.name = name
      self.blocked = blocked
      self.isScheduled = isScheduled
      self.lastSucceeded = lastSucceeded
      self.firstFailed = firstFailed
      self.ifUsed = ifUsed
      self.lost = lost
      self.suspended = suspended
      self.isBlockedWhenSaved = isBlockedWhenSaved
    }
  }

  /// When something happens first, with the delays for which that is earliest and latest; nil where
  /// it does not happen.
  public typealias Moments = (earliest: Instant?, latest: Instant?)

  /// The stretches before the end in which a use would end otherwise, and whether it still would at
  /// the end.
  public typealias Outlook = (stretches: [Range<Instant>], lasts: Bool)

  /// What somebody reads about an app or a flow that works again.
  public struct Healed: Sendable {
    /// `app` or `flow`.
    public var kind: String
    /// The scenario's word for it.
    public var name: String
    /// The first use that succeeds only with the changes.
    public var firstSucceeded: Moments
    /// When a use that nobody makes would succeed.
    public var ifUsed: Outlook
    /// Uses that succeed only with the changes, over all delays.
    public var gained: ClosedRange<Int>

    /// An app or a flow that works again.
    public init(
      kind: String, name: String, firstSucceeded: Moments, ifUsed: Outlook,
      gained: ClosedRange<Int>
    ) {
      self.kind = kind
      self.name = name
      self.firstSucceeded = firstSucceeded
      self.ifUsed = ifUsed
      self.gained = gained
    }
  }

  /// A closed direction and the connection that meets it.
  public struct Blocked: Sendable {
    /// The connection's name.
    public var connection: String
    /// The tenant whose policy blocks.
    public var by: String
    /// Seen from that tenant.
    public var direction: Direction
    /// The tenant on the other side.
    public var tenant: String

    /// A closed direction.
    public init(connection: String, by: String, direction: Direction, tenant: String) {
      self.connection = connection
      self.by = by
      self.direction = direction
      self.tenant = tenant
    }
  }

  /// What crosses tenants and goes on.
  public struct Unaffected: Sendable {
    /// `app` or `flow`.
    public var kind: String
    /// The scenario's word for it.
    public var name: String
    /// Why it goes on.
    public var because: String

    /// An app or a flow that goes on.
    public init(kind: String, name: String, because: String) {
      self.kind = kind
      self.name = name
      self.because = because
    }
  }

  /// A rule that is needed.
  public struct Rule: Sendable {
    /// Whose policy needs it.
    public var owner: String
    /// Whom it names.
    public var tenant: String
    /// What it allows.
    public var directions: Directions
    /// Connections that it would let through besides.
    public var alsoAllows: [String]

    /// A rule.
    public init(owner: String, tenant: String, directions: Directions, alsoAllows: [String]) {
      self.owner = owner
      self.tenant = tenant
      self.directions = directions
      self.alsoAllows = alsoAllows
    }
  }

  /// The changes as the language writes them.
  public var changes: [String]
  /// When they are saved.
  public var time: Instant
  /// When they are in force, over all delays.
  public var inForce: ClosedRange<Instant>
  /// What breaks.
  public var affected: [Affected] = []
  /// What works again.
  public var healed: [Healed] = []
  /// What goes on as before.
  public var unaffected: [Unaffected] = []
  /// What avoids it.
  public var rules: [Rule] = []
  /// Whether the rules avoid all of it.
  public var rulesSuffice = true
  /// Changes whose delays are open, and the combinations of their shortest and longest delays that
  /// were looked at.
  public var delays = (changes: 0, combinations: 1, isComplete: true)
  let trace: Trace

  /// A report on nothing yet; the trace knows the clock.
  public init(
    _ trace: Trace, changes: [String], at time: Instant, inForce: ClosedRange<Instant>
  ) {
    self.trace = trace
    self.changes = changes
    self.time = time
    self.inForce = inForce
  }
}

extension Sequence<Direction> {
  /// `inbound`, `outbound` or `both`.
  var directionsName: String {
    let all = Set(self)
    return all.count > 1 ? "both" : all.first == .inbound ? "inbound" : "outbound"
  }
}

extension ImpactReport.Affected {
  var directionsName: String { blocked.map(\.direction).directionsName }

  /// The tenants on the other side, each once.
  var tenants: [String] {
    blocked.map(\.tenant).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension ImpactReport.Rule {
  var directionsName: String {
    Direction.allCases.filter { directions.contains($0) }.directionsName
  }

  /// The rule as a scenario says it.
  var sentence: String { "rule for \(owner) allows \(tenant) \(directionsName)" }

  /// What else becomes possible, whoever asked for the rule.
  var consequences: [String] {
    Direction.allCases.filter { directions.contains($0) }.map { direction in
      direction == .outbound
        ? "every user of \(owner) may connect to \(tenant)"
        : "every user of \(tenant) may connect to \(owner)"
    }
  }
}
