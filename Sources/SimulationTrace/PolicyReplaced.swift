import DiscreteEvents
import TenantIsolation

/// How a policy took the place of another as a whole.
///
/// Nothing is merged, and nothing tells its author that somebody else was faster: an update is lost.
public struct PolicyReplaced: Hashable, Sendable {
  /// The version that its author had last read or written as a whole when asking for it, a row of
  /// ``Trace/policies``; nil for none.
  public var basis: Int?
  /// When its author had asked for it; nil where it was saved at once.
  public var askedAt: Instant?
  /// What others had done and its author had not seen.
  public var lost: UndoneChanges
  /// What its author had done since asking for it.
  public var ownUndone: UndoneChanges

  /// Whether an update of somebody else's is lost.
  public var losesUpdate: Bool { !lost.isEmpty }

  /// What becomes of a policy in the place of another one.
  ///
  /// - Parameters:
  ///   - known: the policy as far as the author knew it when asking: as read, and with changes of
  ///     their own.
  ///   - since: the same with what they have changed since then.
  ///   - basis: the row of the version that they had read; nil where they never looked.
  ///   - askedAt: when they asked for it; nil where it is saved at once.
  public init(
    of old: IsolationPolicy, by new: IsolationPolicy, knowing known: IsolationPolicy,
    since: IsolationPolicy, basis: Int?, askedAt: Instant?
  ) {
    self.basis = basis
    self.askedAt = askedAt
    let gone = old.rules.without(new).without(known)
    let back = new.rules.without(old).within(known)
    let isSwitched = old.isOn != new.isOn && old.isOn != known.isOn
    let isOwnSwitch = isSwitched && since.isOn == old.isOn
    lost = UndoneChanges(
      gone: gone.without(since), back: back.within(since),
      isSwitched: isSwitched && !isOwnSwitch)
    ownUndone = UndoneChanges(
      gone: gone.within(since), back: back.without(since), isSwitched: isOwnSwitch)
  }

  func combine(into hash: inout StableHash) {
    hash.combine(basis ?? -1)
    hash.combine(askedAt?.milliseconds ?? -1)
    lost.combine(into: &hash)
    ownUndone.combine(into: &hash)
  }
}

/// Changes of a policy that an older one undoes; each rule with the directions that it is about.
public struct UndoneChanges: Hashable, Sendable {
  /// What was allowed and is so no more.
  public var gone: [Rule] = []
  /// What was taken away and is allowed again.
  public var back: [Rule] = []
  /// Whether isolation was switched and is as it was before.
  public var isSwitched = false

  /// Changes; none unless said otherwise.
  public init(gone: [Rule] = [], back: [Rule] = [], isSwitched: Bool = false) {
    self.gone = gone
    self.back = back
    self.isSwitched = isSwitched
  }

  /// Whether nothing is undone.
  public var isEmpty: Bool { gone.isEmpty && back.isEmpty && !isSwitched }

  func combine(into hash: inout StableHash) {
    for rules in [gone, back] {
      hash.combine(rules.count)
      for rule in rules { rule.combine(into: &hash) }
    }
    hash.combine(isSwitched)
  }
}

extension [Rule] {
  /// What a policy's rules about the same tenants allow, too.
  fileprivate func within(_ policy: IsolationPolicy) -> [Rule] {
    narrowed { $0.directions.intersection(policy.directions(for: $0.subject)) }
  }

  /// What a policy's rules about the same tenants do not allow.
  fileprivate func without(_ policy: IsolationPolicy) -> [Rule] {
    narrowed { $0.directions.subtracting(policy.directions(for: $0.subject)) }
  }

  private func narrowed(to directions: (Rule) -> Directions) -> [Rule] {
    map { Rule($0.subject, directions($0)) }.filter { !$0.directions.isEmpty }
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
