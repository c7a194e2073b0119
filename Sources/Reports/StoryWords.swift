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

extension Attempt {
  /// The part of the platform that it belongs to.
  ///
  /// - Parameter record: the record of its refusal.
  func part(in record: Record) -> StoryLine.Kind {
    switch self {
    case .create where record.dataPolicy != nil, .delete where record.dataPolicy != nil: .policy
    case .create where record.alertPolicy != nil, .delete where record.alertPolicy != nil: .audit
    case .turnIsolation, .allow, .changeRule, .retargetRule, .removeRule, .readPolicy,
      .replacePolicy:
      .policy
    case .open: .app
    case .run: .run
    case .requestReport: .report
    case .listPackages, .install, .cancel: .admin
    case .turnAuditing, .call: .audit
    case .answer: .mail
    case .create, .delete, .save, .turnOn, .turnOff, .add, .share, .unshare, .move, .send,
      .changeGroup, .register:
      .design
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

extension Record {
  /// The way of the connection that decided, as far as the record knows it.
  var path: Path? {
    failure?.path
      ?? tenant.flatMap { creator in signInTenant.map { Path(creator: creator, signIn: $0) } }
  }
}

extension RunVerdict {
  /// The way of the connection that failed, or else of the first that crosses.
  var path: Path? {
    subject.creator.flatMap { creator in
      subject.signIn.map { Path(creator: creator, signIn: $0) }
    }
  }
}

extension Failure {
  /// The way of the connection that failed.
  var path: Path? {
    creator.flatMap { creator in signIn.map { Path(creator: creator, signIn: $0) } }
  }
}
