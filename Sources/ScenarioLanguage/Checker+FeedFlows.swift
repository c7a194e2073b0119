import PowerPlatform
import SimulationTrace

/// Flows that read the Activity API, and what people answer them.
extension Checker {
  mutating func declareRegisteredApp() {
    if let app = app() { scenario.registeredApps.append(app) }
  }

  mutating func feedFlowAction(_ sentence: Sentence, by actor: UserID?) -> Action? {
    switch sentence {
    case .createDigestFlow, .createGuardFlow: return feedFlow(sentence, by: actor)
    case .registerApp: return app().map { .registerApp($0) }
    default:
      let (app, recipient) = (app(), recipient())
      guard let app, let recipient else { return nil }
      return .answerRemoval(of: recipient, from: app, isApproved: sentence == .approveRemoval)
    }
  }

  private mutating func feedFlow(_ sentence: Sentence, by actor: UserID?) -> Action? {
    let flow = create(.flow, in: \.flows)
    let registration = row(.registration, .registration).map { RegistrationID($0) }
    let recipients = recipients()
    guard var definition = flowDefinition(.createRecurringFlow, owner: actor) else { return nil }
    guard let registration, let recipients else { return nil }
    definition.work = scenario.append(
      sentence == .createGuardFlow
        ? .guarding(registration, asking: recipients)
        : .digesting(digest(registration), mailing: recipients))
    return .createFlow(FlowID(flow), definition)
  }

  private func digest(_ registration: RegistrationID) -> FeedDigest {
    let named = captures(.activities).map { AuditOperation.allCases[Int($0.choice)] }
    return FeedDigest(
      registration, of: named.isEmpty ? FeedDigest.standard : named,
      followsPages: capture(.followingPages) != nil,
      keepsDuplicates: capture(.keepingDuplicates) != nil)
  }

  mutating func removalClaim() -> Claim? {
    let (app, recipient, time) = (app(), recipient(), watchedInstant(.time))
    guard let app, let recipient, let time else { return nil }
    let states: [Approval.State?] = [.pending, .approved, .rejected, nil]
    return .removal(of: recipient, from: app, states[choice(.state)], at: time)
  }
}
