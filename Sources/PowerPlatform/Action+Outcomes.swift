import SimulationTrace

extension Action {
  /// How it may end, the best first.
  public var outcomes: [Outcome] {
    switch self {
    case .turnIsolation, .allow, .changeRule, .retargetRule, .removeRule, .createDataPolicy,
      .deleteDataPolicy, .deleteConnection, .deleteApp, .deleteFlow, .createApp, .share, .unshare,
      .sendCopy, .changeGroup:
      [.saved, .refused]
    case .createConnection, .openApp: [.allowed, .blocked, .refused]
    case .addConnection: [.added, .notAdded, .refused]
    case .createFlow, .saveFlow, .turnFlow, .moveFlow: [.saved, .suspended, .refused]
    case .runFlow: [.succeeded, .failed, .refused]
    case .replacePolicy: [.saved, .allowed, .refused]
    case .installPackage, .listPackages: [.allowed, .refused]
    case .cancelOperation, .registerApp, .answerRemoval(_, _, isApproved: false):
      [.saved, .refused]
    case .answerRemoval: [.succeeded, .failed, .refused]
    case .requestReport, .readPolicy, .audit(.feed): [.succeeded, .refused]
    case .audit: [.saved, .refused]
    case .signal: [.succeeded, .failed]
    }
  }
}
