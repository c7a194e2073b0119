import SimulationTrace

extension Action {
  /// What is tried, for a record of its refusal; nil for a signal, which nobody refuses.
  public var attempt: Attempt? {
    switch self {
    case .turnIsolation(let on, _): .turnIsolation(on: on)
    case .allow(let subject, let directions, _): .allow(subject, directions)
    case .changeRule(let subject, let directions, _): .changeRule(subject, to: directions)
    case .retargetRule(let subject, let other, _): .retargetRule(subject, to: other)
    case .removeRule(let subject, _): .removeRule(subject)
    case .readPolicy: .readPolicy
    case .replacePolicy(let replacement, _): .replacePolicy(as: replacement.operation)
    case .createConnection, .createApp, .createFlow, .createDataPolicy: .create
    case .deleteConnection, .deleteApp, .deleteFlow, .deleteDataPolicy: .delete
    case .openApp: .open
    case .runFlow: .run
    case .saveFlow: .save
    case .turnFlow(_, let on): on ? .turnOn : .turnOff
    case .addConnection(let use, _): .add(use.connection)
    case .signal: nil
    case .share(_, let share): .share(share)
    case .unshare(_, let recipient, let role): .unshare(recipient, role)
    case .moveFlow(_, let user, _): .move(user)
    case .sendCopy(_, let user, let copy): .send(user, as: copy)
    case .changeGroup(let group, let user, let isMember):
      .changeGroup(group, user, isMember: isMember)
    case .requestReport(let name, _): .requestReport(name)
    case .listPackages: .listPackages
    case .installPackage(_, let name): .install(as: name)
    case .cancelOperation(let name): .cancel(name)
    case .audit(let action): action.attempt
    case .registerApp: .register
    case .answerRemoval(let recipient, _, let isApproved):
      .answer(recipient, isApproved: isApproved)
    }
  }
}

extension AuditAction {
  fileprivate var attempt: Attempt {
    switch self {
    case .turnAuditing(let on, _): .turnAuditing(on: on)
    case .createAlertPolicy: .create
    case .deleteAlertPolicy: .delete
    case .feed(_, let request): .call(request.kind)
    }
  }
}

extension FeedRequest {
  /// Which call it is.
  fileprivate var kind: FeedCall.Kind {
    switch self {
    case .start: .start
    case .stop: .stop
    case .listSubscriptions: .listSubscriptions
    case .list, .listNext: .listContent
    case .fetchPage, .fetchBlob: .fetchContent
    }
  }
}
