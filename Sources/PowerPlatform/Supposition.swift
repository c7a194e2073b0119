import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// One change of a tenant's policies, to ask what would be with it.
public enum PolicyEdit: Hashable, Sendable {
  /// Isolation turned on or off.
  case isolation(on: Bool, TenantID)
  /// A rule with these directions: added, changed, or taken away where there are none.
  case rule(RuleSubject, Directions, TenantID)
  /// A data policy deleted.
  case deleteDataPolicy(DataPolicyID, TenantID)
  /// A data policy more.
  case createDataPolicy(DataPolicyID, DataPolicy, TenantID)
  /// A data policy more, which blocks a connector.
  case block(ConnectorID, TenantID)
  /// Another isolation policy as a whole.
  case replace(IsolationPolicy, TenantID)

  /// Whose policies are changed.
  public var tenant: TenantID {
    switch self {
    case .isolation(_, let tenant), .rule(_, _, let tenant), .deleteDataPolicy(_, let tenant),
      .createDataPolicy(_, _, let tenant), .block(_, let tenant), .replace(_, let tenant):
      tenant
    }
  }

  /// Whether it is about isolation, and not about a data policy.
  public var isAboutIsolation: Bool {
    switch self {
    case .isolation, .rule, .replace: true
    case .deleteDataPolicy, .createDataPolicy, .block: false
    }
  }
}

/// What holds instead of what the logs say, whatever the instant.
struct Supposition: Sendable {
  var policies: [TenantID: IsolationPolicy] = [:]
  /// A row of the world's changes of data policies that is gone.
  fileprivate var deleted: Int?
  /// A row of them that is new.
  fileprivate var added: (tenant: TenantID, row: Int)?

  func dataPolicyRows(of tenant: TenantID, instead rows: [Int]) -> [Int] {
    rows.filter { $0 != deleted } + (added.map { $0.tenant == tenant ? [$0.row] : [] } ?? [])
  }
}

extension Simulation {
  /// The same simulation under changed policies, for questions about decisions at `time`: what it
  /// would have led to is not simulated.
  public func supposing(_ edit: PolicyEdit, _ view: PolicyView, at time: Instant) -> Simulation {
    var supposing = self
    supposing.world.suppose(edit, view, at: time)
    return supposing
  }
}

extension World {
  fileprivate mutating func suppose(_ edit: PolicyEdit, _ view: PolicyView, at time: Instant) {
    let tenant = edit.tenant
    var changed = policy(of: tenant, view, at: time)
    var supposed = supposition ?? Supposition()
    switch edit {
    case .isolation(let on, _): changed.isOn = on
    case .rule(let subject, let directions, _): changed.set(subject, to: directions)
    case .replace(let policy, _): changed = policy
    case .deleteDataPolicy(let id, _):
      supposed.deleted = dataPolicyRows(of: tenant, view, at: time).first {
        dataPolicyChanges[$0].policy == id
      }
    case .createDataPolicy(let id, let policy, _):
      supposed.added = (tenant, append(id, policy, of: tenant))
    case .block(let connector, _):
      var policy = DataPolicy()
      policy.blocked = [connector]
      supposed.added = (tenant, append(DataPolicyID(0), policy, of: tenant))
    }
    supposed.policies[tenant] = changed
    supposition = supposed
  }

  /// Keeps a data policy that nobody saved, and returns its row.
  private mutating func append(
    _ id: DataPolicyID, _ policy: DataPolicy, of tenant: TenantID
  ) -> Int {
    dataPolicyChanges.append(
      DataPolicyChange(
        id, of: tenant, to: policy, savedAt: .never, inForceAt: .never, line: 0))
    return dataPolicyChanges.count - 1
  }
}

extension IsolationPolicy {
  fileprivate mutating func set(_ subject: RuleSubject, to directions: Directions) {
    if directions.isEmpty {
      _ = remove(subject)
    } else if !change(subject, to: directions) {
      allow(directions, for: subject)
    }
  }
}
