import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Simulation {
  /// Where a claim's answer is to be found: what it speaks of, or where expected and got first part.
  func evidence(for claim: Claim, _ scenario: Scenario) -> Stage.Evidence {
    switch claim {
    case .outcome(let row, _, _), .error(let row, _), .returned(let row, _),
      .errorCode(let row, _):
      return Stage.Evidence(scenario.timeline[row].time, event: rows(ofStatement: row).first)
    case .runs(let flow, _, let interval, _):
      let parting = find(claim, Phrases(trace)).firstDifference
      let first = runs(of: flow, in: interval).first?.first
      // That nothing runs shows at the end.
      let end = max(interval.lowerBound, interval.upperBound + -1)
      return Stage.Evidence(parting ?? first ?? end, last: end, flow: flow)
    case .run(let flow, let time, _), .history(let flow, _, let time, _):
      return Stage.Evidence(time, flow: flow)
    case .flow(let flow, _, let time), .flowPage(let flow, _, let time):
      return last(until: time) { $0.flow == flow && !$0.kind.isRun }
    case .app(let app, _, _, let time): return last(until: time) { $0.app == app }
    case .connection(let connection, _, let time):
      return last(until: time) { $0.connection == connection && !$0.kind.isRun }
    case .isolation(let tenant, _, let time), .rule(let tenant, _, _, let time):
      return last(until: time) { $0.kind == .policySaved && $0.tenant == tenant }
    case .isolationAssessed(let tenant, _, let time):
      return last(until: time) { $0.kind == .policyInForce && $0.tenant == tenant }
    case .report(let name, _, let time): return last(until: time) { $0.report?.name == name }
    case .reportLists(let name, _, let time):
      return last(until: time ?? trace.until) { $0.report?.name == name }
    case .shared(let thing, _, _, _, let time), .widelyShared(let thing, _, let time):
      return last(until: time) { $0.share != nil && $0.isAbout(thing) }
    case .visible(let app, _, _, let time):
      return last(until: time) { $0.kind == .groupChanged || $0.app == app }
    case .package(let place, _, let time):
      return last(until: time) { $0.kind == .packageChanged && $0.package?.place == place }
    case .mail(let recipient, _, let time, _):
      return last(until: time ?? trace.until) { record in
        record.mail.map { trace.mails[$0.row].recipients.contains(recipient) } ?? false
      }
    case .operation(let name, _, let time):
      return last(until: time) { record in
        record.operation.map { trace.adminOperations[$0.operation.row].name == name } ?? false
      }
    case .removal(_, let app, _, let time):
      return last(until: time) { $0.approval != nil && $0.app == app }
    case .audit(let claim):
      return Stage.Evidence(claim.latest(until: trace.until), event: witness(of: claim))
    }
  }

  private func last(until time: Instant, _ fits: (Record) -> Bool) -> Stage.Evidence {
    Stage.Evidence(time, event: trace.events.lastIndex { $0.time <= time && fits($0) })
  }
}

extension Record {
  /// Whether it is about an app or a flow.
  func isAbout(_ thing: Shareable) -> Bool {
    switch thing {
    case .app(let app): self.app == app
    case .flow(let flow): self.flow == flow
    }
  }
}
