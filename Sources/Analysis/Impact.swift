import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// What policy changes would do to the apps and flows of a scenario.
public struct Impact: Sendable {
  /// An app or a flow.
  public enum Item: Hashable, Sendable {
    case app(AppID)
    case flow(FlowID)
  }

  /// A policy's direction that blocks a connection.
  public struct Side: Hashable, Sendable {
    /// What it blocks.
    public var connection: ConnectionID
    /// Whose policy.
    public var tenant: TenantID
    /// The way that is closed, seen from that tenant.
    public var direction: Direction
    /// The tenant on the other side.
    public var other: TenantID
  }

  /// An app or a flow that breaks, or is suspended when its maker saves it next.
  public struct Affected: Sendable {
    /// What it is.
    public var item: Item
    /// Whether a schedule starts it. What people and signals start fails when it is used next.
    public var isScheduled: Bool
    /// What blocks it, in the order of its connections; never empty.
    public var sides: [Side]
    /// The last use before the first one that is lost, or before the end.
    public var lastSucceeded: Instant?
    /// The first run or opening that would have succeeded and fails.
    public var firstFailed: Moments
    /// When a use that nobody makes would fail.
    public var ifUsed: Outlook
    /// Runs and openings that would have succeeded and don't, over all delays: they fail, or are
    /// missing because the flow is suspended.
    public var lost: ClosedRange<Int>
    /// When a flow is suspended that would not be.
    public var suspended: Moments
    /// Whether the policy as saved blocks it, so that a flow is suspended, and an app does not add
    /// the connection, already before active ones feel it.
    public var isBlockedWhenSaved: Bool
  }

  /// When a use would end otherwise than without the changes, over all delays.
  public struct Outlook: Hashable, Sendable {
    /// The stretches before the end in which it would with some delays, in order.
    public var stretches: [Range<Instant>]
    /// Whether it still would at the end, and no saved policy is on its way to change that.
    public var lasts: Bool
  }

  /// When something happens first, over all delays that were looked at.
  public struct Moments: Hashable, Sendable {
    /// With the delays for which it comes first; nil where it never does before the end.
    public var earliest: Instant?
    /// With those for which it comes last; nil where it does not come with some.
    public var latest: Instant?
  }

  /// An app or a flow that fails without the changes and works with them.
  public struct Healed: Sendable {
    /// What it is.
    public var item: Item
    /// The first run or opening that succeeds only with the changes.
    public var firstSucceeded: Moments
    /// When a use that nobody makes would succeed.
    public var ifUsed: Outlook
    /// Runs and openings that succeed only with the changes, over all delays.
    public var gained: ClosedRange<Int>
  }

  /// The delays that an impact was looked at with.
  public struct Delays: Hashable, Sendable {
    /// The changes whose delays are open and matter, those that are asked about among them.
    public var changes: Int
    /// The combinations of their shortest and longest delays that were simulated.
    public var combinations: Int
    /// Whether these are all there are. Else there may be other moments and figures between or
    /// beyond those that are given.
    public var isComplete: Bool { changes < Int.bitWidth - 2 && combinations == 1 << changes }

    /// Some delays.
    public init(changes: Int, combinations: Int) {
      self.changes = changes
      self.combinations = combinations
    }
  }

  /// An app or a flow that crosses tenants and goes on as before.
  public struct Unaffected: Sendable {
    /// What it is.
    public var item: Item
    /// Why, in words.
    public var because: String
  }

  /// A rule without which something is affected.
  public struct NeededRule: Sendable {
    /// Whose policy needs it.
    public var tenant: TenantID
    /// Whom it names.
    public var other: TenantID
    /// What it allows.
    public var directions: Directions
    /// Connections of nothing affected that it would let through as well.
    public var alsoAllows: [ConnectionID]
  }

  /// What breaks: apps, then flows, in the order in which they were declared.
  public var affected: [Affected] = []
  /// What works again, in the same order. What breaks at other times may be among it.
  public var healed: [Healed] = []
  /// What crosses tenants and neither breaks nor heals, in the same order.
  public var unaffected: [Unaffected] = []
  /// The smallest set of rules that avoids all of it: one a pair of tenants, and none for `*`.
  public var rules: [NeededRule] = []
  /// Whether those rules, saved together with the changes, do avoid all of it. A later change of the
  /// scenario, or a full list of rules, may be in the way.
  public var rulesSuffice = true
  /// When the changes are in force: with the shortest and the longest delay.
  public var inForce: ClosedRange<Instant>
  /// The delays that all of this is about.
  public var delays: Delays
}

/// A change that the platform would refuse: the list of rules is full, or has no such rule.
public struct RefusedChange: Error, Hashable, Sendable {
  /// The row of the change.
  public var row: Int
  /// What the platform would say.
  public var message: String
}

/// What changes of isolation policies would do, from `time` to the scenario's end.
///
/// Administrators of the tenants save them at `time`, after all that the scenario does then. The
/// world in which they do is compared with the one in which they don't. With a range of delays each
/// change that matters, those of the scenario among them, has its shortest and its longest, in all
/// combinations.
public func impact(
  of changes: [PolicyChange], on scenario: Scenario, at time: Instant
) -> Result<Impact, RefusedChange> {
  let delays = ImpactDelays(scenario, changes, at: time)
  let worlds = delays.worlds(changes, at: time)
  if let refused = worlds.lazy.compactMap(\.refused).first { return .failure(refused) }
  return .success(ImpactReader(scenario, worlds).impact(of: changes, at: time, delays.extent))
}
