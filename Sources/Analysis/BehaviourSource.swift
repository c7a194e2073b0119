import SimulationTrace

/// Where a behaviour is stated: a page's section, and which of its sentences.
///
/// Sentences are counted in reading order, from 1 in each section. Notes, warnings, list items and
/// rows of tables count like sentences, and so does a picture whose description quotes a text.
public struct Source: Hashable, Sendable {
  /// The section.
  public let section: DocumentedSection
  /// Which sentences.
  public let sentences: [Int]

  init(_ section: DocumentedSection, _ sentences: Int...) {
    self.section = section
    self.sentences = sentences
  }
}

extension DocumentedSection {
  /// The number of sentences, each of which is in the catalogue.
  public var sentences: Int {
    switch self {
    case .summary: 2
    case .introduction: 20
    case .impact: 5
    case .twoWay: 12
    case .allowlists: 1
    case .outboundAllowlist: 9
    case .bidirectionalAllowlist: 5
    case .configuration: 17
    case .designTime: 7
    case .runtime: 9
    case .knownIssues: 3
    case .switchFound: 8
    case .demonstration: 14
    case .rules: 4
    case .laterEdition: 2
    case .pictures: 5
    case .runHistory: 1
    case .reportIntroduction: 11
    case .reportAuthentication: 3
    case .reportCreation: 5
    case .reportList: 3
    case .reportFetch: 3
    case .reportReference: 5
    case .reportOtherEditions: 4
    case .reportSample: 1
    case .packageIntroduction: 11
    case .packageAuthentication: 20
    case .packageList: 4
    case .packageInstallation: 5
    case .packagePoll: 6
    case .packageVerification: 4
    case .packageReference: 6
    case .widelyShared: 12
    case .teamFlows: 3
    case .auditIntroduction: 8
    case .alertPolicies: 8
    case .alertFlow: 9
    case .appRegistration: 21
    case .customConnector: 21
    case .subscription: 10
    case .auditActivities: 6
    case .activityAPI: 14
    case .activityAPIMet: 2
    case .sharingDigest: 6
    case .sharingApproval: 4
    case .policyObject: 10
    }
  }
}
