import SimulationTrace
import TenantIsolation

extension RecordKind {
  /// The part of the platform that a record belongs to.
  var part: StoryLine.Kind {
    switch self {
    case .policySaved, .policyInForce, .dataPolicySaved, .dataPolicyInForce, .connectionDisabled,
      .connectionEnabled, .policyRead, .operationChanged:
      .policy
    case .appOpened: .app
    case .flowRun, .flowTriggerFailed, .flowNotStarted: .run
    case .reportRequested, .reportChanged: .report
    case .packagesListed, .packageChanged: .admin
    case .mailSent, .approvalRequested, .approvalAnswered: .mail
    case .auditingOn, .auditingOff, .auditRecorded, .auditAvailable, .alertPolicySaved,
      .alertRaised, .subscriptionChanged, .subscriptionsListed, .contentListed, .contentFetched:
      .audit
    default: .design
    }
  }
}

extension Record {
  /// The part of the platform that it belongs to.
  var part: StoryLine.Kind {
    if let attempt { return attempt.part(in: self) }
    return kind == .operationChanged && environment != nil ? .admin : kind.part
  }

  var mark: Mark {
    switch kind {
    case .policySaved, .dataPolicySaved: .saved
    case .policyInForce, .dataPolicyInForce: .inForce
    case .flowNotStarted, .connectionDisabled: .paused
    case .connectionDeleted, .appDeleted, .flowDeleted, .flowOff: .plain
    case .shareChanged where share?.isWide == true: .remark
    case .shareChanged, .groupChanged, .flowCopied: .plain
    case .reportRequested: isCreation ? .saved : .plain
    case .reportChanged: report?.status.mark ?? .plain
    case .policyRead: .plain
    case .operationChanged: operation?.status.mark ?? .plain
    case .packageChanged: package?.state.mark ?? .plain
    case .packagesListed: .plain
    case .auditingOn, .alertPolicySaved, .appRegistered: .saved
    case .approvalRequested: .remark
    case .approvalAnswered: failure == nil ? .saved : .bad
    case .auditingOff, .auditRecorded, .auditAvailable, .subscriptionsListed: .plain
    case .alertRaised: .good
    default: outcome?.mark ?? .good
    }
  }

  /// How it ended, in a word or two.
  var verdict: String {
    switch kind {
    case .policyInForce, .dataPolicyInForce: "in force"
    case .connectionDisabled: "disabled"
    case .flowNotStarted: "lost"
    case .policyRead: "read"
    case .operationChanged: operation.map { "\($0.status.name)" } ?? ""
    case .reportRequested where !isCreation: "returned"
    case .packageChanged: package.map { "\($0.state.name)" } ?? ""
    case .packagesListed: ""
    case .mailSent: "sent"
    case .approvalRequested: "pending"
    case .auditRecorded, .auditAvailable, .alertRaised: kind.verdict
    case .reportRequested, .reportChanged: report.map { "\($0.status.name)" } ?? ""
    default: outcome.map { $0.words + ($0.mark == .good ? grounds.enforcement : "") } ?? ""
    }
  }
}

extension Grounds {
  /// `, not enforced` where something crosses from tenant to tenant and isolation does not look.
  ///
  /// A word for people: the outcome is still the one that the trace names.
  var enforcement: String {
    var isOutOfReach = false
    for ground in self {
      switch ground {
      case .notEntraID, .ownTokenService: isOutOfReach = true
      case .sameTenant, .guestInHostTenant: break
      default: return ""
      }
    }
    return isOutOfReach ? ", not enforced" : ""
  }
}

extension Surface {
  /// Where a person reads an error.
  var reader: String {
    switch self {
    case .connectionCreation: "the connection card says"
    case .appDesign: "Power Apps says"
    case .flowDesign: "Power Automate says"
    case .run: "the run's details say"
    case .appData: "the app's data call says"
    case .request: "the answer is"
    }
  }
}

extension Title {
  /// The name as lines have room for it.
  func shortName(_ style: Style) -> String { style.cut(printable(name), to: style.nameWidth) }
}

extension Style {
  /// Names in sentences are no wider.
  var nameWidth: Int { min(32, width / 3) }
}

extension Cast {
  /// `contoso -> fabrikam`; both tenants lose as much of their names as must be.
  func words(_ path: Path, _ style: Style) -> String {
    let (creator, signIn) = (name(path.creator), name(path.signIn))
    let most = style.width / 3
    if path.creator == path.signIn { return style.cut("within \(creator)", to: most) }
    let room = most - displayWidth(style.arrow) - 2
    let creatorWidth = max(room - displayWidth(signIn), room / 2)
    let left = style.cut(creator, to: creatorWidth)
    return "\(left) \(style.arrow) \(style.cut(signIn, to: room - displayWidth(left)))"
  }

  private func name(_ tenant: TenantID) -> String { printable(tenants[tenant.row].name) }
}

extension Counts {
  /// `8 runs succeeded, 2 failed; 14 records`.
  var words: String {
    var parts = ["\(counted(runsSucceeded, "run")) succeeded", "\(runsFailed) failed"]
    if triggersFailed > 0 { parts.append("\(counted(triggersFailed, "trigger")) failed") }
    if blocked > 0 { parts.append("\(blocked) blocked") }
    if suspended > 0 { parts.append("\(counted(suspended, "flow")) suspended") }
    if refused > 0 { parts.append("\(counted(refused, "request")) refused") }
    return parts.joined(separator: ", ") + "; \(counted(records, "record"))"
  }
}
