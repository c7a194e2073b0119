import DiscreteEvents
import SimulationTrace

/// The choices about the audit log and its feed where the documentation gives ranges or nothing.
public struct AuditSettings: Hashable, Sendable {
  /// How long after its creation a record is available, in milliseconds: drawn by the seed for each
  /// record.
  public var delay: ClosedRange<Milliseconds> = 3_600_000...5_400_000
  /// Whether policy changes and blocked connections are recorded too; no event of theirs is
  /// documented.
  public var recordsIsolation = false
  /// How long after its first start a subscription has no content, in milliseconds. Documented as
  /// up to 12 hours.
  public var firstContent: Milliseconds = 0
  /// How long a subscription that was stopped can't be started anew after a start, in milliseconds.
  public var restart: Milliseconds = 900_000
  /// How many hundredths of the records come twice.
  public var duplicates = 0
  /// How much later than its record's availability content is created at most, in milliseconds.
  public var disorder: Milliseconds = 0
  /// The most pieces of content in a page.
  public var pageSize = 100
  /// The most calls of a tenant in a minute.
  public var requestLimit = 2000
  /// What more than 24 hours at once get.
  public var longWindow = LongWindow.refused
  /// Whether custom connectors ask for a premium licence.
  public var checksLicences = false

  /// The defaults.
  public init() {}

  /// What a list of more than 24 hours gets.
  public enum LongWindow: UInt8, Sendable {
    /// An error, as the table of errors says.
    case refused
    /// The first 24 hours: the documentation warns of partial results.
    case partial
  }

  /// How long a record is kept: documented as 90 days for those made before 2023-10-17, as 180 days
  /// since, as a year with E5.
  public static func retention(of created: CivilTime, hasE5: Bool) -> Milliseconds {
    if hasE5 { return 365 * CivilTime.day }
    let change = CivilTime(year: 2023, month: 10, day: 17)
    return (created < change ? 90 : 180) * CivilTime.day
  }
}

extension AuditSettings {
  /// The settings that the log and its feed relied on, each with its reason.
  func reasons(_ kinds: Set<RecordKind>) -> [String] {
    var lines: [String] = []
    if kinds.contains(.auditRecorded) {
      lines += [
        "audit-delay \(rangeText(delay)): no time is promised; core services typically take so long",
        "audit-isolation \(recordsIsolation ? "on" : "off"): "
          + "no event about isolation is documented; one would be assumed",
      ]
    }
    guard !kinds.isDisjoint(with: Self.feedKinds) else { return lines }
    return lines + [
      "feed-first-content \(durationText(firstContent)): "
        + "documented as up to 12 hours after the first start",
      "feed-restart \(durationText(restart)): between starts of a subscription",
      "feed-duplicates \(duplicates): hundredths of the records come twice; that some may is documented",
      "feed-disorder \(durationText(disorder)): content need not be in the order of events",
      "feed-page-size \(pageSize): the number in a page is documented nowhere",
      "feed-request-limit \(requestLimit): calls of a tenant in a minute, to begin with; each page and "
        + "each piece of content is one",
      "feed-long-window \(longWindow == .refused ? "refused" : "partial"): "
        + "more than 24 hours at once may get partial results, says one sentence, an error the other",
      "feed-licences \(checksLicences ? "checked" : "unchecked"): "
        + "custom connectors need a premium licence",
    ]
  }

  private static let feedKinds: Set<RecordKind> = [
    .subscriptionChanged, .subscriptionsListed, .contentListed, .contentFetched,
  ]

  /// What is assumed where the log or its feed is used.
  static func assumptions(_ kinds: Set<RecordKind>) -> [String] {
    var lines: [String] = []
    if kinds.contains(.auditingOn) {
      lines += [
        "auditing begins and ends the moment that somebody switches it",
        "administrators of the Power Platform switch auditing and make alert policies",
        "turning a flow on or off is recorded as an edit; deleting a connection is not recorded",
      ]
    }
    if kinds.contains(.alertRaised) {
      lines.append(
        "an alert is sent when its record becomes available, if its policy is there then")
    }
    if kinds.contains(.auditRecorded), !kinds.isDisjoint(with: feedKinds) {
      lines += [
        "a record becomes available for searches, alerts and content at one instant",
        "a piece of content holds one record",
        "content from before a stop can be had again once its subscription is started anew",
      ]
    }
    return lines
  }
}
