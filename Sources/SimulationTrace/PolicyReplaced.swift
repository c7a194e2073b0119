import DiscreteEvents
import TenantIsolation

/// How a policy took the place of another as a whole.
///
/// Nothing is merged, and nothing tells its author that somebody else was faster: an update is lost.
public struct PolicyReplaced: Hashable, Sendable {
  /// The version that its author had last read or written as a whole, a row of ``Trace/policies``; nil
  /// for none.
  public var basis: Int?
  /// Rules that are gone with it and that its author had not seen.
  public var overlooked: [Rule] = []
  /// Rules that are back with it and whose removal its author had not seen.
  public var revived: [Rule] = []
  /// Whether it switches isolation back without its author having seen the switch.
  public var overlooksSwitch = false

  /// Whether an update is lost.
  public var losesUpdate: Bool { overlooksSwitch || !overlooked.isEmpty || !revived.isEmpty }

  /// What becomes of a policy in the place of another one.
  ///
  /// - Parameters:
  ///   - known: the policy as far as the author knew it: as read, and with changes of their own.
  ///   - basis: the row of the version that they had read; nil where they never looked.
  public init(
    of old: IsolationPolicy, by new: IsolationPolicy, knowing known: IsolationPolicy, basis: Int?
  ) {
    self.basis = basis
    overlooked = old.rules.filter { !known.allows($0) && !new.allows($0) }
    revived = new.rules.filter { known.allows($0) && !old.allows($0) }
    overlooksSwitch = old.isOn != known.isOn && old.isOn != new.isOn
  }

  func combine(into hash: inout StableHash) {
    hash.combine(basis ?? -1)
    for rule in overlooked { rule.combine(into: &hash) }
    hash.combine(byte: 0)
    for rule in revived { rule.combine(into: &hash) }
    hash.combine(overlooksSwitch)
  }
}

extension IsolationPolicy {
  /// Whether its rule about the same tenant allows as much.
  fileprivate func allows(_ rule: Rule) -> Bool {
    directions(for: rule.subject).isSuperset(of: rule.directions)
  }
}

extension PolicyVersion {
  /// Whether anybody ever said what the policy is. Where nobody did, isolation is off, and whoever
  /// reads the policy gets nothing.
  public var isConfigured: Bool { savedAt != nil || line > 0 }

  /// The switch as scenarios name it.
  public var state: IsolationState {
    policy.isOn ? .on : isConfigured ? .off : .neverConfigured
  }
}

/// What a tenant's isolation can be said to be.
public enum IsolationState: UInt8, CaseIterable, Sendable {
  case on, off
  /// Off, as nobody ever said anything about it.
  case neverConfigured

  /// The state as scenarios write it.
  public var name: StaticString {
    switch self {
    case .on: "on"
    case .off: "off"
    case .neverConfigured: "never-configured"
    }
  }

  /// Whether this is so where another is said: what was never configured is off, too.
  public func isAlso(_ other: IsolationState) -> Bool {
    self == other || (self == .neverConfigured && other == .off)
  }
}
