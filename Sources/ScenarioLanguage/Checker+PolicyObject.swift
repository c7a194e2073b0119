import PowerPlatform
import SimulationTrace
import TenantIsolation

/// The isolation policy as one object, and operations.
extension Checker {
  mutating func setPolicyOperation(_ sentence: Sentence) {
    let isSecond = choice(.value) == 1
    switch sentence {
    case .setPolicyOperation: scenario.settings.policyOperation.isAsynchronous = isSecond
    case .setPolicyOperationStart:
      if let start = duration(.value) { scenario.settings.policyOperation.course.start = start }
    case .setPolicyOperationDuration:
      if let length = duration(.value) {
        scenario.settings.policyOperation.course.duration = length
      }
    default: scenario.settings.policyOperation.course.ending = isSecond ? .failed : .succeeded
    }
  }

  mutating func replacePolicy(by actor: UserID?) -> Action? {
    let isOn = choice(.state) == 0
    let (tenant, rules) = (tenant(.tenant, ofActor: actor), rules())
    let operation = operationName()
    guard let tenant, let rules else { return nil }
    return .replacePolicy(
      PolicyReplacement(isOn: isOn, rules: rules, operation: operation), tenant: tenant)
  }

  /// The row of the name that an operation is given; nil where it is given none.
  mutating func operationName() -> AdminOperationID? {
    capture(.name) == nil ? nil : AdminOperationID(create(.operation, in: \.adminOperations))
  }

  /// The rules as they are written; nil where one names nobody.
  private mutating func rules() -> [Rule]? {
    let (subjects, directions) = (captures(.rules), captures(.directions))
    let rules = zip(subjects, directions).map { tenant, directions in
      ruleSubject(tenant).map { Rule($0, self.directions(Int(directions.choice), or: [])) }
    }
    return rules.contains(nil) ? nil : rules.compactMap { $0 }
  }

  private func directions(_ choice: Int, or last: Directions) -> Directions {
    choice < 3 ? directions(choice) : last
  }

  mutating func ruleClaim() -> Claim? {
    let (tenant, time) = (tenant(.tenant), watchedInstant(.time))
    let subject = capture(.other).flatMap { ruleSubject($0) }
    guard let tenant, let time, let subject else { return nil }
    return .rule(tenant, subject, directions(choice(.directions), or: []), at: time)
  }

  mutating func operationClaim() -> Claim? {
    let name = row(.operation, .operation).map { AdminOperationID($0) }
    let time = watchedInstant(.time)
    guard let name, let time else { return nil }
    return .operation(name, OperationStatus.allCases[choice(.state)], at: time)
  }
}
