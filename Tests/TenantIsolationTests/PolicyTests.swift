import TenantIsolation
import Testing

@Suite struct PolicyTests {
  let fabrikam = RuleSubject.tenant(TenantID(1))
  let northwind = RuleSubject.tenant(TenantID(2))

  @Test("A policy starts with isolation off and an empty allowlist")
  func initial() {
    #expect(!IsolationPolicy().isOn)
    #expect(IsolationPolicy().rules.isEmpty)
  }

  @Test("Allowing adds rules in the order in which they were added")
  func allow() {
    var policy = IsolationPolicy(isOn: true)
    policy.allow(.outbound, for: northwind)
    policy.allow(.inbound, for: .every)
    policy.allow(.both, for: fabrikam)
    #expect(
      policy.rules == [Rule(northwind, .outbound), Rule(.every, .inbound), Rule(fabrikam, .both)])
  }

  @Test("Allowing again widens the rule in its place and never narrows it")
  func widening() {
    var policy = IsolationPolicy()
    policy.allow(.inbound, for: fabrikam)
    policy.allow(.outbound, for: northwind)
    policy.allow(.outbound, for: fabrikam)
    #expect(policy.rules == [Rule(fabrikam, .both), Rule(northwind, .outbound)])
    policy.allow(.inbound, for: fabrikam)
    #expect(policy.directions(for: fabrikam) == .both)
  }

  @Test("Changing a rule replaces its directions and leaves the others alone")
  func change() {
    var policy = IsolationPolicy()
    policy.allow(.both, for: fabrikam)
    policy.allow(.both, for: .every)
    let changed = policy.change(fabrikam, to: .inbound)
    #expect(changed)
    #expect(policy.rules == [Rule(fabrikam, .inbound), Rule(.every, .both)])
  }

  @Test("Removing a rule leaves the others in their order")
  func remove() {
    var policy = IsolationPolicy()
    policy.allow(.both, for: fabrikam)
    policy.allow(.inbound, for: .every)
    policy.allow(.outbound, for: northwind)
    let removed = policy.remove(.every)
    #expect(removed)
    #expect(policy.rules == [Rule(fabrikam, .both), Rule(northwind, .outbound)])
    #expect(policy.directions(for: .every) == [])
  }

  @Test("Changing or removing a rule that is not there changes nothing")
  func missing() {
    var policy = IsolationPolicy(isOn: true)
    policy.allow(.both, for: .every)
    let before = policy
    let changed = policy.change(fabrikam, to: .inbound)
    let removed = policy.remove(fabrikam)
    #expect(!changed)
    #expect(!removed)
    #expect(policy == before)
  }

  @Test("A rule for one tenant and the rule for every tenant are two rules")
  func everyIsNoTenant() {
    var policy = IsolationPolicy(isOn: true)
    policy.allow(.inbound, for: .every)
    #expect(policy.directions(for: fabrikam) == [])
    policy.allow(.outbound, for: fabrikam)
    #expect(policy.rules.count == 2)
    #expect(policy.directions(for: .every) == .inbound)
  }

  @Test("Rules are kept while isolation is off, and enforced when it is on again")
  func switching() {
    var policy = IsolationPolicy(isOn: true)
    policy.allow(.outbound, for: fabrikam)
    policy.isOn = false
    #expect(policy.ground(.outbound, for: TenantID(1)) == .outboundIsolationOff)
    policy.isOn = true
    #expect(policy.ground(.outbound, for: TenantID(1)) == .outboundRule)
    #expect(policy.ground(.inbound, for: TenantID(1)) == .inboundBlocked)
  }

  @Test("A set of directions answers for each direction by itself")
  func directions() {
    #expect(Directions.inbound.contains(Direction.inbound))
    #expect(!Directions.inbound.contains(Direction.outbound))
    #expect(Directions.outbound.contains(Direction.outbound))
    #expect(!Directions.outbound.contains(Direction.inbound))
    #expect(Direction.allCases.allSatisfy { Directions.both.contains($0) })
  }
}
