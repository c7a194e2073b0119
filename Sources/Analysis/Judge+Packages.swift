import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Judges what is expected of application packages and of mails.
extension Simulation {
  func packageFinding(
    _ place: PackagePlace, _ state: PackageState, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    stateFinding(
      phrases.name(place), "\(state.name)", "\(self.state(of: place, at: time).name)", time, phrases
    )
  }

  func mailFinding(
    _ recipient: UserID, _ isSent: Bool, _ time: Instant?, _ text: String, _ phrases: Phrases
  ) -> Finding {
    let end = time ?? trace.until
    let mails = mails(to: recipient, by: end)
    let fitting = mails.first { $0.contains(text) }
    let what = isSent ? "a mail" : "no mail"
    let words = text.isEmpty ? "" : " containing \"\(phrases.oneLine(text))\""
    let by = time.map { " by \(phrases.time($0))" } ?? ""
    return Finding(
      isMet: (fitting != nil) == isSent,
      expected: "\(what) to \(phrases.name(recipient))\(by)\(words)",
      got: phrases.summary(isSent ? mails : fitting.map { [$0] } ?? []),
      firstDifference: isSent ? end : fitting?.time)
  }
}

extension Phrases {
  func name(_ place: PackagePlace) -> String {
    "package \(name(place.package)) in \(name(place.environment))"
  }

  /// `2 mails: "Succeeded" at 10:26, …`.
  fileprivate func summary(_ mails: [Mail]) -> String {
    guard !mails.isEmpty else { return "no mail" }
    let told = mails.prefix(8).map { "\"\(oneLine($0.subject))\" at \(time($0.time))" }
    let rest = mails.count - told.count
    return "\(mails.count) mail\(mails.count == 1 ? "" : "s"): " + told.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension Explanation {
  /// What flows that mail somebody were doing: whether their runs let them.
  func why(mailTo recipient: UserID, at time: Instant) -> [Reason] {
    why(workAt: time) { $0.recipients.contains(recipient) }
  }

  /// What flows with some work were doing until an instant.
  func why(workAt time: Instant, where fits: (FlowWork) -> Bool) -> [Reason] {
    scenario.cast.flows.indices.map { FlowID($0) }.flatMap { flow -> [Reason] in
      guard let work = simulation.work(of: flow, at: time).map({ scenario.works[$0.row] }),
        fits(work)
      else { return [] }
      let failures = failedRuns(of: flow, by: time)
      return said(simulation.lastRecord(of: flow, at: time)) + nothingToTell(work)
        + (failures.isEmpty ? why(run: flow, at: time) : failures)
    }
  }

  /// `3 runs of digest failed, from 09:00 to 11:00: AF429, Too many requests.`, a line an error.
  private func failedRuns(of flow: FlowID, by time: Instant) -> [Reason] {
    var failures: [(error: ErrorText, runs: Int, first: Instant, last: Instant)] = []
    for group in simulation.runs(of: flow, in: .start..<max(.start, time + 1)) {
      guard let failure = simulation.trace.verdicts[group.verdict].failure else { continue }
      let error = simulation.trace.text(of: failure)
      if let row = failures.firstIndex(where: { $0.error == error }) {
        failures[row].runs += group.count
        failures[row].last = max(failures[row].last, group.last)
      } else {
        failures.append((error, group.count, group.first, group.last))
      }
    }
    return failures.map { error, runs, first, last in
      let when =
        runs == 1
        ? "at \(phrases.time(first))" : "from \(phrases.time(first)) to \(phrases.time(last))"
      return Reason(
        "\(phrases.count(runs, "run")) of \(phrases.name(flow)) failed, \(when): \(error.code), "
          + phrases.oneLine(error.message))
    }
  }

  private func nothingToTell(_ work: FlowWork) -> [Reason] {
    guard case .digesting(let digest, _) = work else { return [] }
    return digest.operations.flatMap { unrecorded($0) }
  }

  /// The last thing that was said of a package.
  func why(_ place: PackagePlace, at time: Instant) -> [Reason] {
    said(
      simulation.trace.events.last {
        $0.kind == .packageChanged && $0.package?.place == place && $0.time <= time
      })
  }
}
