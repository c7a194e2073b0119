import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Inquiry {
  /// The nearest change of one policy that turns the answer round: a rule before the switch, the
  /// switch before a data policy. Nil where no single change does.
  ///
  /// - Parameter namesOthers: whether to say what else it would allow or block, which takes longer
  ///   the more there is between the tenants.
  func flip(namesOthers: Bool) -> Account.Flip? {
    guard let edit = flippingEdit else { return nil }
    let supposing = simulation.supposing(edit, view, at: time)
    var flip = Account.Flip(
      edit: sentence(edit), tenant: edit.tenant, answer: answer(met(supposing, at: time)))
    if namesOthers { (flip.alsoAllows, flip.alsoBlocks) = others(edit, supposing) }
    return flip
  }

  /// That change itself.
  var flippingEdit: PolicyEdit? {
    let isAllowed = met(simulation, at: time)?.isAllowed ?? false
    return edits(toAllow: !isAllowed).first { edit in
      let supposing = simulation.supposing(edit, view, at: time)
      return met(supposing, at: time).map { $0.isAllowed != isAllowed } ?? false
    }
  }

  /// Every single change that could matter, the narrowest kind first.
  func edits(toAllow: Bool) -> [PolicyEdit] {
    let sides = definitions.flatMap(\.sides)
    let rules =
      toAllow
      ? Breadth.all.flatMap { breadth in sides.compactMap { wider($0, breadth) } }
      : sides.flatMap(narrower)
    let switches = sides.filter { policy(of: $0.tenant).isOn == toAllow }.map {
      PolicyEdit.isolation(on: !toAllow, $0.tenant)
    }
    return (rules + switches + dataPolicyEdits(toAllow: toAllow)).unique
  }

  /// A rule that lets a side through which is blocked.
  private func wider(_ side: Side, _ breadth: Breadth) -> PolicyEdit? {
    let policy = policy(of: side.tenant)
    let subject = breadth.isForEvery ? .every : RuleSubject.tenant(side.other)
    let listed = policy.directions(for: subject)
    let isFull = listed.isEmpty && policy.rules.count >= scenario.settings.edition.ruleLimit
    guard policy.ground(side.direction, for: side.other).isBlocking, !isFull else { return nil }
    return .rule(subject, breadth.isBothWays ? .both : listed.union(side.directions), side.tenant)
  }

  private func narrower(_ side: Side) -> [PolicyEdit] {
    let policy = policy(of: side.tenant)
    return [.tenant(side.other), .every].compactMap { (subject: RuleSubject) in
      let listed = policy.directions(for: subject)
      guard policy.isOn, listed.contains(side.direction) else { return nil }
      return .rule(subject, listed.subtracting(side.directions), side.tenant)
    }
  }

  private func dataPolicyEdits(toAllow: Bool) -> [PolicyEdit] {
    guard let tenant = dataPolicyTenant else { return [] }
    if !toAllow { return definitions.map { .block($0.connector, tenant) } }
    let policies = simulation.dataPolicies(
      of: tenant, inForce: !isDesign, at: time)
    return policies.map { .deleteDataPolicy($0.id, tenant) }
  }

  /// Whose data policies count.
  var dataPolicyTenant: TenantID? {
    switch matter {
    case .run(let flow), .saving(let flow):
      simulation.tenant(
        ofUses: connections, owner: simulation.owner(of: flow, at: time), at: time)
    case .app(let app):
      simulation.tenant(ofUses: connections, owner: simulation.owner(of: app, at: time), at: time)
    case .connection, .creation: definitions.first?.creator
    }
  }

  func policy(of tenant: TenantID) -> IsolationPolicy {
    simulation.policy(of: tenant, view, at: time).policy
  }
}

// MARK: - What else it would do

extension Inquiry {
  /// Everything else that exists and would be judged otherwise, by name.
  private func others(
    _ edit: PolicyEdit, _ supposing: Simulation
  ) -> (allowed: [String], blocked: [String]) {
    let dependents = simulation.dependents(on: edit, at: time)
    var (allowed, blocked): ([String], [String]) = ([], [])
    func compare(_ name: String, _ before: Encounter?, _ after: Encounter?) {
      guard let before, let after, before.isAllowed != after.isAllowed else { return }
      if after.isAllowed { allowed.append(name) } else { blocked.append(name) }
    }
    let own = connections
    for id in dependents.connections
    where !own.contains(id) && simulation.state(of: id, at: time) != .absent {
      compare(
        phrases.name(id), simulation.encounter(of: id, at: time),
        supposing.encounter(of: id, at: time))
    }
    for id in dependents.apps
    where matter != .app(id) && simulation.exists(id, at: time) {
      compare(
        phrases.name(id), simulation.encounter(of: id, at: time),
        supposing.encounter(of: id, at: time))
    }
    for id in dependents.flows
    where matter != .run(id) && matter != .saving(id)
      && simulation.state(of: id, at: time) != .absent
    {
      compare(
        phrases.name(id), simulation.encounter(of: id, at: time),
        supposing.encounter(of: id, at: time))
    }
    return (allowed.unique, blocked.unique)
  }
}

/// How much a new or wider rule allows. What uses several connections may need more than one way or
/// more than one tenant at once.
private struct Breadth {
  var isForEvery: Bool
  var isBothWays: Bool

  /// The narrowest first.
  static let all = [
    Breadth(isForEvery: false, isBothWays: false), Breadth(isForEvery: false, isBothWays: true),
    Breadth(isForEvery: true, isBothWays: false), Breadth(isForEvery: true, isBothWays: true),
  ]
}

/// One tenant's part in a decision.
private struct Side {
  var tenant: TenantID
  var other: TenantID
  var direction: Direction
  var directions: Directions { direction == .outbound ? .outbound : .inbound }
}

extension ConnectionDefinition {
  /// The sides that isolation asks; a connector out of its reach makes no difference here, since a
  /// change that turns nothing round is never named.
  fileprivate var sides: [Side] {
    guard creator != signIn else { return [] }
    return [
      Side(tenant: creator, other: signIn, direction: .outbound),
      Side(tenant: signIn, other: creator, direction: .inbound),
    ]
  }
}
