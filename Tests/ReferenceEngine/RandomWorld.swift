import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Scenarios drawn from a seed, in which as much as possible meets: a coarse grid of times, few
/// names for many creations, delays that end where others begin.
package struct RandomWorld {
  var random: SeededGenerator
  var scenario = Scenario()
  var connectionOwners: [UserID] = []
  var appOwners: [UserID] = []
  var flowOwners: [UserID] = []
  /// Tenants that connections lie in and sign in to, the busiest most often.
  var busyTenants: [TenantID] = []
  /// Whose each data policy is, so that those who delete it mostly may.
  var dataPolicyTenants: [TenantID] = []
  /// The triggers that flows had when they were last drawn, so that signals find somebody.
  var triggers: [FlowTrigger] = []
  /// Who is mostly asked by flows, and about what.
  var approvers: [UserID] = []
  var wideShares: [(AppID, Recipient)] = []
  /// Whether it has an audit log and what belongs to it.
  var isAudited = false
  var grid: Milliseconds = 0
  var line = 1

  static let minute: Milliseconds = 60_000
  static let hour: Milliseconds = 3_600_000

  /// The world of a seed.
  package static func scenario(seed: UInt64) -> Scenario {
    var world = RandomWorld(random: SeededGenerator(seed: seed, stream: "world"))
    world.scenario.title = "Random world \(seed)"
    world.scenario.seed = seed
    world.isAudited = world.chance(45)
    world.drawCast()
    world.drawSettings()
    world.drawPolicies()
    world.drawDeclarations()
    world.drawTimeline()
    return world.scenario
  }

  init(random: SeededGenerator) { self.random = random }

  // MARK: Dice

  mutating func upTo(_ last: Int) -> Int { Int(random.next(in: 0...Int64(last))) }
  mutating func chance(_ percent: Int) -> Bool { upTo(99) < percent }
  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[upTo(choices.count - 1)]
  }
  mutating func some<Element>(_ choices: [Element], atMost count: Int) -> [Element] {
    (0..<upTo(count)).map { _ in pick(choices) }
  }
  mutating func nextLine() -> Int {
    line += 1
    return line
  }

  // MARK: Cast and settings

  mutating func drawCast() {
    let tenants = 2 + upTo(1) * upTo(2)
    // Some worlds have so many tenants that an allowlist can be full.
    let inRulesOnly = chance(18) ? 50 : 0
    for row in 0..<tenants + inRulesOnly {
      scenario.cast.tenants.append(
        Tenant(
          name: "t\(row)", displayName: "Tenant \(row)", identifier: "id-\(row)",
          domains: ["t\(row).onmicrosoft.com"]))
    }
    for row in 0..<5 + upTo(4) {
      let home = TenantID(row < 2 * tenants ? row / 2 : upTo(tenants - 1))
      let role: Role =
        row % 2 == 0
        ? chance(8)
          ? .dynamicsAdministrator : pick([.administrator, .administrator, .globalAdministrator])
        : pick([.maker, .maker, .user])
      let guestIn = (0..<tenants).map(TenantID.init).filter { $0 != home }.filter { _ in
        chance(30)
      }
      scenario.cast.users.append(User(name: "u\(row)", role: role, home: home, guestIn: guestIn))
    }
    drawConnectors()
    let makers = scenario.cast.users.indices.filter { scenario.cast.users[$0].role != .user }
      .map(UserID.init)
    let administrators = makers.filter {
      [.administrator, .globalAdministrator].contains(scenario.cast.users[$0.row].role)
    }
    let owners = (0..<2).map { _ in
      !administrators.isEmpty && chance(isAudited ? 80 : 50) ? pick(administrators) : pick(makers)
    }
    for row in 0..<6 {
      scenario.cast.connections.append(Title(name: "c\(row)"))
      connectionOwners.append(owners[row % 2])
    }
    for row in 0..<3 {
      scenario.cast.apps.append(Title(name: "a\(row)"))
      appOwners.append(owners[row % 2])
    }
    for row in 0..<6 {
      scenario.cast.flows.append(Title(name: "f\(row)"))
      flowOwners.append(owners[row % 2])
      triggers.append(.manual)
    }
    drawGroups()
    scenario.cast.reports = (0..<2).map { Title(name: "r\($0)") }
    drawEnvironments()
    scenario.cast.adminOperations = (0..<12).map { Title(name: "op\($0)") }
    for row in 0..<3 {
      scenario.cast.dataPolicies.append(Title(name: "d\(row)"))
      dataPolicyTenants.append(scenario.cast.users[owners[row % 2].row].home)
    }
    if isAudited { drawAuditCast() }
  }

  mutating func drawEnvironments() {
    for row in 0..<3 {
      let tenant =
        row < 2 ? scenario.cast.users[flowOwners[row].row].home : drawTenant()
      scenario.cast.environments.append(
        Environment(
          name: "e\(row)", tenant: tenant, tenantIdentifier: "id-\(tenant.row)",
          hasDataverse: chance(90)))
    }
    scenario.cast.packages = ["Office365Groups", "Unheard_of", "PowerPages_Core"].map {
      PackageCatalogue.package(named: $0)
    }
  }

  mutating func drawConnectors() {
    let signIns: [SignIn] = [.entraID, .entraID, .entraID, .ownTokenService, .other]
    for (row, signIn) in signIns.enumerated() {
      // Two connectors share the name of an action. One can mail; custom ones ask.
      scenario.cast.connectors.append(
        Connector(
          name: row == 0 ? "office365-outlook" : "k\(row)", displayName: "Connector \(row)",
          signIn: signIn,
          trigger: "Trigger \(row)", action: "Action \(max(1, row))"))
    }
    let connectors = scenario.cast.connectors
    let names = connectors.map(\.trigger) + connectors.map(\.action)
    for name in names + ["Action", "Special"] where !scenario.cast.operations.contains(name) {
      scenario.cast.operations.append(name)
    }
  }

  mutating func drawSettings() {
    let minute = Self.minute
    grid = pick([5 * minute, 5 * minute, 15 * minute, 30 * minute, minute + 1])
    let delays: [ClosedRange<Milliseconds>] = [
      0...0, 60 * minute...60 * minute, grid...grid, 2 * grid...2 * grid,
      5 * minute...40 * minute, 0...60 * minute, 1...1,
    ]
    scenario.settings.propagation = pick(delays)
    scenario.settings.designTime = pick([.immediate, .immediate, .propagated])
    scenario.settings.blockedTrigger = pick([.failedRun, .triggerFailure])
    scenario.settings.dataPolicyPropagation = pick([0, 60 * minute, grid, 2 * grid])
    scenario.settings.reactivation = pick([nil, 2 * grid, 168 * Self.hour])
    scenario.settings.alwaysFailing = pick([nil, nil, 2 * grid, 3 * grid, 7 * grid, 2 * Self.hour])
    scenario.settings.edition = pick([.of2023, .of2025])
    scenario.settings.widelyShared = pick([1, 2, 20])
    scenario.settings.reports.start = pick([0, grid, 5 * minute])
    scenario.settings.reports.duration = pick([0, grid, 10 * minute])
    scenario.settings.reports.window = pick([1, 2, 7]) * 24 * Self.hour
    scenario.settings.reports.ending = pick([.completed, .completed, .completed, .failed])
    scenario.settings.reports.again = pick([.returned, .returned, .refused])
    scenario.settings.installs.course = OperationCourse(
      start: pick([0, grid, minute]), duration: pick([0, grid, 3 * grid, 12 * grid]),
      ending: pick([.succeeded, .failed]))
    scenario.settings.policyOperation.isAsynchronous = chance(50)
    scenario.settings.policyOperation.course = OperationCourse(
      start: pick([0, grid, minute]), duration: pick([0, grid, 3 * grid]),
      ending: pick([.succeeded, .succeeded, .failed]))
    if isAudited { drawAuditSettings() }
  }

  mutating func drawPolicies() {
    for _ in scenario.cast.tenants {
      var policy = IsolationPolicy(isOn: chance(40))
      if scenario.cast.tenants.count > 10, chance(90) {
        let all = scenario.cast.tenants.indices.suffix(49 + upTo(1))
        for row in all { policy.allow(drawDirections(), for: .tenant(TenantID(row))) }
      }
      for _ in 0..<upTo(2) { policy.allow(drawDirections(), for: drawSubject()) }
      scenario.policies.append(policy)
      scenario.policyLines.append(nextLine())
    }
  }

  mutating func drawDirections() -> Directions { pick([.inbound, .outbound, .both]) }

  mutating func drawSubject() -> RuleSubject {
    chance(25) ? .every : .tenant(TenantID(upTo(min(4, scenario.cast.tenants.count) - 1)))
  }

  /// A tenant that people live in.
  mutating func drawTenant() -> TenantID { pick(scenario.cast.users).home }

  /// A tenant whose policies matter to somebody.
  mutating func drawBusyTenant() -> TenantID {
    busyTenants.isEmpty || chance(10) ? drawTenant() : pick(busyTenants)
  }
}
