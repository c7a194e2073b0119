import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// A checked scenario: the one value that goes into a simulation.
///
/// Whoever makes one vouches that every identifier is a row of its table, that the timeline's times
/// do not fall and lie in `0 ..< until`, and that expectations look no further than `until`.
public struct Scenario: Sendable {
  /// What it shows, in a line.
  public var title = ""
  /// What its audience should learn.
  public var about = ""
  /// The documented behaviours it says it shows.
  public var covers: [CoveredBehaviour] = []
  /// Where simulated time starts, in UTC.
  public var start = CivilTime(year: 2025, month: 1, day: 6) + 8 * 3_600_000
  /// Nothing happens at or after this instant.
  public var until = Instant.start
  /// The seed unless the command line gives another.
  public var seed: UInt64 = Scenario.defaultSeed
  /// The choices where the documentation leaves or contradicts itself.
  public var settings = Settings()
  /// Who and what takes part.
  public var cast = Cast()
  /// Groups of people, by name.
  public var groups: [Group] = []
  /// Who has which licence.
  public var licences = Licences()
  /// Each tenant's policy at the start, in force already; a row a tenant.
  public var policies: [IsolationPolicy] = []
  /// The scenario's lines those policies come from; 0 for a tenant without any.
  public var policyLines: [Int] = []
  /// Connections, apps and flows that exist since before the start, in file order.
  public var declarations: [Declaration] = []
  /// What happens, in file order.
  public var timeline: [Statement] = []
  /// What must come out, in file order.
  public var expectations: [Expectation] = []
  /// What its trainer tells and asks while it plays.
  public var script = Script()
  /// The same with something else happening besides, in file order.
  public var variants: [Variant] = []
  /// The connections and operations that apps and flows use, end to end; see ``UseList``.
  public var uses: [Use] = []
  /// What flows do besides using their connections.
  public var works: [FlowWork] = []
  /// The apps that may be shared widely, in file order.
  public var registeredApps: [AppID] = []

  /// A scenario with nothing in it.
  public init() {}

  /// The most time that a scenario spans, in milliseconds: ten years, leap days included.
  public static let longest: Milliseconds = 3653 * CivilTime.day

  /// The most runs that signals and people start: each is kept, unlike those that recur.
  public static let mostStartedRuns = 5_000_000

  /// The seed of a scenario that names none.
  public static let defaultSeed: UInt64 = 1

  /// The uses that a list stands for.
  public subscript(list: UseList) -> ArraySlice<Use> {
    uses[Int(list.start)..<Int(list.start) + Int(list.count)]
  }

  /// Adds uses to the table.
  public mutating func append(_ list: [Use]) -> UseList {
    defer { uses += list }
    return UseList(start: UInt32(uses.count), count: UInt32(list.count))
  }

  /// Adds a flow's work to the table.
  public mutating func append(_ work: FlowWork) -> WorkID {
    defer { works.append(work) }
    return WorkID(works.count)
  }

  /// A scenario's instant as a point of the calendar.
  public func civil(_ instant: Instant) -> CivilTime { start + instant.milliseconds }
}

/// A documented behaviour that a scenario says it shows.
public struct CoveredBehaviour: Hashable, Sendable {
  /// The behaviour's id.
  public var id: String
  /// The scenario's line.
  public var line: Int
  /// The column of the id, from 1.
  public var column: Int

  /// A behaviour named at a place.
  public init(id: String, line: Int, column: Int) {
    self.id = id
    self.line = line
    self.column = column
  }
}

/// People under one name.
public struct Group: Hashable, Sendable {
  /// The scenario's word for it.
  public var name: String
  /// Whose group.
  public var tenant: TenantID
  /// Who is in it.
  public var members: [UserID]

  /// A group.
  public init(name: String, tenant: TenantID, members: [UserID]) {
    self.name = name
    self.tenant = tenant
    self.members = members
  }
}

/// One connection that an app or a flow uses, and for what.
public struct Use: Hashable, Sendable {
  /// The connection.
  public var connection: ConnectionID
  /// The trigger or action; nil for the connector's usual one.
  public var operation: OperationID?

  /// A use.
  public init(_ connection: ConnectionID, _ operation: OperationID? = nil) {
    self.connection = connection
    self.operation = operation
  }
}

/// A run of rows of ``Scenario/uses``.
public struct UseList: Hashable, Sendable {
  /// The first row.
  public var start: UInt32
  /// The number of rows.
  public var count: UInt32

  /// No uses.
  public static let none = UseList(start: 0, count: 0)

  /// `count` rows from `start` on.
  public init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}

/// What a connection is made of.
public struct ConnectionDefinition: Hashable, Sendable {
  /// Who makes it.
  public var owner: UserID
  /// What it connects with.
  public var connector: ConnectorID
  /// The tenant in whose Power Platform it is made.
  public var creator: TenantID
  /// The tenant whose account it signs in with.
  public var signIn: TenantID
  /// Whether the account's credentials are valid.
  public var hasCredentials: Bool

  /// A connection.
  public init(
    owner: UserID, connector: ConnectorID, creator: TenantID, signIn: TenantID,
    hasCredentials: Bool = true
  ) {
    self.owner = owner
    self.connector = connector
    self.creator = creator
    self.signIn = signIn
    self.hasCredentials = hasCredentials
  }
}

/// What starts a flow.
public enum FlowTrigger: Hashable, Sendable {
  /// A recurrence. Its first run is at once where `anchor` is nil, else at the first point of the
  /// grid through `anchor` from the start on.
  case every(Milliseconds, anchor: Instant?)
  /// Something happening at a connection's data source.
  case signal(ConnectionID)
  /// A person.
  case manual

  /// The connection whose signals start the flow.
  public var connection: ConnectionID? {
    if case .signal(let connection) = self { connection } else { nil }
  }
}

/// What a flow is made of; in this order it takes the least memory, and worlds hold very many.
public struct FlowDefinition: Hashable, Sendable {
  /// Who makes it.
  public var owner: UserID
  /// Whether its connections are another flow's, of which it is a copy: nobody can turn it on.
  public var isUnconnected = false
  /// What starts it.
  public var trigger: FlowTrigger
  /// Its steps in order; a signal's connection is among them, first where not named elsewhere.
  public var uses: UseList
  /// The connections that it had when it was moved to its owner, who uses them in it and nowhere
  /// else; none where nobody moved it, or to connections of the owner's.
  public var lent = UseList.none
  /// What it does besides, a row of ``Scenario/works``; nil for most flows.
  @Optionally public var work: WorkID?

  /// A flow.
  public init(owner: UserID, trigger: FlowTrigger, uses: UseList, work: WorkID? = nil) {
    self.owner = owner
    self.trigger = trigger
    self.uses = uses
    self.work = work
  }
}

/// What a canvas app is made of.
public struct AppDefinition: Hashable, Sendable {
  /// Who makes it.
  public var owner: UserID
  /// The connections it is made with.
  public var uses: UseList

  /// An app.
  public init(owner: UserID, uses: UseList) {
    self.owner = owner
    self.uses = uses
  }
}

/// What a data policy forbids in its tenant.
public struct DataPolicy: Hashable, Sendable {
  /// Connectors nobody may use.
  public var blocked: [ConnectorID] = []
  /// Actions nobody may use, of connectors that are allowed otherwise.
  public var blockedActions: [BlockedAction] = []
  /// Connectors that must not meet others in one app or flow; nil where the policy groups none.
  public var business: [ConnectorID]?

  /// A policy that forbids nothing.
  public init() {}

  /// An action of a connector.
  public struct BlockedAction: Hashable, Sendable {
    /// The connector.
    public var connector: ConnectorID
    /// The action.
    public var operation: OperationID

    /// An action of a connector.
    public init(connector: ConnectorID, operation: OperationID) {
      self.connector = connector
      self.operation = operation
    }
  }
}

/// Something that exists since before the start. It is not judged then, only when it is used.
public struct Declaration: Hashable, Sendable {
  /// What it is.
  public enum Item: Hashable, Sendable {
    case connection(ConnectionID, ConnectionDefinition)
    case app(AppID, AppDefinition)
    case flow(FlowID, FlowDefinition)
    case share(Shareable, Share)
    /// Those who have access to the data behind a connection; all others have not.
    case dataAccess(ConnectionID, [Recipient])
  }

  /// What exists.
  public var item: Item
  /// The scenario's line.
  public var line: Int

  /// Something that exists.
  public init(_ item: Item, line: Int) {
    self.item = item
    self.line = line
  }
}

/// One `at` line.
public struct Statement: Hashable, Sendable {
  /// When.
  public var time: Instant
  /// Who; nil for a signal.
  public var actor: UserID?
  /// How the tenant of the rule is written; nil for `*` and where there is no rule.
  public var ruleNotation: TenantNotation?
  /// What.
  public var action: Action
  /// The scenario's line.
  public var line: Int
  /// How long the policy that it saves takes to be felt; nil where the settings say.
  public var delay: Delay?

  /// Something that happens.
  public init(time: Instant, actor: UserID?, action: Action, line: Int) {
    self.time = time
    self.actor = actor
    self.action = action
    self.line = line
  }
}

/// How a tenant is written.
public enum TenantNotation: UInt8, Sendable {
  /// By the scenario's own name for it.
  case name
  /// By its first domain.
  case domain
  /// By another one of its domains.
  case furtherDomain
  case identifier
}

/// What a statement does.
public enum Action: Hashable, Sendable {
  case turnIsolation(on: Bool, tenant: TenantID)
  case allow(RuleSubject, Directions, tenant: TenantID)
  case changeRule(RuleSubject, to: Directions, tenant: TenantID)
  /// The attempt to make a rule speak of another tenant; always refused.
  case retargetRule(RuleSubject, to: RuleSubject, tenant: TenantID)
  case removeRule(RuleSubject, tenant: TenantID)
  case createConnection(ConnectionID, ConnectionDefinition)
  case deleteConnection(ConnectionID)
  case createApp(AppID, AppDefinition)
  case addConnection(Use, to: AppID)
  case openApp(AppID)
  case deleteApp(AppID)
  case createFlow(FlowID, FlowDefinition)
  /// A save, with other connections where `uses` is given.
  case saveFlow(FlowID, uses: UseList?)
  case turnFlow(FlowID, on: Bool)
  case deleteFlow(FlowID)
  case runFlow(FlowID)
  case signal(ConnectionID)
  case createDataPolicy(DataPolicyID, DataPolicy, tenant: TenantID)
  case deleteDataPolicy(DataPolicyID)
  /// The name stands for whatever report comes back.
  case requestReport(ReportID, tenant: TenantID)
  case share(Shareable, Share)
  /// Every part of the recipient, or the one as a role.
  case unshare(Shareable, from: Recipient, ShareRole?)
  case sendCopy(FlowID, to: UserID, as: FlowID)
  /// A change of owner, with other connections where `uses` is given.
  case moveFlow(FlowID, to: UserID, uses: UseList?)
  case changeGroup(GroupID, UserID, isMember: Bool)
  case readPolicy(tenant: TenantID)
  case replacePolicy(PolicyReplacement, tenant: TenantID)
  case installPackage(PackagePlace, as: AdminOperationID)
  case cancelOperation(AdminOperationID)
  case listPackages(EnvironmentID)
  /// Something about the audit log.
  case audit(AuditAction)
  case registerApp(AppID)
  /// An answer to a flow that asks whether somebody's part in an app is to go.
  case answerRemoval(of: Recipient, from: AppID, isApproved: Bool)
}
