import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Checker {
  /// Start and end come first, wherever in the header they stand: all other times rest on them.
  mutating func readClock() {
    defer { row = 0 }
    if let start = first(.start), let capture = capture(.time) {
      row = start
      if let written = writtenTime(capture) {
        scenario.start = written.resolved(from: scenario.start)
      } else {
        isClockWrong = true
      }
    }
    if first(.until) != nil, let capture = capture(.time) { readUntil(capture) }
    latest = .start
    let hasWrongClock = document.statements.indices.contains { isWrongClock($0) }
    if hasWrongClock { isClockWrong = true }
  }

  private mutating func readUntil(_ capture: Document.Capture) {
    guard let written = writtenTime(capture) else { return isClockWrong = true }
    let end = written.resolved(from: scenario.start).milliseconds - scenario.start.milliseconds
    until = Instant(end)
    guard !isClockWrong else { return }
    if end <= 0 {
      report(
        .emptyHorizon, capture,
        "the scenario ends before it begins, at \(scenario.start.text)")
      isClockWrong = true
    } else if end > Scenario.longest {
      report(.longHorizon, capture, "a scenario lasts at most ten years")
      isClockWrong = true
    }
  }

  /// Goes to the first statement with this sentence before the first `at`.
  private mutating func first(_ sentence: Sentence) -> Int? {
    for index in files[file].document.statements.indices {
      guard let meaning = files[file].document.meaning(of: index) else { continue }
      if meaning.section == .timeline { return nil }
      if meaning.sentence == sentence {
        row = index
        return index
      }
    }
    return nil
  }

  /// Whether a line without a form was meant to set start or end.
  private func isWrongClock(_ index: Int) -> Bool {
    guard files[file].document.statements[index].form == nil,
      let first = document.tokens(of: index).first
    else { return false }
    return ["start", "until"].contains(Grammar.scenarios.literals[document.tokens[first].literal])
  }

  mutating func header(_ sentence: Sentence) {
    guard sentence == .covers || sentence == .use || isFirst(.sentence(sentence.key)) else {
      return
    }
    if Section.header.isSetting(sentence) { return setting(sentence) }
    switch sentence {
    case .use: use()
    case .covers: covers()
    case .scenario where isRoot: scenario.title = text(.title) ?? ""
    case .about where isRoot: scenario.about = text(.text) ?? ""
    case .seed where isRoot: if let seed = number(.seed, upTo: .max) { scenario.seed = seed }
    default: break
    }
  }

  /// What a used file shows is its own affair, but its ids are checked like all others.
  private mutating func covers() {
    for capture in captures(.behaviours) {
      let id = word(capture)
      if let behaviours, !behaviours.contains(id) {
        report(
          .unknownBehaviour, capture, "the catalogue has no behaviour \"\(shown(capture))\"",
          suggestion: nearest(to: id, among: behaviours))
      } else if isRoot, !scenario.covers.contains(where: { $0.id == id }) {
        let place = Place(
          document.origin(of: capture.range), in: document.source.bytes,
          from: document.hint(of: row))
        scenario.covers.append(CoveredBehaviour(id: id, line: place.line, column: place.column))
      }
    }
  }

  /// Whether something is said for the first time in this file.
  mutating func isFirst(_ saying: Saying) -> Bool {
    if let earlier = files[file].said[saying] {
      report(
        .repeatedKey, opening, "this is said already, line \(earlier)",
        related: Origin(file: Int32(truncatingIfNeeded: file), line: earlier))
      return false
    }
    files[file].said[saying] = line
    return true
  }

  private mutating func setting(_ sentence: Sentence) {
    let depth = files[file].depth
    let counts = settingDepth[sentence.key].map { depth <= $0 } ?? true
    let outer = scenario.settings
    set(sentence)
    // A setting that a nearer file overrules is read nevertheless: it may be wrong.
    if counts { settingDepth[sentence.key] = depth } else { scenario.settings = outer }
  }

  private mutating func set(_ sentence: Sentence) {
    let isSecond = choice(.value) == 1
    switch sentence {
    case .setPropagation: setPropagation()
    case .setDesignTime: scenario.settings.designTime = isSecond ? .propagated : .immediate
    case .setBlockedTrigger:
      scenario.settings.blockedTrigger = isSecond ? .triggerFailure : .failedRun
    case .setDataPolicyPropagation:
      if let delay = duration(.value) { scenario.settings.dataPolicyPropagation = delay }
    case .setReactivationOff: scenario.settings.reactivation = nil
    case .setReactivation: scenario.settings.reactivation = duration(.value)
    case .setAlwaysFailingOff: scenario.settings.alwaysFailing = nil
    case .setAlwaysFailing: setAlwaysFailing()
    case .setEdition: scenario.settings.edition = isSecond ? .of2025 : .of2023
    case .setWidelyShared: setWidelyShared()
    case .setPolicyOperation, .setPolicyOperationStart, .setPolicyOperationDuration,
      .setPolicyOperationEnding:
      setPolicyOperation(sentence)
    case .setInstallStart, .setInstallDuration, .setInstallEnding: setInstall(sentence)
    default:
      setReport(sentence)
      setAudit(sentence)
    }
  }

  private mutating func setAlwaysFailing() {
    guard let limit = duration(.value), let capture = capture(.value) else { return }
    guard limit >= 3_600_000 else {
      return report(
        .badPeriod, capture,
        "the time after which failing flows are turned off is at least 1h")
    }
    scenario.settings.alwaysFailing = limit
  }

  private mutating func setPropagation() {
    guard let capture = capture(.value) else { return }
    do {
      scenario.settings.propagation = try TimeReader.range(bytes(capture))
    } catch {
      report(error, capture)
    }
  }
}

extension Sentence {
  /// What is set: two sentences that set the same have one key.
  var key: Sentence {
    switch self {
    case .setReactivationOff: .setReactivation
    case .setAlwaysFailingOff: .setAlwaysFailing
    default: self
    }
  }

}

extension Section {
  /// Whether a sentence that stands here is a setting.
  func isSetting(_ sentence: Sentence) -> Bool {
    switch sentence {
    case .scenario, .about, .covers, .start, .until, .seed, .use: false
    default: self == .header
    }
  }
}
