import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Cross-tenant connection reports.
extension Checker {
  mutating func setReport(_ sentence: Sentence) {
    let isSecond = choice(.value) == 1
    switch sentence {
    case .setReportStart:
      if let start = duration(.value) { scenario.settings.reports.start = start }
    case .setReportDuration:
      if let length = duration(.value) { scenario.settings.reports.duration = length }
    case .setReportWindow: setReportWindow()
    case .setReportEnding: scenario.settings.reports.ending = isSecond ? .failed : .completed
    case .setReportRepeat: scenario.settings.reports.again = isSecond ? .refused : .returned
    default: break
    }
  }

  private mutating func setReportWindow() {
    guard let window = duration(.value), let capture = capture(.value) else { return }
    guard window % CivilTime.day == 0, (1...500).contains(window / CivilTime.day) else {
      return report(
        .badWindow, capture,
        "a report goes back a number of whole days, from 1d to 500d")
    }
    scenario.settings.reports.window = window
  }

  mutating func requestReport(by actor: UserID?) -> Action? {
    let row = reportName()
    return tenant(.tenant, ofActor: actor).map { .requestReport(ReportID(row), tenant: $0) }
  }

  /// The row of the name that a report is asked for under. The same name may be used again: it then
  /// stands for what comes back this time.
  private mutating func reportName() -> Int {
    guard let capture = capture(.name) else { return 0 }
    let id = intern(capture, .report)
    if let row = names.row(id) {
      noteCreation(.report, row: row, isNew: false)
      return row
    }
    return create(.report, in: \.reports)
  }

  mutating func reportClaim(_ sentence: Sentence) -> Claim? {
    let name = row(.report, .report).map { ReportID($0) }
    switch sentence {
    case .expectReturned:
      guard let statement = judgedStatement(), let name else { return nil }
      return .returned(statement: statement, name)
    case .expectReport:
      let time = watchedInstant(.time)
      guard let name, let time else { return nil }
      return .report(name, ReportStatus.allCases[choice(.state)], at: time)
    default:
      let listing = listing(sentence)
      let time = capture(.time) == nil ? nil : watchedInstant(.time)
      guard let name, let listing, time != nil || capture(.time) == nil else { return nil }
      return .reportLists(name, listing, at: time)
    }
  }

  private mutating func listing(_ sentence: Sentence) -> ReportListing? {
    let isListed = choice(.has) == 0
    switch sentence {
    case .expectReportCount:
      return number(.count, upTo: 1_000_000_000_000).map { .count(Int($0)) }
    case .expectReportNames:
      return connection(.connection).map { .connection($0, isListed: isListed) }
    default:
      let direction = choice(.directions) == 0 ? Direction.inbound : .outbound
      return tenant(.tenant).map { .way(direction, $0, isListed: isListed) }
    }
  }
}
