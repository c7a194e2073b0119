/// Where a behaviour is stated: a page's section, and which of its sentences.
///
/// Sentences are counted in reading order, from 1 in each section. Notes, warnings, list items and
/// rows of tables count like sentences, and so does a picture whose description quotes a text.
public struct Source: Hashable, Sendable {
  /// The section.
  public let section: Section
  /// Which sentences.
  public let sentences: [Int]

  init(_ section: Section, _ sentences: Int...) {
    self.section = section
    self.sentences = sentences
  }
}

/// A section of a page; the raw values are anchors of our own, shorter than the headings.
public enum Section: String, CaseIterable, Sendable {
  case summary, introduction, impact
  case twoWay = "two-way"
  case allowlists
  case outboundAllowlist = "outbound-allowlist"
  case bidirectionalAllowlist = "bidirectional-allowlist"
  case configuration
  case designTime = "design-time"
  case runtime
  case knownIssues = "known-issues"
  case switchFound = "switch"
  case demonstration, rules
  case laterEdition = "changes"
  case pictures
  case runHistory = "window"

  /// The page: `cross-tenant-restrictions` in its edition of October 2023, and
  /// `tenant-isolation-blog` of May 2022, are in the catalogue sentence by sentence; of the others
  /// only what adds to them.
  public var page: String {
    switch self {
    case .summary, .introduction, .impact, .twoWay, .allowlists, .outboundAllowlist,
      .bidirectionalAllowlist, .configuration, .designTime, .runtime, .knownIssues:
      "cross-tenant-restrictions"
    case .switchFound, .demonstration, .rules: "tenant-isolation-blog"
    case .laterEdition: "cross-tenant-restrictions-2025"
    case .pictures: "tenant-isolation-pictures-2021"
    case .runHistory: "flow-run-history"
    }
  }

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
    }
  }
}
