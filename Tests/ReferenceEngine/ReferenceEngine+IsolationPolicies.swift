import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension ReferenceEngine {
  mutating func changePolicy(_ statement: Statement) {
    let tenant: TenantID
    switch statement.action {
    case .turnIsolation(_, let owner), .allow(_, _, let owner), .changeRule(_, _, let owner),
      .retargetRule(_, _, let owner), .removeRule(_, let owner):
      tenant = owner
    default: return
    }
    let edition = scenario.settings.edition
    guard administersIsolation(statement, tenant) else {
      return refuse(statement, .notAdministrator) { $0.tenant = tenant }
    }
    var policy = saved[tenant].map { trace.policies[$0].policy } ?? IsolationPolicy()
    let subjects = policy.rules.map(\.subject)
    switch statement.action {
    case .turnIsolation(let on, _): policy.isOn = on
    case .allow(let subject, let directions, _):
      let limit = edition == .of2023 ? 50 : 500
      guard subjects.contains(subject) || subjects.count < limit else {
        return refuse(statement, .ruleLimit, limit: limit) { $0.tenant = tenant }
      }
      policy.allow(directions, for: subject)
    case .changeRule(let subject, _, _), .removeRule(let subject, _):
      guard subjects.contains(subject) else {
        return refuse(statement, .ruleMissing) { $0.tenant = tenant }
      }
      if case .changeRule(_, let directions, _) = statement.action {
        _ = policy.change(subject, to: directions)
      } else {
        _ = policy.remove(subject)
      }
    default: return refuse(statement, .ruleTenantFixed) { $0.tenant = tenant }
    }
    save(policy, tenant, statement)
    learnOwnChange(tenant, statement)
  }

  mutating func save(
    _ policy: IsolationPolicy, _ tenant: TenantID, _ statement: Statement
  ) {
    let delay = statement.delay ?? Delay(delays.draw(scenario.settings.propagation))
    let earlier = trace.policies.filter { $0.tenant == tenant }.map(\.inForceAt).max() ?? .start
    let version = trace.policies.count
    trace.policies.append(
      PolicyVersion(
        tenant: tenant, policy: policy, savedAt: clock,
        inForceAt: max(clock + delay.length, earlier), line: statement.line))
    saved[tenant] = version
    // Behind all else of an instant is before all else of the next one.
    let felt = max(clock + delay.length + (delay.isLast ? 1 : 0), feltFrom[tenant] ?? .start)
    feltFrom[tenant] = felt
    trace.policies[version].isLast = felt > trace.policies[version].inForceAt
    pending.append((felt, .isolation(version: version)))
    note(.policySaved, statement, .saved) {
      $0.tenant = tenant
      $0.policy = version
    }
  }
}
