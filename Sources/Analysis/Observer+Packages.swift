import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// What comes of asking for application packages, and of flows that look after them.
struct PackageSight: Sendable {
  enum Kind: Hashable, Sendable {
    /// Somebody reads what there is.
    case listing
    /// Somebody asks for an installation.
    case request
    /// An installation comes to a status.
    case status(OperationStatus)
    /// A package comes to a state.
    case state(PackageState)
    /// A flow is done with asking.
    case done
    /// A flow mails an end.
    case mail
    /// A flow's runs fail while there is an end to be mailed.
    case silence
  }

  let kind: Kind
  /// What comes of a statement.
  var result: StatementResult?
  var assertion = Assertion()

  func isRefused(for cause: Cause) -> Bool {
    result?.outcome == .refused && result?.failure?.cause == cause
  }
}

extension Observer {
  mutating func observe(packages kind: PackageSight.Kind, _ row: Int) {
    note(
      PackageSight(
        kind: kind, result: scene.simulation.results[row], assertion: expected.statement(row)))
  }

  /// Notes what became of packages and of those who wait for them.
  mutating func observePackages() {
    for event in scene.simulation.trace.events {
      switch event.kind {
      case .operationChanged where isInstallation(event): observe(operation: event)
      case .packageChanged: observe(package: event)
      case .mailSent: observe(mail: event)
      case .flowOff where event.isWorkDone: observe(done: event)
      default: break
      }
    }
    for flow in scene.cast.flows.indices { observeSilence(of: FlowID(flow)) }
  }

  private func isInstallation(_ event: Record) -> Bool {
    guard let row = event.operation?.operation.row else { return false }
    if case .packageInstallation = scene.simulation.trace.adminOperations[row].task { return true }
    return false
  }

  private mutating func observe(operation event: Record) {
    guard let mention = event.operation,
      let name = scene.simulation.trace.adminOperations[mention.operation.row].name
    else { return }
    note(.status(mention.status), expected.claims(on: name)) {
      if case .operation(_, mention.status, let time) = $0 { time >= event.time } else { false }
    }
  }

  private mutating func observe(package event: Record) {
    guard let mention = event.package else { return }
    note(.state(mention.state), expected.ofPackages) {
      if case .package(mention.place, mention.state, let time) = $0 {
        time >= event.time
      } else {
        false
      }
    }
  }

  private mutating func observe(mail event: Record) {
    guard let mail = event.mail.map({ scene.simulation.trace.mails[$0.row] }),
      let work = scene.simulation.work(of: mail.flow, at: mail.time),
      case .polling = scene.scenario.works[work.row]
    else { return }
    let until = scene.simulation.trace.until
    note(.mail, expected.ofPackages) {
      guard case .mail(let recipient, isSent: true, let time, let text) = $0 else { return false }
      return mail.recipients.contains(recipient) && mail.contains(text)
        && event.time <= time ?? until
    }
  }

  private mutating func observe(done event: Record) {
    guard let flow = event.flow else { return }
    note(.done, expected.claims(on: flow)) {
      if case .flow(_, .off, let time) = $0 { time >= event.time } else { false }
    }
  }

  /// Notes a flow that would have had an end to mail, whose runs failed.
  private mutating func observeSilence(of flow: FlowID) {
    let (simulation, until) = (scene.simulation, scene.simulation.trace.until)
    guard let row = simulation.work(of: flow, at: until),
      case .polling(let name, let recipients) = scene.scenario.works[row.row],
      let end = simulation.operation(named: name, at: until)?.endedAt,
      simulation.runs(of: flow, in: end..<max(end, until)).contains(where: {
        simulation.trace.verdicts[$0.verdict].failure != nil
      })
    else { return }
    note(.silence, expected.ofPackages) {
      guard case .mail(let recipient, isSent: false, let time, _) = $0 else { return false }
      return recipients.contains(recipient) && end <= time ?? until
    }
  }

  private mutating func note(
    _ kind: PackageSight.Kind, _ claims: [Claim], _ says: (Claim) -> Bool
  ) {
    var sight = PackageSight(kind: kind)
    sight.assertion.outcome = claims.contains(where: says)
    note(sight)
  }
}
