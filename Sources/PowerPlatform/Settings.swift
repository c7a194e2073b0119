import DiscreteEvents
import SimulationTrace

/// The choices where the documentation is silent, changed over time, or contradicts itself.
public struct Settings: Hashable, Sendable {
  /// How long a saved isolation policy takes to be felt by active apps and flows, in milliseconds.
  /// Documented as "about an hour"; a range is drawn from by the seed, once for each change.
  public var propagation: ClosedRange<Milliseconds> = 3_600_000...3_600_000
  /// Which isolation policy judges makers while they design.
  public var designTime = DesignTime.immediate
  /// What a blocked trigger leaves behind.
  public var blockedTrigger = BlockedTrigger.failedRun
  /// How long a data policy takes to be felt by what exists, in milliseconds.
  public var dataPolicyPropagation: Milliseconds = 3_600_000
  /// For how long after its suspension by a data policy a flow comes back by itself once it is
  /// compliant, in milliseconds; nil for never.
  public var reactivation: Milliseconds?
  /// After how long a time of nothing but failures a flow is turned off, in milliseconds; nil for
  /// never.
  public var alwaysFailing: Milliseconds?
  /// The edition of the documentation page.
  public var edition = Edition.of2023
  /// How cross-tenant connection reports come about.
  public var reports = ReportSettings()
  /// How an isolation policy is replaced as a whole.
  public var policyOperation = PolicyOperationSettings()
  /// How installations of application packages come about.
  public var installs = InstallSettings()
  /// How the audit log and its feed come about.
  public var audit = AuditSettings()

  /// From how many people on, one by one, an app or a flow counts as widely shared; with everyone it
  /// always does.
  public var widelyShared = 20

  /// The defaults.
  public init() {}

  /// Which policy judges makers.
  public enum DesignTime: UInt8, Sendable {
    /// The saved one, at once: the documented hour speaks of active apps and flows only (assumed).
    case immediate
    /// The one in force.
    case propagated

    /// The policy that judges makers.
    public var view: PolicyView { self == .immediate ? .saved : .inForce }
  }

  /// What a blocked trigger leaves behind.
  public enum BlockedTrigger: UInt8, Sendable {
    /// A failed run, as observed in 2021.
    case failedRun
    /// A failed trigger, which a later page says is no run.
    case triggerFailure
  }

  /// An edition of the documentation page: who may set the policy, and how many rules it holds.
  public enum Edition: UInt8, CaseIterable, Sendable {
    /// Global and Power Platform administrators, at most 50 rules.
    case of2023
    /// Power Platform administrators only, at most 500 rules.
    case of2025

    /// The year, as scenarios write it.
    public var name: StaticString { self == .of2023 ? "2023" : "2025" }

    /// The most rules an allowlist holds, the one for `*` included.
    public var ruleLimit: Int { self == .of2023 ? 50 : 500 }

    /// Whether a role administers a tenant's isolation and asks for its reports.
    public func administers(_ role: Role) -> Bool {
      role == .administrator || (self == .of2023 && role == .globalAdministrator)
    }
  }
}
