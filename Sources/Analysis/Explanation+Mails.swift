import DiscreteEvents
import PowerPlatform
import SimulationTrace

// Why somebody has a mail or has none: what each flow that mails them waits for.

extension Explanation {
  /// What flows that mail somebody wait for, and what keeps their runs from mailing it.
  func why(mailTo recipient: UserID, at time: Instant) -> [Reason] {
    let flows = scenario.cast.flows.indices.map { FlowID($0) }.filter { flow in
      simulation.work(of: flow, at: time).map {
        scenario.works[$0.row].recipients.contains(recipient)
      } ?? false
    }
    guard !flows.isEmpty else {
      return [
        Reason("there is no flow at \(phrases.time(time)) that mails \(phrases.name(recipient))")
      ]
    }
    return flows.flatMap { flow in
      let isLetThrough = simulation.encounter(of: flow, at: time)?.isAllowed ?? true
      let failures = failedRuns(of: flow, by: time)
      return [Reason(outlook(of: flow, mailing: recipient, at: time))]
        + lastChange(of: flow, at: time) + nothingToTell(flow, at: time) + failures
        + (isLetThrough ? [] : why(run: flow, at: time, isSaid: !failures.isEmpty))
    }
  }

  /// `3 runs of digest failed, from 09:00 to 11:00: AF429, Too many requests.`, a line an error.
  func failedRuns(of flow: FlowID, by time: Instant) -> [Reason] {
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
        "\(counted(runs, "run")) of \(phrases.name(flow)) failed, \(when): \(error.code), "
          + phrases.oneLine(error.message))
    }
  }

  /// What a digest is to tell of and nothing records.
  private func nothingToTell(_ flow: FlowID, at time: Instant) -> [Reason] {
    let work = simulation.work(of: flow, at: time).map { scenario.works[$0.row] }
    guard case .digesting(let digest, _)? = work else { return [] }
    return digest.operations.flatMap { unrecorded($0) }
  }

  /// `flow watch asks about operation op-2, which is running at 10:20 and ends at 10:21; its next run
  /// is at 10:21; it mails at 10:21`.
  private func outlook(of flow: FlowID, mailing recipient: UserID, at time: Instant) -> String {
    let mails = simulation.trace.mails.filter {
      $0.flow == flow && $0.recipients.contains(recipient)
    }
    let (last, next) = (mails.last { $0.time <= time }, mails.first { $0.time > time })
    let parts = [
      "flow \(phrases.name(flow)) \(work(of: flow, at: time))",
      last.map { "it mailed at \(phrases.time($0.time))" }, nextRun(of: flow, after: time),
      next.map { "it mails at \(phrases.time($0.time))" },
    ]
    return parts.compactMap(\.self).joined(separator: "; ")
  }

  private func work(of flow: FlowID, at time: Instant) -> String {
    switch simulation.work(of: flow, at: time).map({ scenario.works[$0.row] }) {
    case .polling(let name, _)?:
      "asks about operation \(phrases.name(name)), \(course(of: name, at: time))"
    case .digesting?: "mails what the Activity API has new"
    case .guarding?: "asks about wide shares that the Activity API has new"
    case nil: "mails nobody"
    }
  }

  /// `which is running at 10:20 and ends at 10:21`, `which ended at 10:21 as succeeded`.
  private func course(of name: AdminOperationID, at time: Instant) -> String {
    guard let operation = simulation.operation(named: name, at: time) else {
      return "which nobody took in by \(phrases.time(time))"
    }
    let end = operation.endedAt.map(phrases.time)
    let status = operation.status(at: time)
    guard !status.isTerminal else { return "which ended at \(end ?? "") as \(status.name)" }
    return "which is \(status.name) at \(phrases.time(time)) and "
      + (end.map { "ends at \($0)" } ?? "does not end before the scenario does")
  }

  /// When a flow runs next, or what keeps it from running; nil where nothing does but the scenario's
  /// end.
  private func nextRun(of flow: FlowID, after time: Instant) -> String? {
    let state = simulation.state(of: flow, at: time)
    guard state == .on else { return "it is \(state.name)" }
    return simulation.nextRun(of: flow, from: time + 1).map {
      "its next run is at \(phrases.time($0))"
    }
  }
}
