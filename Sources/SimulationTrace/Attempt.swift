import DiscreteEvents
import TenantIsolation

/// What somebody tried to do and was refused. Whose policy it is, or which connection, app, flow and so
/// forth, is what the record is about.
public enum Attempt: Hashable, Sendable {
  case turnIsolation(on: Bool)
  case allow(RuleSubject, Directions)
  case changeRule(RuleSubject, to: Directions)
  /// Making a rule speak of another tenant.
  case retargetRule(RuleSubject, to: RuleSubject)
  case removeRule(RuleSubject)
  case readPolicy
  /// Putting another isolation policy in the place of a tenant's own.
  case replacePolicy(as: AdminOperationID?)
  /// Making, or doing away with, a connection, an app, a flow, a data policy or an alert policy.
  case create, delete
  case open, run, save, turnOn, turnOff
  /// Adding a connection to an app.
  case add(ConnectionID)
  /// Giving somebody a part in it.
  case share(Share)
  /// Taking a part away, or all of them where none is named.
  case unshare(Recipient, ShareRole?)
  /// Making somebody else a flow's owner.
  case move(UserID)
  /// Sending somebody a copy of a flow.
  case send(UserID, as: FlowID)
  /// Putting somebody into a group, or taking them out.
  case changeGroup(GroupID, UserID, isMember: Bool)
  case requestReport(ReportID)
  case listPackages
  case install(as: AdminOperationID)
  /// Ending an operation, whether or not there is one of that name.
  case cancel(AdminOperationID)
  case turnAuditing(on: Bool)
  /// A call of the Activity API; a record's ``Record/auditRow`` has it.
  case call(FeedCall.Kind)
  /// Entering an app among those that may be shared widely.
  case register
  /// Saying whether somebody's part in an app is to go.
  case answer(Recipient, isApproved: Bool)

  /// The word for it in traces.
  public var name: StaticString {
    switch self {
    case .turnIsolation(let on): on ? "turnIsolationOn" : "turnIsolationOff"
    case .allow: "allow"
    case .changeRule: "changeRule"
    case .retargetRule: "retargetRule"
    case .removeRule: "removeRule"
    case .readPolicy: "readPolicy"
    case .replacePolicy: "replacePolicy"
    case .create: "create"
    case .delete: "delete"
    case .open: "open"
    case .run: "run"
    case .save: "save"
    case .turnOn: "turnOn"
    case .turnOff: "turnOff"
    case .add: "addConnection"
    case .share: "share"
    case .unshare: "unshare"
    case .move: "move"
    case .send: "sendCopy"
    case .changeGroup(_, _, let isMember): isMember ? "addMember" : "removeMember"
    case .requestReport: "requestReport"
    case .listPackages: "listPackages"
    case .install: "installPackage"
    case .cancel: "cancelOperation"
    case .turnAuditing(let on): on ? "turnAuditingOn" : "turnAuditingOff"
    case .call(let kind): kind.name
    case .register: "registerApp"
    case .answer(_, let isApproved): isApproved ? "approve" : "reject"
    }
  }
}

// MARK: - Fingerprint

extension Attempt {
  func combine(into hash: inout StableHash) {
    hash.combine(name)
    switch self {
    case .allow(let subject, let directions), .changeRule(let subject, let directions):
      subject.combine(into: &hash)
      hash.combine(directions.rawValue)
    case .retargetRule(let subject, let other):
      subject.combine(into: &hash)
      other.combine(into: &hash)
    case .removeRule(let subject): subject.combine(into: &hash)
    case .replacePolicy(let operation): hash.combine(operation)
    case .install(let operation), .cancel(let operation): hash.combine(operation)
    case .add(let connection): hash.combine(connection)
    case .share(let share): share.combine(into: &hash)
    case .unshare(let recipient, let role):
      recipient.combine(into: &hash)
      hash.combine(role?.name ?? "")
    case .move(let user): hash.combine(user)
    case .send(let user, let copy):
      hash.combine(user)
      hash.combine(copy)
    case .changeGroup(let group, let user, _):
      hash.combine(group)
      hash.combine(user)
    case .requestReport(let report): hash.combine(report)
    case .answer(let recipient, _): recipient.combine(into: &hash)
    case .turnIsolation, .readPolicy, .create, .delete, .open, .run, .save, .turnOn, .turnOff,
      .listPackages, .turnAuditing, .call, .register:
      break
    }
  }
}
