import SimulationTrace
import TenantIsolation

/// An administrator of whom something is known about a tenant's policy.
struct PolicyReader: Hashable {
  var user: UserID
  var tenant: TenantID
}

/// What an administrator knows of a tenant's policy.
struct PolicyKnowledge {
  /// The version that they read, or wrote as a whole; nil where they never did.
  var basis: Int?
  /// That version with their own changes since.
  var policy = IsolationPolicy()
  /// How many of their own changes they knew of.
  var ownChanges = 0

  /// Takes in an own change.
  mutating func note(_ action: Action) {
    policy.take(in: action)
    ownChanges += 1
  }

  /// The policy with what they changed from then on.
  ///
  /// - Parameter all: all that they ever changed, in order.
  func policy(withLaterOf all: [Action]) -> IsolationPolicy {
    var policy = policy
    for action in all.dropFirst(ownChanges) { policy.take(in: action) }
    return policy
  }
}

/// A policy that was asked for, to be saved when its operation succeeds.
struct PolicyRequest {
  var replacement: PolicyReplacement
  var step: Step
  /// What its author knew when asking: it is what the policy was written from.
  var known: PolicyKnowledge
}

extension IsolationPolicy {
  /// Takes in a change that was made to another version.
  fileprivate mutating func take(in action: Action) {
    switch action {
    case .turnIsolation(let on, _): isOn = on
    case .allow(let subject, let directions, _): allow(directions, for: subject)
    case .changeRule(let subject, let directions, _):
      if !change(subject, to: directions) { allow(directions, for: subject) }
    case .removeRule(let subject, _): _ = remove(subject)
    case .replacePolicy(let replacement, _): self = replacement.policy
    default: break
    }
  }
}
