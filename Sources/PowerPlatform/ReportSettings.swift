import DiscreteEvents
import SimulationTrace

/// The choices about cross-tenant connection reports, of which little is documented.
public struct ReportSettings: Hashable, Sendable {
  /// How long a request waits until work on it begins, in milliseconds.
  public var start: Milliseconds = 300_000
  /// How long the work takes, in milliseconds.
  public var duration: Milliseconds = 600_000
  /// How far a report goes back from its day, in milliseconds: whole days.
  public var window: Milliseconds = 7 * CivilTime.day
  /// How the work ends: completed or failed.
  public var ending = ReportStatus.completed
  /// What a second request in a calendar day gets.
  public var again = Again.returned

  /// The defaults.
  public init() {}

  /// What a second request in a calendar day gets.
  public enum Again: UInt8, Sendable {
    /// The report of the day: the interface creates a report or gives back the one that exists.
    case returned
    /// A refusal: a note says that one report can be created in a day.
    case refused
  }
}

extension ReportSettings {
  /// The settings that reports relied on, each with its reason.
  func reasons(_ kinds: Set<RecordKind>, _ edition: Settings.Edition) -> [String] {
    guard kinds.contains(.reportRequested) else { return [] }
    let names = edition == .of2023 ? "and name no connections" : "and name connections"
    let who =
      edition == .of2023
      ? "Global and Power Platform administrators ask for reports, these list tenants \(names)"
      : "Power Platform administrators ask for reports, these list tenants \(names)"
    return [
      "report-start \(durationText(start)): how long a report stays Received is documented nowhere",
      "report-duration \(durationText(duration)): how long a report takes is documented nowhere",
      "report-window \(durationText(window)): seven days were seen once, in 2026",
      "report-ending \(ending.name): why a report would fail is documented nowhere",
      "report-repeat \(again == .returned ? "returned" : "refused"): "
        + "one a calendar day; asked again, the interface gives back the one that exists",
      "edition \(edition.name): \(who)",
    ]
  }

  /// What is assumed wherever a report is asked for.
  static let assumptions = [
    "a report's calendar day is one of UTC; what happens on it counts up to the request",
    "a report that failed stays the only one of its day",
    "a report lists what isolation evaluates: connectors that sign in with Entra ID, across tenants",
    "a run uses its connections up to the step that fails; all of them where what it lacks is a "
      + "connection to ask or to mail with",
  ]
}
