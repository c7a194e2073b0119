import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace

/// What is known now of what flows do besides using their connections, and of what they ask.
extension StepSession {
  /// What a flow does in its runs, and whose answers it waits for.
  func addWork(of flow: FlowID, to sheet: inout FactSheet) {
    guard let work = simulation.work(of: flow, at: now).map({ scenario.works[$0.row] }) else {
      return
    }
    sheet.add("does", words(work))
    for question in open(where: { $0.flow == flow }) {
      sheet.add(
        "waits for",
        "\(names(question.approvers)): remove \(scenario.cast.name(of: question.recipient)) from "
          + "\(scenario.cast.apps[question.app.row].name)? asked at \(text(question.askedAt))")
    }
  }

  /// Whether an app may be shared widely, and what is being asked about its shares.
  func addQuestions(about app: AppID, to sheet: inout FactSheet) {
    if isRegistered(app) || scenario.works.contains(where: \.isGuard) {
      sheet.add("registered", isRegistered(app) ? "yes" : "no")
    }
    for question in open(where: { $0.app == app }) {
      sheet.add(
        "open question",
        "remove \(scenario.cast.name(of: question.recipient))? asked by flow "
          + "\(scenario.cast.flows[question.flow.row].name) at \(text(question.askedAt)) of "
          + names(question.approvers))
    }
  }

  private func open(where fits: (Approval) -> Bool) -> [Approval] {
    simulation.trace.approvals.filter { fits($0) && $0.askedAt <= now && $0.isOpen(at: now) }
  }

  /// Who deletes a registered app and makes another one under its name has to register it again.
  private func isRegistered(_ app: AppID) -> Bool {
    let last = simulation.trace.events.last {
      $0.time <= now && $0.app == app && ($0.kind == .appRegistered || $0.kind == .appDeleted)
    }
    return last.map { $0.kind == .appRegistered } ?? scenario.registeredApps.contains(app)
  }

  private func words(_ work: FlowWork) -> String {
    let cast = scenario.cast
    switch work {
    case .polling(let operation, let readers):
      return "asks how far \(cast.adminOperations[operation.row].name) has come, and mails its end "
        + "to \(names(readers))"
    case .digesting(let digest, let readers):
      let operations = digest.operations.map { "\($0.name)" }.joined(separator: ", ")
      return "mails \(names(readers)) what \(cast.registrations[digest.registration.row].name) has "
        + "new of \(operations)" + (digest.followsPages ? ", of all pages" : "")
        + (digest.keepsDuplicates ? ", twice what comes twice" : "")
    case .guarding(let registration, let approvers):
      return "asks \(names(approvers)) about wide shares of apps that are not registered, using "
        + cast.registrations[registration.row].name
    }
  }

  private func names(_ users: [UserID]) -> String {
    users.map { scenario.cast.users[$0.row].name }.joined(separator: ", ")
  }
}
