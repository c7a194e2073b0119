import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// Judges what is expected of flows that ask whether shares may stay.
extension Simulation {
  func removalFinding(
    _ recipient: Recipient, _ app: AppID, _ state: Approval.State?, _ time: Instant,
    _ phrases: Phrases
  ) -> Finding {
    stateFinding(
      phrases.removal(of: recipient, from: app), state.word,
      approval(ofRemoving: recipient, from: app, at: time).word, time, phrases)
  }
}

extension Approval.State? {
  /// The state as scenarios write it.
  fileprivate var word: String { map { "\($0.name)" } ?? "absent" }
}

extension Phrases {
  fileprivate func removal(of recipient: Recipient, from app: AppID) -> String {
    "removal of \(name(recipient)) from app \(name(app))"
  }
}

extension Explanation {
  /// What was asked about an app and answered, what it is shared with, and how the flows are that
  /// ask.
  func why(removalFrom app: AppID, at time: Instant) -> [Reason] {
    let last = simulation.trace.events.last {
      $0.approval != nil && $0.app == app && $0.time <= time
    }
    let guards = scenario.cast.flows.indices.map { FlowID($0) }.filter { flow in
      simulation.work(of: flow, at: time).map { scenario.works[$0.row].isGuard } ?? false
    }
    return said(last) + why(sharing: .app(app), at: time)
      + guards.flatMap { flow -> [Reason] in
        let failures = failedRuns(of: flow, by: time)
        return lastChange(of: flow, at: time) + failures
          + why(run: flow, at: time, isSaid: !failures.isEmpty)
      }
  }
}
