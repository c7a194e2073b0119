import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Isolation policies: saved at once, in force one propagation delay later.

extension Simulator {
  mutating func changePolicy(_ step: Step) {
    switch step.statement.action {
    case .turnIsolation(let on, let tenant):
      changePolicy(of: tenant, step) { policy, _ in
        policy.isOn = on
        return nil
      }
    case .allow(let subject, let directions, let tenant):
      changePolicy(of: tenant, step) { policy, limit in
        if policy.directions(for: subject).isEmpty, policy.rules.count >= limit {
          return .ruleLimit
        }
        policy.allow(directions, for: subject)
        return nil
      }
    case .changeRule(let subject, let directions, let tenant):
      changePolicy(of: tenant, step) { policy, _ in
        policy.change(subject, to: directions) ? nil : .ruleMissing
      }
    case .retargetRule(_, _, let tenant):
      changePolicy(of: tenant, step) { _, _ in .ruleTenantFixed }
    case .removeRule(let subject, let tenant):
      changePolicy(of: tenant, step) { policy, _ in policy.remove(subject) ? nil : .ruleMissing }
    default: break
    }
  }

  /// Saves what `edit` makes of a tenant's policy, unless the actor may not or `edit` gives a cause
  /// against it. `edit` is told how many rules the allowlist holds at most.
  private mutating func changePolicy(
    of tenant: TenantID, _ step: Step, edit: (inout IsolationPolicy, Int) -> Cause?
  ) {
    let edition = scenario.settings.edition
    guard administersIsolation(step, of: tenant) else {
      return refuse(step, .notAdministrator) { $0.tenant = tenant }
    }
    var policy = world.policy(of: tenant, .saved, at: clock)
    if let cause = edit(&policy, edition.ruleLimit) {
      return refuse(step, cause) {
        $0.tenant = tenant
        if cause == .ruleLimit { $0.failure?.limit = Int32(clamping: edition.ruleLimit) }
      }
    }
    conclude(step, with: save(policy, of: tenant, step))
  }

  /// Whether the actor sets isolation for a tenant, and asks for its reports.
  func administersIsolation(_ step: Step, of tenant: TenantID) -> Bool {
    guard let actor = step.actor else { return false }
    let user = world.cast.users[actor.row]
    return user.home == tenant && scenario.settings.edition.administers(user.role)
  }

  /// Saves a policy, and says so in a record that is still to be kept.
  ///
  /// - Parameter replacement: how it takes the place of the one before as a whole; nil for a change.
  mutating func save(
    _ policy: IsolationPolicy, of tenant: TenantID, _ step: Step,
    _ replacement: PolicyReplaced? = nil
  ) -> Record {
    let version = world.policies.count
    let delay = step.statement.delay ?? Delay(delays.nextDelay(in: scenario.settings.propagation))
    let inForceAt = nextInForce(of: tenant, after: delay)
    // What is last at its instant is felt by everything one millisecond later, and time has no
    // smaller steps.
    let alone = clock + delay.length + (delay.isLast ? 1 : 0)
    let feltAt = max(alone, feltFrom[tenant.row])
    feltFrom[tenant.row] = feltAt
    var saved = PolicyVersion(
      tenant: tenant, policy: policy, savedAt: clock, inForceAt: inForceAt, line: step.line)
    saved.isLast = feltAt > inForceAt
    saved.replacement = replacement
    world.policies.append(saved)
    noteOwnChange(of: tenant, to: version, step)
    world.saved.append(version, of: tenant.row, at: clock)
    queue.schedule(.policyInForce(version), at: feltAt, rank: .platform)
    var record = record(.policySaved, step, .saved)
    record.tenant = tenant
    record.policy = version
    return record
  }

  /// When a change saved now comes into force: one delay later, and never before an earlier change
  /// of the same tenant.
  private func nextInForce(of tenant: TenantID, after delay: Delay) -> Instant {
    let earlier = world.saved.current(tenant.row).map { world.policies[$0].inForceAt }
    return max(clock + delay.length, earlier ?? .start)
  }

  mutating func bringIntoForce(_ version: Int) {
    let policy = world.policies[version]
    world.inForce.append(version, of: policy.tenant.row, at: clock)
    var record = Record(.policyInForce, at: clock, line: policy.line)
    record.tenant = policy.tenant
    record.policy = version
    events.append(record)
  }
}
