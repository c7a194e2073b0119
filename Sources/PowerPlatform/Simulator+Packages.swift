import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Application packages: listed, and installed by an operation that takes its time.

extension Simulator {
  mutating func listPackages(in environment: EnvironmentID, _ step: Step) {
    if let cause = refusal(environment, step) {
      return refuse(packagesOf: environment, nil, step, cause)
    }
    var record = record(.packagesListed, step, .allowed)
    record.tenant = world.cast.environments[environment.row].tenant
    record.environment = environment
    record.packageList = PackageListID(packageLists.count)
    packageLists.append(packages.list(of: environment, world.cast, at: clock))
    conclude(step, with: record)
  }

  mutating func install(_ place: PackagePlace, as name: AdminOperationID, _ step: Step) {
    guard !collides(name, step) else { return }
    if let cause = refusal(place.environment, step) ?? refusal(place) {
      return refuse(packagesOf: place.environment, place.package, step, cause)
    }
    let before = packages.state(of: place)
    let tenant = world.cast.environments[place.environment.row].tenant
    var record = record(.operationChanged, step, .allowed)
    record.tenant = tenant
    record.environment = place.environment
    record.package = PackageMention(place, .installRequested)
    record.operation = begin(
      .packageInstallation(place), named: name, in: tenant, scenario.settings.installs.course, step,
      .installPackage(place, before: before))
    conclude(step, with: record)
    set(place, to: .installRequested, line: step.line, record.operation)
  }

  mutating func cancel(_ name: AdminOperationID, _ step: Step) {
    guard let row = operations.row(named: name, at: clock) else {
      return refuse(step, wasRefused(name, before: step) ? .operationRefused : .absent)
    }
    let operation = operations[row]
    let mention = OperationMention(row, operation.status(at: clock))
    func describe(_ record: inout Record) {
      record.tenant = operation.tenant
      record.operation = mention
    }
    if let cause = refusal(operation, step) { return refuse(step, cause, describe) }
    guard case .installPackage(let place, let before) = operations.effect(of: row) else {
      return refuse(step, .notCancelable, describe)
    }
    guard !mention.status.isTerminal else { return refuse(step, .operationEnded, describe) }
    operations.cancel(row, at: clock)
    var record = record(.operationChanged, step, .saved)
    record.tenant = operation.tenant
    record.environment = place.environment
    record.package = PackageMention(place, before)
    record.operation = OperationMention(row, .canceled)
    conclude(step, with: record)
    set(place, to: before, line: step.line, record.operation)
  }

  /// What an operation's new status means for the package that it installs.
  mutating func advance(_ place: PackagePlace, by change: Record) {
    guard let state = change.package?.state else { return }
    set(place, to: state, line: change.line, change.operation)
  }

  private mutating func set(
    _ place: PackagePlace, to state: PackageState, line: Int, _ operation: OperationMention?
  ) {
    packages.set(place, to: state, at: clock)
    var record = Record(.packageChanged, at: clock, line: line)
    record.tenant = world.cast.environments[place.environment.row].tenant
    record.environment = place.environment
    record.package = PackageMention(place, state)
    record.operation = operation
    events.append(record)
  }
}

extension OperationStatus {
  /// What an installation's status means for the package; nil where it is as it was.
  var packageState: PackageState? {
    switch self {
    case .running: .installing
    case .succeeded: .installed
    case .failed: .installFailed
    case .notStarted, .canceled: nil
    }
  }
}

extension Action {
  /// The name of the operation that is asked for.
  fileprivate var operation: AdminOperationID? {
    switch self {
    case .installPackage(_, let name): name
    case .replacePolicy(let replacement, _): replacement.operation
    default: nil
    }
  }
}

// MARK: - Refusals

extension Cast {
  /// What keeps somebody from an environment's packages; nil where nothing does.
  public func packageRefusal(in environment: EnvironmentID, to user: UserID?) -> Cause? {
    let environment = environments[environment.row]
    guard let user = user.map({ users[$0.row] }), user.role.isAdministrator else {
      return .notPackageAdministrator
    }
    if user.home != environment.tenant { return .environmentElsewhere }
    return environment.hasDataverse ? nil : .noDataverse
  }
}

extension Simulator {
  /// What keeps somebody from an environment's packages; nil where nothing does.
  private func refusal(_ environment: EnvironmentID, _ step: Step) -> Cause? {
    world.cast.packageRefusal(in: environment, to: step.actor)
  }

  /// What keeps somebody from ending an operation: it takes the right to ask for one.
  private func refusal(_ operation: AdminOperation, _ step: Step) -> Cause? {
    switch operation.task {
    case .policyReplacement:
      administersIsolation(step, of: operation.tenant) ? nil : .notAdministrator
    case .packageInstallation(let place):
      world.cast.packageRefusal(in: place.environment, to: step.actor)
    }
  }

  /// Whether an operation of that name was asked for, and refused.
  private func wasRefused(_ name: AdminOperationID, before step: Step) -> Bool {
    scenario.timeline[..<step.row].indices.contains {
      scenario.timeline[$0].action.operation == name && results[$0].outcome == .refused
    }
  }

  /// What keeps a package from being installed; nil where nothing does.
  private func refusal(_ place: PackagePlace) -> Cause? {
    if world.cast.packages[place.package.row].details == nil { return .packageUnknown }
    switch packages.state(of: place) {
    case .installRequested, .installing: return .installInProgress
    case .none, .installed, .installFailed: return nil
    }
  }

  private mutating func refuse(
    packagesOf environment: EnvironmentID, _ package: PackageID?, _ step: Step, _ cause: Cause
  ) {
    let tenant = world.cast.environments[environment.row].tenant
    let place = package.map { PackagePlace($0, in: environment) }
    let mention = place.map { PackageMention($0, packages.state(of: $0)) }
    refuse(step, cause) {
      $0.tenant = tenant
      $0.environment = environment
      $0.package = mention
      $0.failure?.environment = environment
      $0.failure?.package = package
    }
  }
}
