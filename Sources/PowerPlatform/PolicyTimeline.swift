import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// Which of a tenant's two policies somebody is judged by.
public enum PolicyView: Sendable {
  /// The one that administrators see.
  case saved
  /// The one that active apps and flows are judged by.
  case inForce
}

/// Which version of each tenant's isolation policy holds when, and what the versions of two tenants
/// together say to connections that ask alike: a change leaves a decision only where it leads to
/// another one, so that whoever waits for that needn't look at the others.
struct PolicyTimeline: Sendable {
  /// By tenant, rows of the world's policies.
  private(set) var versions: ChangeLog<Int>
  private var decisions = ChangeLog<Decision>(subjects: 0)
  private var classes: [ConnectionRequest: Int] = [:]
  private var requests: [ConnectionRequest] = []
  /// The classes that a tenant's policy has a say about.
  private var classesOfTenant: [[Int]]

  init(tenants: Int) {
    versions = ChangeLog(subjects: tenants)
    classesOfTenant = Array(repeating: [], count: tenants)
  }

  /// Notes that a row of `policies` holds from now on.
  mutating func append(_ version: Int, of policies: [PolicyVersion], at time: Instant) {
    let tenant = policies[version].tenant.row
    versions.append(version, of: tenant, at: time)
    for row in classesOfTenant[tenant] {
      let decision = decide(requests[row], policies)
      if decision != decisions.current(row) { decisions.append(decision, of: row, at: time) }
    }
  }

  /// Follows, from now on, what is said to such connections.
  mutating func follow(_ request: ConnectionRequest, _ policies: [PolicyVersion], at time: Instant)
  {
    guard classes[request] == nil else { return }
    let row = requests.count
    classes[request] = row
    requests.append(request)
    classesOfTenant[request.creator.row].append(row)
    if request.signIn != request.creator { classesOfTenant[request.signIn.row].append(row) }
    decisions.addSubject()
    decisions.append(decide(request, policies), of: row, at: time)
  }

  private func decide(_ request: ConnectionRequest, _ policies: [PolicyVersion]) -> Decision {
    func policy(_ tenant: TenantID) -> IsolationPolicy {
      policies[versions.current(tenant.row) ?? tenant.row].policy
    }
    return TenantIsolation.decide(
      request, creatorPolicy: policy(request.creator), signInPolicy: policy(request.signIn))
  }

  /// When another decision holds for connections that have been followed; nil where it stays.
  func nextDecision(about request: ConnectionRequest, after time: Instant) -> Instant? {
    classes[request].flatMap { decisions.nextChange(of: $0, after: time) }
  }

  /// Calls `body` with the instants of such decisions, the latest first, until it returns false.
  func forEachDecisionBackwards(about request: ConnectionRequest, _ body: (Instant) -> Bool) {
    guard let row = classes[request] else { return }
    decisions.forEachBackwards(row) { body($0.time) }
  }
}
